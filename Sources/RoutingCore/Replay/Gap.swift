/// Why a policy does not cover a row: a kind, and the candidate or layer it concerns.
///
/// Packed into one word so that a column of them is cheap; 0 = covered.
package struct Gap: Sendable, Hashable {
  package let rawValue: UInt32

  package enum Kind: UInt8, Sendable, CaseIterable {
    case covered = 0
    case noActiveCandidate
    case noResponse, noInputTokens, noOutputTokens
    case noRanking, unparsableRanking, noText, noPrefixAnswer, noPrior
    case noMerge, noRefinement
    case noRankingTokens, noMergeTokens, noRefinementTokens
    case noScore, noMergeScore
    case noTimings
    case noPrefixScore
    case failedCall
    case severalAggregators
    case noRankingScores, noSignal, noThreshold
  }

  package static let covered = Gap(.covered)

  package init(_ kind: Kind, _ subject: Int = 0) {
    rawValue = UInt32(kind.rawValue) << 24 | UInt32(subject)
  }

  /// `nil` unless it is the raw value of a gap.
  package init?(rawValue: UInt32) {
    guard Kind(rawValue: UInt8(rawValue >> 24)) != nil else { return nil }
    self.rawValue = rawValue
  }

  package var isCovered: Bool { rawValue == 0 }
  package var kind: Kind { Kind(rawValue: UInt8(rawValue >> 24)) ?? .covered }
  /// A candidate's position or a layer, as the kind says.
  package var subject: Int { Int(rawValue & 0xFF_FFFF) }
}

extension Gap {
  /// The reason in words; `candidates` are the trace's.
  package func text(candidates: [String]) -> String {
    let model = candidates.indices.contains(subject) ? candidates[subject] : "?"
    return switch kind {
    case .covered: "covered"
    case .noActiveCandidate: "no active candidate"
    case .noResponse: "no recorded answer of \(model)"
    case .noInputTokens: "input tokens unknown (\(model))"
    case .noOutputTokens: "output tokens unknown (\(model))"
    case .noRanking: "no recorded ranking at layer \(subject)"
    case .unparsableRanking: "the recorded ranking at layer \(subject) could not be read"
    case .noText: "no text of \(model) to compare"
    case .noPrefixAnswer: "no extracted answer of \(model)'s prefix"
    case .noPrior: "no scored answers in other folds (\(model))"
    case .noMerge: "no recorded merge of the chosen set at layer \(subject)"
    case .noRefinement: "no recorded refinement by \(model)"
    case .noRankingTokens: "tokens of the recorded ranking at layer \(subject) unknown"
    case .noMergeTokens: "tokens of the recorded merge at layer \(subject) unknown"
    case .noRefinementTokens: "tokens of the recorded refinement by \(model) unknown"
    case .noScore: "the answer of \(model) is not graded"
    case .noMergeScore: "the merge at layer \(subject) is not graded"
    case .noTimings: "timings missing, needed to bill cancelled streams"
    case .noPrefixScore: "the prefix of \(model) is not graded at this boot budget"
    case .failedCall: "a recorded call failed (--failures exclude)"
    case .severalAggregators:
      "several aggregators are recorded, and an offline one replaces the last merge only"
    case .noRankingScores: "the recorded ranking at layer \(subject) has no scores"
    case .noSignal: "fewer than two candidates, so that no prefixes can agree"
    case .noThreshold: "no query of another fold to take the quantile of the signal from"
    }
  }
}
