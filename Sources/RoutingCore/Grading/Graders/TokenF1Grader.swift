/// Token F1 as in SQuAD (Rajpurkar et al. 2016): the harmonic mean of precision and recall over bags of words.
///
/// Lower case, ASCII punctuation and the articles a, an, the left out. No answer is extracted.
struct TokenF1Grader: AnswerGrader {
  static let entry = GraderEntry(name: "f1", summary: "overlap of words with the reference, as in SQuAD") {
    _ in
    TokenF1Grader()
  }

  var findsAnswers: Bool { false }

  func grade(_ item: GradingItem) throws(GradingGap) -> Grade {
    guard let reference = item.reference else { throw .noReference }
    let wanted = Self.tokens(reference)
    let found = Self.tokens(item.text)
    if wanted.isEmpty || found.isEmpty {
      return Grade(answer: nil, score: wanted.isEmpty && found.isEmpty ? .one : .zero)
    }
    var left: [String: Int] = [:]
    for token in wanted { left[token, default: 0] += 1 }
    var common = 0
    for token in found {
      guard let count = left[token], count > 0 else { continue }
      left[token] = count - 1
      common += 1
    }
    return Grade(answer: nil, score: .harmonicMean(common: common, of: found.count, and: wanted.count))
  }

  private static let articles: Set<String> = ["a", "an", "the"]

  private static func tokens(_ text: String) -> [String] {
    let kept = text.lowercased().unicodeScalars.filter { !isPunctuation($0) }
    return String(String.UnicodeScalarView(kept)).split(whereSeparator: \.isWhitespace).map(String.init)
      .filter { !articles.contains($0) }
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "!"..."/", ":"..."@", "["..."`", "{"..."~": true
    default: false
    }
  }
}

extension Score {
  /// 2PR/(P+R) with P = common/first and R = common/second, which is 2·common/(first + second).
  static func harmonicMean(common: Int, of first: Int, and second: Int) -> Score {
    guard first + second > 0 else { return .zero }
    let millionths = FixedPoint.dividedHalfEven(
      2 * Int128(common) * Int128(Score.unit), by: Int128(first + second))
    return Score(millionths: millionths) ?? .zero
  }
}
