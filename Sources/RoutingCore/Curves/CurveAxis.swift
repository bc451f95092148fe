/// What a curve of scores runs along.
package enum CurveAxis: String, Sendable, CaseIterable {
  case boot, k, layers

  /// Whether only whole values mean something as an optimum.
  package var isWhole: Bool { self != .boot }

  /// What x counts, in words.
  package var unit: String {
    switch self {
    case .boot: "tokens of boot budget"
    case .k: "candidates that finish"
    case .layers: "layers"
    }
  }
}
