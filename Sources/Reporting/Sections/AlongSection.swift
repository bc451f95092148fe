import RoutingCore

/// Score and cost along k, along the boot budget and along the layers, the rest being held.
struct AlongSection: WorkloadSection {
  let title = "Along k, B and l"

  func blocks(_ workload: WorkloadReport, _ report: Report) -> [ReportBlock] {
    guard let base = base(workload) else { return [] }
    return [CurveAxis.k, .boot, .layers].flatMap { parameter -> [ReportBlock] in
      let path = AlongPath(parameter, through: base, workload, report)
      guard path.isWorthShowing else { return [] }
      return path.charts.map(ReportBlock.chart) + (path.omission.map { [.paragraph([.text($0)])] } ?? [])
    }
  }

  /// The policy whose neighbours are shown: the recommended one, else the scheme with the best score.
  private func base(_ workload: WorkloadReport) -> SchemePolicy? {
    if case .scheme(let scheme) = workload.recommendation?.recommended.policy, scheme.boot != .none {
      return scheme
    }
    var best: (scheme: SchemePolicy, score: Double)?
    for summary in workload.contenders {
      guard case .scheme(let scheme) = summary.policy, scheme.boot != .none else { continue }
      if best.map({ summary.score.mean > $0.score }) ?? true { best = (scheme, summary.score.mean) }
    }
    return best?.scheme
  }
}

/// The policies that differ from one in a parameter, as lines by another parameter.
struct AlongPath {
  /// Lines in one chart, and values on its axis; the table of all policies has the others.
  private static let mostLines = 4
  private static let mostValues = 10

  private let parameter: CurveAxis
  private let base: SchemePolicy
  private let report: Report
  private let workload: WorkloadReport
  /// Values of the parameter, ascending.
  private let values: [String]
  private let lines: [(name: String, points: [(value: Int, summary: PolicySummary)])]
  /// Lines and values that the table of all policies has and these charts do not.
  private let leftOut: [String]

  init(_ parameter: CurveAxis, through base: SchemePolicy, _ workload: WorkloadReport, _ report: Report) {
    self.parameter = parameter
    self.base = base
    self.report = report
    self.workload = workload
    let schemes = workload.sweep.policies.compactMap { summary -> (SchemePolicy, PolicySummary)? in
      guard case .scheme(let scheme) = summary.policy, !summary.policy.isBound,
        Self.isNear(scheme, base, parameter)
      else { return nil }
      return (scheme, summary)
    }
    let all = Self.distinct(schemes.map { Self.value($0.0, parameter) })
    let values = Self.thinned(all, to: Self.mostValues, around: Self.value(base, parameter))
    let groups = Self.distinct(schemes.map { Self.line($0.0, parameter) })
    let kept = Self.thinned(groups, to: Self.mostLines, around: Self.line(base, parameter))
    lines = kept.map { group in
      let own = schemes.filter { Self.line($0.0, parameter) == group }.compactMap { scheme, summary in
        values.firstIndex(of: Self.value(scheme, parameter)).map { (value: $0, summary: summary) }
      }
      return (group.text, own)
    }
    self.values = values.map(\.text)
    leftOut =
      groups.filter { !kept.contains($0) }.map(\.text)
      + all.filter { !values.contains($0) }.map { "\(parameter.symbol) = \($0.text)" }
  }

  /// What is not drawn, in a sentence.
  var omission: String? {
    leftOut.isEmpty
      ? nil : "Not drawn, but in the table of all policies: \(leftOut.joined(separator: ", "))."
  }

  var isWorthShowing: Bool { values.count > 1 && lines.contains { $0.points.count > 1 } }

  /// A value or a line: what it is called and where it comes.
  private struct Mark: Equatable, Comparable {
    let text: String
    let order: [Int]

    static func < (left: Mark, right: Mark) -> Bool {
      left.order == right.order
        ? ExactString(left.text) < ExactString(right.text) : left.order.lexicographicallyPrecedes(right.order)
    }
  }

  /// Same tools as the base, and the parameters that are neither axis nor line the same.
  private static func isNear(_ scheme: SchemePolicy, _ base: SchemePolicy, _ parameter: CurveAxis) -> Bool {
    let isPreselected = scheme.boot == .none
    // Of adaptive policies, which have a line for every threshold, only the base's k is shown.
    guard scheme.k.stop == nil || scheme.k == base.k else { return false }
    guard scheme.aggregator == base.aggregator, scheme.schedule == base.schedule,
      scheme.continuation == base.continuation, scheme.selector == base.selector || isPreselected
    else { return false }
    switch parameter {
    case .k: return scheme.layers == base.layers
    case .boot: return scheme.layers == base.layers && !isPreselected
    case .layers: return scheme.boot == base.boot
    }
  }

  private static func value(_ scheme: SchemePolicy, _ parameter: CurveAxis) -> Mark {
    switch parameter {
    case .k: Mark(text: scheme.k.description, order: scheme.k.values)
    case .boot: Mark(text: scheme.boot.description, order: [Int(scheme.boot.cut)])
    case .layers: Mark(text: "\(scheme.layers)", order: [scheme.layers])
    }
  }

  private static func line(_ scheme: SchemePolicy, _ parameter: CurveAxis) -> Mark {
    if parameter == .k {
      return scheme.boot == .none
        ? Mark(text: ShownName.clipped(scheme.selector) + ", nothing booted", order: [-1])
        : Mark(text: "B = \(scheme.boot)", order: [Int(scheme.boot.cut)])
    }
    return Mark(text: "k = \(scheme.k)", order: scheme.k.values)
  }

  private static func distinct(_ marks: [Mark]) -> [Mark] {
    marks.sorted().reduce(into: []) { kept, mark in
      if kept.last != mark { kept.append(mark) }
    }
  }

  /// The one of the base, both ends, and some between.
  private static func thinned(_ marks: [Mark], to most: Int, around base: Mark) -> [Mark] {
    guard marks.count > most else { return marks }
    let middle = marks.firstIndex(of: base) ?? 0
    let wanted = [middle] + (0..<most).map { $0 * (marks.count - 1) / (most - 1) }
    var chosen: [Int] = []
    for index in wanted where !chosen.contains(index) && chosen.count < most { chosen.append(index) }
    return chosen.sorted().map { marks[$0] }
  }

  /// Score, and cost.
  var charts: [ReportChart] {
    let amounts = Amounts(unit: report.settings.costUnit)
    return [
      chart("Score along \(parameter.symbol)", "score", { $0.score }, { $0 }, { amounts.score($0) }),
      chart(
        "Cost along \(parameter.symbol)", amounts.heading, { $0.cost }, amounts.shown, { amounts.cell($0) }),
    ]
  }

  private func chart(
    _ title: String, _ heading: String, _ estimate: (PolicySummary) -> Estimate,
    _ shown: (Double) -> Double, _ text: (Double) -> String
  ) -> ReportChart {
    var table = ReportTable(
      title,
      [
        .text("line"), .init(heading: parameter.symbol), .init(heading: heading), "low", "high",
      ])
    // Intervals of several lines at one value would cover each other: they stand a little apart.
    let series = lines.enumerated().map { position, line in
      let shift = (Double(position) - Double(lines.count - 1) / 2) * 0.07
      let points = line.points.sorted { $0.value < $1.value }.map { place, summary in
        let own = estimate(summary)
        table.append(
          [line.name, values[place], text(own.mean), text(own.low), text(own.high)],
          isChosen: summary.policy == workload.recommendation?.recommended.policy)
        return PlotPoint(
          x: Double(place) + shift, y: shown(own.mean), low: shown(own.low), high: shown(own.high),
          title: "\(text(own.mean)) (\(text(own.low))–\(text(own.high)))")
      }
      return PlotSeries(line.name, .slot(position), [.line, .points, .intervals], points)
    }
    let figure = PlotFigure(
      title: title,
      summary:
        "\(title) for \(lines.map(\.name).joined(separator: "; ")), with 95 % intervals; the numbers are in the table.",
      x: PlotAxis(parameter.title, .categories(values)), y: PlotAxis(heading, .linear), series: series)
    return ReportChart(
      figure: .plot(figure), table: table,
      specification: VegaLite.points(
        x: (parameter.symbol, .names), y: heading, low: "low", high: "high", color: "line", isLine: true))
  }
}
