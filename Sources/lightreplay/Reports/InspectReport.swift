import Reporting
import RoutingCore
import TraceStore

/// The inspection of a trace as outputs show it.
struct InspectReport {
  let trace: TraceInspection

  init(_ trace: TraceInspection) { self.trace = trace }

  var queries: Int { trace.workloads.reduce(0) { $0 + $1.queries } }

  /// Things to know before asking the trace anything, in words.
  var warnings: [String] {
    var warnings: [String] = []
    let ungraded = trace.workloads.reduce(0) { $0 + $1.responses - $1.graded }
    if ungraded > 0 { warnings.append("\(ungraded) of \(trace.responses) responses are not graded") }
    if trace.failedCalls > 0 { warnings.append("\(trace.failedCalls) calls failed; they score 0") }
    if trace.estimated > 0 {
      warnings.append("token counts of \(percent(trace.estimated, trace.calls)) of the calls are estimates")
    }
    if trace.exactCuts < trace.texts {
      warnings.append(
        "\(percent(trace.texts - trace.exactCuts, trace.texts)) of the texts have no token ends; prefixes are cut by estimate"
      )
    }
    if trace.timed < trace.responses {
      warnings.append(
        "\(percent(trace.responses - trace.timed, trace.responses)) of the responses lack times; latency is unknown there"
      )
    }
    let missing = trace.models.filter { $0.isCandidate && $0.skills.isEmpty && $0.responses < queries }
    if !missing.isEmpty {
      warnings.append(
        "candidates without an answer to every query: \(missing.map(\.name).joined(separator: ", "))")
    }
    if !trace.tools.contains(where: { $0.role == "ranking" }) {
      warnings.append("no rankings are recorded; use the selectors consensus, length, static or prior")
    }
    if !trace.tools.contains(where: { $0.role == "merge" }) {
      warnings.append("no merges are recorded; use the aggregators vote or first")
    }
    return warnings
  }

  private func percent(_ part: Int, _ whole: Int) -> String {
    "\(NumberText.fixed(100 * Double(part) / Double(max(1, whole)), places: 1)) %"
  }

  var table: String {
    var text = "\(trace.header.name)\nfingerprint \(trace.fingerprint)\n\n"
    var workloads = TextTable([
      ("workload", .left), ("queries", .right), ("groups", .right), ("responses", .right), ("graded", .right),
    ])
    for workload in trace.workloads {
      workloads.append([
        workload.name, NumberText.count(workload.queries), NumberText.count(workload.groups),
        NumberText.count(workload.responses), NumberText.count(workload.graded),
      ])
    }
    var models = TextTable([
      ("model", .left), ("role", .left), ("responses", .right), ("graded", .right), ("failed", .right),
      ("mean score", .right),
    ])
    for model in trace.models {
      models.append([
        TextTable.clipped(model.name, to: 40), model.isCandidate ? "candidate" : "",
        NumberText.count(model.responses),
        NumberText.count(model.graded), NumberText.count(model.failed),
        model.meanScore.map { NumberText.fixed($0, places: 4) } ?? "",
      ])
    }
    text += workloads.text + "\n" + models.text
    if !trace.tools.isEmpty { text += "\n" + toolTable.text }
    text += """

      calls \(NumberText.count(trace.calls)), failed \(trace.failedCalls); samples \(trace.samples)
      tokens reported \(percent(trace.reported, trace.calls)), estimated \(percent(trace.estimated, trace.calls)), \
      not stated \(percent(trace.unstated, trace.calls))
      texts cut exactly \(percent(trace.exactCuts, trace.texts)); times recorded \(percent(trace.timed, trace.responses))
      a grid it covers: \(coveredGrid)

      """
    return text + warnings.map { "warning: \($0)\n" }.joined()
  }

  private var toolTable: TextTable {
    var table = TextTable([
      ("call", .left), ("by", .left), ("layer", .right), ("boot", .right), ("calls", .right),
      ("queries", .right),
      ("sets", .right), ("unreadable", .right),
    ])
    for tool in trace.tools {
      table.append([
        tool.role, TextTable.clipped(tool.name, to: 30), String(tool.layer), tool.bootBudget ?? "",
        NumberText.count(tool.calls), NumberText.count(tool.queries), String(tool.sets),
        String(tool.unparsable),
      ])
    }
    return table
  }

  /// Flags of a sweep that the recorded calls answer.
  private var coveredGrid: String {
    let pool = trace.models.count { $0.isCandidate }
    let selectors = Set(trace.tools.filter { $0.role == "ranking" }.map(\.name)).sorted()
    let aggregators = Set(trace.tools.filter { $0.role == "merge" }.map(\.name)).sorted()
    let boots = trace.tools.filter { $0.role == "ranking" && $0.layer == 1 }.compactMap(\.bootBudget)
    let layers = Set([2] + trace.tools.filter { $0.role != "ranking" }.map(\.layer)).sorted()
    let ranking = selectors.isEmpty ? [SelectorRegistry.usual] : selectors.map { ToolID.recorded($0) }
    let merging = aggregators.isEmpty ? [AggregatorRegistry.usual] : aggregators.map { ToolID.recorded($0) }
    return "--k 1-\(pool) --boot \(boots.isEmpty ? "50,200,full" : boots.joined(separator: ",")) "
      + "--layers \(layers.map(String.init).joined(separator: ",")) "
      + "--selector \(ranking.joined(separator: ",")) --aggregator \(merging.joined(separator: ","))"
  }
}
