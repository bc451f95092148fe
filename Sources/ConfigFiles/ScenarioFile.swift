package import RoutingCore

/// What-if scenarios as a file: one, or several under `scenarios`.
///
/// ```yaml
/// scenarios:
///   - name: cheaper and smaller
///     prices:
///       stork: {times: 0.5}             # or 0.93, or {input: 0.15, cached_input: 0.03, output: 0.6}
///     drop: [lark]
///   - name: batch
///     discount: {share: 0.5, models: [heron]}
///     traffic: 2e6/day
/// ```
package enum ScenarioFile {
  static let keys = [
    "name", "prices", "discount", "cache_hits", "drop", "keep", "selectors", "aggregators", "continuation",
    "shares", "traffic", "degrade_selector", "output_length", "max_latency_p95_s", "break_even",
  ]

  /// - Parameter file: how the file is called in errors.
  package static func read(_ text: String, name file: String) throws(ConfigError) -> [Scenario] {
    let root = try ConfigNode(parsing: text, file: file)
    guard try root.map().contains(where: { $0.key == "scenarios" }) else { return [try scenario(root, 1)] }
    let record = try ConfigFields(root, ["scenarios"])
    let list = try record.required("scenarios", "a list of scenarios")
    var scenarios: [Scenario] = []
    for (index, node) in try list.list().enumerated() {
      let scenario = try scenario(node, index + 1)
      guard !scenarios.contains(where: { $0.name == scenario.name }) else {
        throw node.unexpected("a name no other scenario has")
      }
      scenarios.append(scenario)
    }
    guard !scenarios.isEmpty else { throw list.unexpected("at least one scenario") }
    return scenarios
  }

  /// The changes in the order of `keys`, whatever order they are written in.
  private static func scenario(_ node: ConfigNode, _ number: Int) throws(ConfigError) -> Scenario {
    let record = try ConfigFields(node, keys)
    var changes: [ScenarioChange] = []
    for (model, price) in try record["prices"]?.map() ?? [] {
      changes.append(.price(model: model, try self.price(price)))
    }
    if let node = record["discount"] { changes.append(try discount(node)) }
    if let node = record["cache_hits"] { changes.append(.cacheHits(try share(node))) }
    if let names = try names(record["drop"]) { changes.append(.drop(names)) }
    if let names = try names(record["keep"]) {
      guard record["drop"] == nil else { throw node.unexpected("drop or keep, not both") }
      changes.append(.keep(names))
    }
    changes += try policies(record)
    if let node = record["shares"] { changes.append(.shares(try shares(node))) }
    if let node = record["traffic"] { changes.append(.traffic(try traffic(node))) }
    if let node = record["degrade_selector"] { changes.append(.degradeSelector(try share(node))) }
    if let node = record["output_length"] { changes += try outputLength(node) }
    if let node = record["max_latency_p95_s"] { changes.append(.maxLatencyP95(try seconds(node))) }
    let breakEven = try names(record["break_even"]) ?? []
    guard !changes.isEmpty || !breakEven.isEmpty else { throw node.unexpected("at least one change") }
    return Scenario(
      name: try record.text("name") ?? "scenario \(number)", changes: changes, breakEven: breakEven)
  }

  private static func policies(_ record: ConfigFields) throws(ConfigError) -> [ScenarioChange] {
    var changes: [ScenarioChange] = []
    if let node = record["selectors"], let names = try names(node) {
      try check(node, usage: SelectorRegistry.usage) { name throws(PolicyError) in
        try SelectorRegistry.canonicalID(name)
      }
      changes.append(.selectors(names))
    }
    if let node = record["aggregators"], let names = try names(node) {
      try check(node, usage: AggregatorRegistry.usage) { name throws(PolicyError) in
        try AggregatorRegistry.canonicalID(name)
      }
      changes.append(.aggregators(names))
    }
    if let node = record["continuation"] { changes.append(.continuation(try node.choice(Continuation.self))) }
    return changes
  }

  private static func check(
    _ node: ConfigNode, usage: String, _ read: (String) throws(PolicyError) -> String
  ) throws(ConfigError) {
    for element in try node.oneOrMore() {
      let name = try element.text()
      do throws(PolicyError) {
        _ = try read(name)
      } catch {
        guard case .unknown(_, _, let known) = error,
          let meant = NearMiss.suggestion(for: name, among: known)
        else { throw element.unexpected("one of \(usage)") }
        throw element.unexpected("one of \(usage); perhaps '\(meant)'")
      }
    }
  }

  private static func price(_ node: ConfigNode) throws(ConfigError) -> PriceChange {
    guard node.isMap else { return .to(ModelPrice(input: try amount(node))) }
    let record = try ConfigFields(node, ["times", "input", "cached_input", "output"])
    if let times = record["times"] {
      guard try node.map().count == 1 else { throw node.unexpected("times alone, or prices") }
      return .times(try factor(times))
    }
    let input = try amount(try record.required("input", "USD per million tokens"))
    var (cached, output): (Int64?, Int64?) = (nil, nil)
    if let node = record["cached_input"] { cached = try amount(node) }
    if let node = record["output"] { output = try amount(node) }
    return .to(ModelPrice(input: input, cachedInput: cached, output: output))
  }

  private static func amount(_ node: ConfigNode) throws(ConfigError) -> Int64 {
    guard let price = ModelPrice.picodollarsPerToken(try node.text()) else {
      throw node.unexpected("USD per million tokens, from 0 to 1000000")
    }
    return price
  }

  private static func discount(_ node: ConfigNode) throws(ConfigError) -> ScenarioChange {
    guard node.isMap else { return .discount(share: try share(node), models: nil) }
    let record = try ConfigFields(node, ["share", "models"])
    return .discount(
      share: try share(try record.required("share", "a share from 0 to 1")),
      models: try names(record["models"]))
  }

  private static func outputLength(_ node: ConfigNode) throws(ConfigError) -> [ScenarioChange] {
    guard node.isMap else { return [.outputLength(model: nil, try factor(node))] }
    var changes: [ScenarioChange] = []
    for (model, value) in try node.map() {
      changes.append(.outputLength(model: model, try factor(value)))
    }
    return changes
  }

  private static func shares(_ node: ConfigNode) throws(ConfigError) -> [WorkloadShare] {
    var shares: [WorkloadShare] = []
    for (workload, value) in try node.map() {
      guard let share = Double(try value.text()), share.isFinite, share >= 0 else {
        throw value.unexpected("a share from 0 to 1")
      }
      shares.append(WorkloadShare(workload: workload, share: share))
    }
    let total = shares.reduce(0) { $0 + $1.share }
    guard abs(total - 1) < 1e-6 else { throw node.unexpected("shares that sum to 1, not to \(total)") }
    return shares
  }

  private static func traffic(_ node: ConfigNode) throws(ConfigError) -> Traffic {
    guard let traffic = Traffic(try node.text()) else {
      throw node.unexpected("queries per day or month, such as 2e6/day")
    }
    return traffic
  }

  private static func seconds(_ node: ConfigNode) throws(ConfigError) -> Double {
    guard let seconds = Double(try node.text()), seconds.isFinite, seconds > 0 else {
      throw node.unexpected("seconds, above 0")
    }
    return seconds
  }

  private static func share(_ node: ConfigNode) throws(ConfigError) -> Share {
    guard let share = Share(try node.text()) else { throw node.unexpected("a share from 0 to 1") }
    return share
  }

  private static func factor(_ node: ConfigNode) throws(ConfigError) -> ScenarioFactor {
    guard let factor = ScenarioFactor(try node.text()) else {
      throw node.unexpected("a factor from 0 to 1000")
    }
    return factor
  }

  private static func names(_ node: ConfigNode?) throws(ConfigError) -> [String]? {
    guard let node else { return nil }
    var names: [String] = []
    for element in try node.oneOrMore() {
      let name = try element.text()
      guard !name.isEmpty, !names.contains(name) else { throw element.unexpected("each name once") }
      names.append(name)
    }
    guard !names.isEmpty else { throw node.unexpected("at least one name") }
    return names
  }
}
