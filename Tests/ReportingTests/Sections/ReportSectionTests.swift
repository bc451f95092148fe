import Reporting
import RoutingCore
import Testing

@Suite struct ReportSectionTests {
  private func titles(_ report: Report) -> [String] {
    ReportOutline(report).sections.flatMap { [$0.title] + $0.parts.map(\.title) }
  }

  @Test("A section appears only where its data are given")
  func given() async throws {
    var sketch = ReportSketch()
    #expect(titles(try await sketch.made().report).contains("Latency"))
    sketch.isTimed = false
    let untimed = titles(try await sketch.made().report)
    #expect(!untimed.contains("Latency"))
    #expect(!untimed.contains("Left out"))
    #expect(!untimed.contains("All workloads within one budget"))
  }

  @Test("Where nothing meets the wish the page says so and still shows the sweep")
  func nothing() async throws {
    var sketch = ReportSketch()
    sketch.rule = ChoiceRule(aim: .budget, budget: 0.001)
    let report = try await sketch.made().report
    #expect(report.workloads[0].failure != nil)
    let text = report.text(as: .md)
    #expect(text.contains("alpha: no policy"))
    #expect(titles(report).contains("Score against cost"))
  }

  @Test("Every field of a specification is a column of the chart's table")
  func fields() async throws {
    let report = try await ReportSketch().made().report
    let outline = ReportOutline(report)
    let charts = outline.sections.flatMap { [$0] + $0.parts }.flatMap(\.blocks).compactMap { block in
      if case .chart(let chart) = block { chart } else { nil }
    }
    #expect(charts.count >= 7)
    for chart in charts {
      let columns = Set(chart.table.columns.map(\.heading))
      for field in fields(of: chart.specification) where !["part", "value"].contains(field) {
        #expect(columns.contains(field), "\(chart.title)")
        // Vega reads these as paths.
        #expect(!field.contains(where: { ".[]\\".contains($0) }))
      }
    }
  }

  private func fields(of value: JSONValue) -> [String] {
    switch value {
    case .object(let members):
      members.flatMap { name, value -> [String] in
        if name == "field", case .string(let field) = value { return [field] }
        if name == "fold", case .array(let parts) = value {
          return parts.compactMap { if case .string(let field) = $0 { field } else { nil } }
        }
        return fields(of: value)
      }
    case .array(let elements): elements.flatMap(fields)
    default: []
    }
  }

  @Test("Cost by stage sums to the cost")
  func stages() async throws {
    let workload = try await ReportSketch().made().report.workloads[0]
    for summary in NotablePolicies(workload).summaries {
      let total = Stage.allCases.reduce(0.0) { $0 + (summary.costByStage[$1] ?? 0) }
      #expect(abs(total - summary.cost.mean) < 1e-9 * max(1, summary.cost.mean))
    }
  }
}
