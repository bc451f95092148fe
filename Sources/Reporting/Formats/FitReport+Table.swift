import RoutingCore

extension FitReport {
  /// For people: per curve its points, the families, and what they say.
  package var table: String {
    (curves.map(text) + variance.map(text)).joined(separator: "\n")
  }

  private var unit: CostUnit? {
    if case .trace(_, _, let settings, _) = source { settings.costUnit } else { nil }
  }

  private func text(_ curve: FittedCurve) -> String {
    let place = [curve.workload, curve.slice.isEmpty ? nil : curve.slice].compactMap { $0 }
    var text = (place + ["along \(curve.along)"]).joined(separator: ", ") + "\n\n"
    text += points(curve).text
    if !curve.families.isEmpty { text += "\n" + families(curve.families, chosen: curve.chosen).text }
    text += curve.families.compactMap { outcome in
      if case .skipped(let family, let reason) = outcome {
        "skipped   \(reason.hasPrefix(family) ? reason : "\(family): \(reason)")\n"
      } else {
        nil
      }
    }.joined()
    let lines = curve.facts + curve.notes.map { (label: "note", text: $0) }
    return text + lines.map(line).joined()
  }

  private func line(_ label: String, _ text: String) -> String {
    label + String(repeating: " ", count: max(1, 10 - label.count)) + text + "\n"
  }

  private func points(_ curve: FittedCurve) -> TextTable {
    var table = TextTable([
      (curve.along, .right), ("score", .right), ("± se", .right), ("cost/query", .right), ("", .left),
    ])
    if curve.points.allSatisfy({ $0.cost == nil }) {
      table = TextTable([
        (curve.along, .right), (curve.workload == nil ? "y" : "score", .right), ("± se", .right), ("", .left),
      ])
    }
    for point in curve.points {
      let y = curve.workload == nil ? "\(point.y)" : NumberText.fixed(point.y, places: 4)
      var cells = [Figures.short(point.x), y, point.standardError.map { error($0, curve) } ?? ""]
      if table.columnCount == 5 {
        cells.append(point.cost.map { NumberText.cost($0, unit: unit ?? .tokens) } ?? "")
      }
      table.append(cells + [point.remark ?? ""])
    }
    return table
  }

  private func error(_ error: Double, _ curve: FittedCurve) -> String {
    curve.workload == nil ? Figures.short(error) : NumberText.fixed(error, places: 4)
  }

  private func families(_ outcomes: [FamilyOutcome], chosen: String?) -> TextTable {
    var table = TextTable([
      ("family", .left), ("parameters (95 % interval)", .left), ("p", .right), ("AIC", .right),
      ("weight", .right), ("", .left),
    ])
    for fit in outcomes.compactMap(\.fit) {
      for (index, parameter) in fit.parameters.enumerated() {
        let isFirst = index == 0
        table.append([
          isFirst ? fit.family : "", Self.text(parameter),
          isFirst ? fit.pValue.map(Self.probability) ?? "" : "",
          isFirst ? NumberText.fixed(fit.aic, places: 1) : "",
          isFirst ? NumberText.fixed(fit.weight, places: 3) : "", isFirst && fit.family == chosen ? "*" : "",
        ])
      }
    }
    return table
  }

  static func probability(_ p: Double) -> String {
    p < 0.0001 ? "<0.0001" : NumberText.fixed(p, places: 4)
  }

  /// `tau 41.2 (30.1 to 58.8)`; an end that is not identified is `…`.
  static func text(_ parameter: CurveParameter) -> String {
    let low = parameter.low.map(Figures.short) ?? "…"
    let high = parameter.high.map(Figures.short) ?? "…"
    return "\(parameter.name) \(Figures.short(parameter.value)) (\(low) to \(high))"
      + (parameter.isAtBound ? " at its bound" : "")
  }

  private func text(_ curve: VarianceCurve) -> String {
    var table = TextTable([
      ("k", .right), ("variance", .right), ("± se", .right), ("sets", .right), ("effective", .right),
    ])
    for point in curve.points {
      let effective = curve.effectiveCandidates.first { $0.k == point.k }
      table.append([
        String(point.k), NumberText.fixed(point.value, places: 5),
        NumberText.fixed(point.standardError, places: 5),
        point.sets == point.allSets ? String(point.sets) : "\(point.sets) of \(point.allSets)",
        effective.map { NumberText.fixed($0.value, places: 2) } ?? "",
      ])
    }
    var text =
      "\(curve.workload), \(curve.source): variance \(curve.kind.rawValue), \(NumberText.count(curve.rows)) queries\n\n"
      + table.text
    if !curve.laws.isEmpty { text += "\n" + families(curve.laws, chosen: curve.chosen).text }
    if let rho = curve.rho {
      let low = rho.low.map(Figures.short) ?? "…"
      let high = rho.high.map(Figures.short) ?? "…"
      text += "rho       \(Figures.short(rho.value)) (\(low) to \(high))\n"
    }
    return text + "note      \(curve.text)\n"
  }
}
