/// ROUGE-L (Lin 2004), F measure with β = 1: the longest common subsequence of words against both lengths.
///
/// Words are lower-case runs of letters and digits, without stemming. No answer is extracted.
struct RougeLGrader: AnswerGrader {
  static let entry = GraderEntry(
    name: "rouge-l", summary: "longest common subsequence of words with the reference"
  ) { _ in RougeLGrader() }

  var findsAnswers: Bool { false }

  func grade(_ item: GradingItem) throws(GradingGap) -> Grade {
    guard let reference = item.reference else { throw .noReference }
    let wanted = Self.words(reference)
    guard !wanted.isEmpty else { throw .unfitReference(expected: "words") }
    let found = Self.words(item.text)
    let common = Self.longestCommonSubsequence(wanted, found)
    return Grade(answer: nil, score: .harmonicMean(common: common, of: found.count, and: wanted.count))
  }

  private static func words(_ text: String) -> [Substring] {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }
  }

  /// Bit-parallel (Hyyrö 2004): one bit per word of `left`, so a long text costs its length times
  /// `left.count / 64`.
  static func longestCommonSubsequence(_ left: [Substring], _ right: [Substring]) -> Int {
    let blocks = (left.count + 63) / 64
    var places: [Substring: [UInt64]] = [:]
    for (index, word) in left.enumerated() {
      places[word, default: [UInt64](repeating: 0, count: blocks)][index / 64] |= 1 << UInt64(index % 64)
    }
    var open = [UInt64](repeating: .max, count: blocks)
    for word in right {
      guard let matches = places[word] else { continue }
      var carry: UInt64 = 0
      for block in 0..<blocks {
        let taken = open[block] & matches[block]
        let (partial, first) = open[block].addingReportingOverflow(taken)
        let (sum, second) = partial.addingReportingOverflow(carry)
        open[block] = sum | (open[block] & ~matches[block])
        carry = first || second ? 1 : 0
      }
    }
    var count = 0
    for index in left.indices where open[index / 64] >> UInt64(index % 64) & 1 == 0 { count += 1 }
    return count
  }
}
