import RoutingCore

extension FittedCurve {
  /// What the chosen curve says: its limit, what more of x brings, where it is best.
  var facts: [(label: String, text: String)] {
    var facts: [(label: String, text: String)] = []
    if let asymptote, chosen != "constant" { facts.append(("limit", Figures.short(asymptote))) }
    if let gain = marginalGain, chosen != "constant", workload != nil {
      let steps = gain.values.map { "\(Figures.short($0.gain)) at \(Figures.short($0.x))" }
      // Along k and layers a difference, else the slope there.
      let what = gain.step == 1 ? ("gain", "of one more") : ("slope", "per \(Figures.short(gain.step))")
      facts.append((what.0, "\(what.1): \(steps.joined(separator: ", "))"))
    }
    if let best = optimum {
      let range = best.low.flatMap { low in
        best.high.map { " (\(Figures.short(low)) to \(Figures.short($0)))" }
      }
      facts.append(
        (
          "optimum",
          "at λ = \(Figures.short(best.lambda)): \(along) = \(Figures.short(best.x))\(range ?? "")"
            + (best.isAtEdge ? ", at the edge of what was measured" : "")
            + "; measured best \(Figures.short(best.measured.x))"
        ))
    }
    return facts
  }
}
