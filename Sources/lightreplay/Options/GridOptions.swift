import ArgumentParser
import RoutingCore

/// Which policies; without any of these, what the trace can answer.
struct GridOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Candidates that finish: 1-4, by layer 4>2, by query 1|3@agreement:0.8 or 1|3@agreement:q0.2/q0.5.",
      valueName: "list"), transform: { try ListArgument($0) })
  var k: ListArgument<KSchedule>?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Boot budgets in tokens, or full: 50,100,full.", valueName: "list"),
    transform: { try ListArgument($0) })
  var boot: ListArgument<BootBudget>?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Layers: 1-3.", valueName: "list"),
    transform: { try ListArgument($0) })
  var layers: ListArgument<LayerCount>?

  @Option(
    help: ArgumentHelp("Of layers ≥ 3: completion, progressive.", valueName: "list"),
    transform: { try ListArgument($0) })
  var schedule: ListArgument<LayerSchedule>?

  @Option(
    help: ArgumentHelp("\(SelectorRegistry.usage).", valueName: "list"), transform: { try ListArgument($0) })
  var selector: ListArgument<NameElement>?

  @Option(
    help: ArgumentHelp("\(AggregatorRegistry.usage).", valueName: "list"), transform: { try ListArgument($0) }
  )
  var aggregator: ListArgument<NameElement>?

  @Option(
    help: ArgumentHelp(
      "How a prefix becomes an answer: reprompt, cached, stream, restart.", valueName: "kind"))
  var continuation: Continuation = .reprompt

  /// - Throws: `PolicyError` for an unknown selector or aggregator.
  func request() throws(PolicyError) -> GridRequest {
    var request = GridRequest()
    request.k = k?.elements
    request.boots = boot?.elements
    request.layers = layers?.elements.map(\.count)
    request.schedules = schedule?.elements ?? [.completion]
    request.continuation = continuation
    if let names = selector?.elements.map(\.name) {
      var ids: [String] = []
      for name in names { ids.append(try SelectorRegistry.canonicalID(name)) }
      request.selectors = ids
    }
    if let names = aggregator?.elements.map(\.name) {
      var ids: [String] = []
      for name in names { ids.append(try AggregatorRegistry.canonicalID(name)) }
      request.aggregators = ids
    }
    return request
  }
}
