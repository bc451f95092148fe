import RoutingCore

extension FitReport {
  /// One line per parameter of every fitted family or law; an empty cell = unknown or not identified.
  package var csv: String {
    var rows = [
      [
        "workload", "along", "slice", "family", "chosen", "parameter", "value", "se", "low", "high",
        "at_bound",
        "rss", "chi2", "p_value", "aic", "weight",
      ]
    ]
    for curve in curves {
      rows += Self.rows(
        [curve.workload ?? "", curve.along, curve.slice], curve.families, chosen: curve.chosen)
    }
    for curve in variance {
      rows += Self.rows(
        [curve.workload, "variance \(curve.kind.rawValue)", curve.source], curve.laws, chosen: curve.chosen)
    }
    return CSVText.text(rows)
  }

  private static func rows(_ place: [String], _ families: [FamilyOutcome], chosen: String?) -> [[String]] {
    var rows: [[String]] = []
    for fit in families.compactMap(\.fit) {
      let figures = [fit.rss, fit.chiSquare, fit.pValue, fit.aic, fit.weight].map(cell)
      for parameter in fit.parameters {
        let ends = [parameter.standardError, parameter.low, parameter.high].map(cell)
        let name = [fit.family, String(fit.family == chosen), parameter.name, parameter.value.description]
        rows.append(place + name + ends + [String(parameter.isAtBound)] + figures)
      }
    }
    return rows
  }

  private static func cell(_ value: Double?) -> String { value?.description ?? "" }
}
