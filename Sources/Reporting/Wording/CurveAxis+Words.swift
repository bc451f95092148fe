import RoutingCore

extension CurveAxis {
  /// For the axis of a chart.
  var title: String {
    switch self {
    case .k: "k (candidates that finish)"
    case .boot: "B (boot budget in tokens)"
    case .layers: "l (layers)"
    }
  }

  /// As formulas write it.
  var symbol: String {
    switch self {
    case .k: "k"
    case .boot: "B"
    case .layers: "l"
    }
  }
}
