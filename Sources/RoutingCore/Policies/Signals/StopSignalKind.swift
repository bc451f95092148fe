/// What tells whether a query needs more candidates, known once the prefixes are ranked (Scheme.md, "Adaptive k").
///
/// A new one is a case here and a file in this folder.
package enum StopSignalKind: String, Sendable, Hashable, CaseIterable {
  /// Mean similarity of the first-ranked prefix to the others.
  case agreement
  /// Difference of the first two recorded ranking scores.
  case margin
}

extension StopSignalKind {
  /// Thresholds that make sense, in millionths.
  var thresholds: ClosedRange<Int64> {
    switch self {
    case .agreement: 0...Int64(Score.unit)
    // The largest ranking scores a trace may hold.
    case .margin: -9_000_000_000_000_000_000...9_000_000_000_000_000_000
    }
  }

  var thresholdText: String {
    switch self {
    case .agreement: "a threshold from 0 to 1"
    case .margin: "a threshold in the units of the ranking's scores"
    }
  }

  /// What a selector must offer for it, where `selector` does not; `nil` = it does.
  func missing(in selector: String) -> String? {
    switch self {
    case .agreement where !SelectorRegistry.needsPrefixes(selector):
      "a selector that boots all candidates: \(selector) starts only the chosen ones, so no prefixes can agree"
    case .margin where !ToolID.isRecorded(selector):
      "a recorded selector: only recorded rankings have scores"
    default: nil
    }
  }

  /// The signal in words.
  package var words: String {
    switch self {
    case .agreement: "agreement of the first-ranked prefix with the others"
    case .margin: "margin between the first two ranked"
    }
  }
}
