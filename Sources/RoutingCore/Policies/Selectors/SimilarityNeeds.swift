/// Which word similarities a set of policies ranks or stops by.
package struct SimilarityNeeds: Sendable, Equatable {
  /// Budgets (`BootBudget.cut`) at which prefixes are compared, ascending.
  package let prefixCuts: [Int32]
  /// Budgets at which refinements are compared, ascending: where k shrinks at a layer ≥ 3, or in the
  /// progressive schedule.
  package let refinementCuts: [Int32]

  package init(_ policies: [Policy]) {
    var prefixes: Set<Int32> = []
    var refinements: Set<Int32> = []
    for policy in policies {
      if case .scheme(let scheme) = policy, Self.comparesWords(scheme) { prefixes.insert(scheme.boot.cut) }
      switch policy {
      case .blender(let selector) where selector == Self.selector: prefixes.insert(.max)
      case .scheme(let scheme) where scheme.selector == Self.selector:
        prefixes.insert(scheme.boot.cut)
        guard scheme.k.values.count > 1, scheme.layers > 2 else { continue }
        if scheme.schedule == .progressive {
          refinements.insert(scheme.boot.cut)
        } else {
          prefixes.insert(.max)
          refinements.insert(.max)
        }
      default: break
      }
    }
    prefixCuts = prefixes.sorted()
    refinementCuts = refinements.sorted()
  }

  private static let selector = "consensus"

  /// Whether an adaptive k goes by the similarity of words.
  private static func comparesWords(_ scheme: SchemePolicy) -> Bool {
    scheme.k.stop?.signal == .agreement && !ConsensusSelector.comparesAnswers(scheme.selector)
  }
}

/// A recorded text with what is needed to cut it at a number of tokens.
package struct CuttableText: Sendable {
  private let text: String
  private let tokenEnds: [Int32]?
  private let outputTokens: Int32

  /// - Parameters:
  ///   - tokenEnds: UTF-8 byte offsets at which tokens end, where known.
  ///   - outputTokens: −1 where unknown.
  package init(_ text: String, tokenEnds: [Int32]?, outputTokens: Int32) {
    self.text = text
    self.tokenEnds = tokenEnds
    self.outputTokens = outputTokens
  }

  /// The first `cut` tokens, ending at the last whole character: exact by token ends, else estimated.
  package func prefix(_ cut: Int32) -> Substring {
    let bytes = text.utf8.count
    if outputTokens >= 0, outputTokens <= cut || cut == .max { return text[...] }
    let end: Int
    if let tokenEnds {
      end = Int(cut) > tokenEnds.count ? bytes : Int(tokenEnds[Int(cut) - 1])
    } else {
      let tokens = outputTokens >= 0 ? outputTokens : TokenEstimator.tokens(bytes: bytes)
      end = TokenEstimator.byteOffset(cut: cut, tokens: tokens, bytes: bytes)
    }
    var index = text.utf8.index(text.startIndex, offsetBy: end)
    // A token may end inside a character, at a continuation byte 10xxxxxx.
    while index < text.endIndex, text.utf8[index] & 0xC0 == 0x80 { index = text.utf8.index(before: index) }
    return text[..<index]
  }
}

extension Trace {
  /// Similarities of the pool's prefixes in some rows, for each cut: entry `row · pairs + pair`; −1 where a
  /// text is missing.
  ///
  /// - Parameter text: the full answer of a candidate in a row.
  package func prefixSimilarities(
    rows: Range<Int>, cuts: [Int32], text: (_ row: Int, _ candidate: Int) -> CuttableText?
  ) -> [ContiguousArray<Int32>] {
    let pairs = SimilarityColumns.pairs(poolCount)
    var columns = cuts.map { _ in
      ContiguousArray<Int32>(repeating: CallColumns.unknown, count: rows.count * pairs)
    }
    for (offset, row) in rows.enumerated() {
      let texts = (0..<poolCount).map { self.rows.active[row].contains($0) ? text(row, $0) : nil }
      for (position, cut) in cuts.enumerated() {
        let counts = texts.map { $0.map { WordCounts($0.prefix(cut)) } }
        for first in 0..<poolCount {
          guard let left = counts[first] else { continue }
          for second in first + 1..<poolCount {
            guard let right = counts[second] else { continue }
            columns[position][offset * pairs + SimilarityColumns.pair(first, second, of: poolCount)] =
              left.similarity(to: right)
          }
        }
      }
    }
    return columns
  }

  /// Similarities of the refinements of one layer and set, for each cut.
  ///
  /// - Parameter text: of an entry of `refinements`.
  package func refinementSimilarities(
    cuts: [Int32], text: (_ entry: Int) -> CuttableText?
  ) -> [SimilarityColumns.RefinementPair: Int32] {
    var found: [SimilarityColumns.RefinementPair: Int32] = [:]
    let keys = refinements.keys
    func isTogether(_ left: SetCallKey, _ right: SetCallKey) -> Bool {
      (left.tool, left.layer, left.cut, left.members) == (right.tool, right.layer, right.cut, right.members)
    }
    for row in rows.query.indices {
      let entries = Int(refinements.rowStart[row])..<Int(refinements.rowStart[row + 1])
      for first in entries {
        for second in first + 1..<max(first + 1, entries.upperBound)
        where isTogether(keys[first], keys[second]) {
          for cut in cuts where keys[first].cut < 0 ? cut == .max : keys[first].cut == cut {
            guard let left = text(first), let right = text(second) else { continue }
            let pair = SimilarityColumns.RefinementPair(first: Int32(first), second: Int32(second), cut: cut)
            found[pair] = WordCounts(left.prefix(cut)).similarity(to: WordCounts(right.prefix(cut)))
          }
        }
      }
    }
    return found
  }
}
