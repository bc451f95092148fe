package import RoutingCore

/// The file that `record` reads: where models are called, who plays which part, what is to be recorded.
///
/// ```yaml
/// name: support
/// endpoints:
///   main: {url: https://api.example.com/v1, key_env: API_KEY, concurrency: 8}
/// models:
///   small: {endpoint: main, model: small-2025-05-01, max_tokens: 600}
///   large: {endpoint: main, model: large-2025-05-01, max_tokens: 600}
/// selectors: {judge: {model: small}}
/// aggregators: {merger: {model: large}}
/// pool: [small, large]
/// prompts: [questions.jsonl]
/// record:
///   - {k: 1-2, boot: [50, 200], layers: 2}
/// ```
package enum LiveConfigFile {
  static let keys = [
    "name", "seed", "endpoints", "models", "pool", "selectors", "aggregators", "judges", "refinement_prompt",
    "prompts", "record",
  ]

  /// - Parameters:
  ///   - name: how the file is called in errors.
  ///   - base: names the trace where the file does not.
  package static func read(_ text: String, name file: String) throws(ConfigError) -> LiveConfig {
    let root = try ConfigFields(try ConfigNode(parsing: text, file: file), keys)
    let endpoints = try entries(root, "endpoints", "a map from name to endpoint", endpoint)
    let models = try entries(root, "models", "a map from name to model", model)
    for (model, node) in zip(models.values, models.nodes) {
      try check(model.endpoint, among: endpoints.values.map(\.name), of: "endpoint", node)
    }
    let modelNames = models.values.map(\.name)
    let selectors = try tools(root, "selectors", DefaultPrompts.selector, [.query, .answers], modelNames)
    let aggregators = try tools(
      root, "aggregators", DefaultPrompts.aggregator, [.query, .answers], modelNames)
    let judges = try judges(root, modelNames)
    let tools = selectors + aggregators + judges.map(\.tool)
    var config = LiveConfig(
      name: try root.required("name", "a name for the trace").text(), endpoints: endpoints.values,
      models: models.values,
      pool: try names(root["pool"], among: modelNames, of: "model")
        ?? modelNames.filter { name in !tools.contains { $0.model == name } })
    guard !config.pool.isEmpty else {
      throw root.node.unexpected("a pool of at least one model")
    }
    config.selectors = selectors
    config.aggregators = aggregators
    config.judges = judges
    if let node = root["refinement_prompt"] { config.refinementPrompt = try prompt(node, [.query, .merge]) }
    config.prompts = try root.texts("prompts") ?? []
    config.seed = try root.integer("seed", 0...UInt64.max) ?? 1
    for node in try root["record"]?.oneOrMore() ?? [] { config.grids.append(try grid(node, config)) }
    return config
  }

  // MARK: Maps by name

  private static func entries<Value>(
    _ root: ConfigFields, _ key: String, _ expected: String,
    _ read: (String, ConfigNode) throws(ConfigError) -> Value
  ) throws(ConfigError) -> (values: [Value], nodes: [ConfigNode]) {
    var values: [Value] = []
    var nodes: [ConfigNode] = []
    let node = try root.required(key, expected)
    for (name, value) in try node.map() {
      guard !name.isEmpty else { throw value.unexpected("a name") }
      values.append(try read(name, value))
      nodes.append(value)
    }
    guard !values.isEmpty else { throw node.unexpected(expected) }
    return (values, nodes)
  }

  private static func check(
    _ name: String, among known: [String], of kind: String, _ node: ConfigNode
  ) throws(ConfigError) {
    guard !known.contains(name) else { return }
    let suggestion = NearMiss.suggestion(for: name, among: known).map { "'\($0)'" }
    throw node.unexpected(
      "\(kind) names among \(known.joined(separator: ", ")), \(suggestion.map { "perhaps \($0), " } ?? "")not '\(name)'"
    )
  }

  /// Names that must be among those known, each once.
  private static func names(
    _ node: ConfigNode?, among known: [String], of kind: String
  ) throws(ConfigError) -> [String]? {
    guard let node else { return nil }
    var names: [String] = []
    for element in try node.oneOrMore() {
      let name = try element.text()
      try check(name, among: known, of: kind, element)
      guard !names.contains(name) else { throw element.unexpected("each name once") }
      names.append(name)
    }
    return names
  }

  // MARK: Parts

  private static func endpoint(_ name: String, _ node: ConfigNode) throws(ConfigError) -> EndpointConfig {
    let record = try ConfigFields(
      node,
      [
        "url", "key_env", "max_tokens_parameter", "continuation", "concurrency", "requests_per_minute",
        "tokens_per_minute", "timeout_s", "retries", "extra",
      ])
    let url = try record.required("url", "the address up to /v1")
    let address = try url.text()
    guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
      throw url.unexpected("an address beginning with http:// or https://")
    }
    var endpoint = EndpointConfig(name: name, url: address)
    endpoint.keyVariable = try record.text("key_env")
    if let node = record["max_tokens_parameter"] {
      let name = try node.text()
      guard ["max_tokens", "max_completion_tokens"].contains(name) else {
        throw node.unexpected("max_tokens, max_completion_tokens")
      }
      endpoint.maxTokensParameter = name
    }
    endpoint.continuation = try record["continuation"]?.choice(PrefixContinuation.self) ?? .none
    endpoint.concurrency = try record.integer("concurrency", 1...10_000) ?? endpoint.concurrency
    endpoint.requestsPerMinute = try record.integer("requests_per_minute", 1...10_000_000)
    endpoint.tokensPerMinute = try record.integer("tokens_per_minute", 1...1_000_000_000_000)
    endpoint.timeoutSeconds = try record.integer("timeout_s", 1...86_400) ?? endpoint.timeoutSeconds
    endpoint.retries = try record.integer("retries", 0...100) ?? endpoint.retries
    endpoint.extra = try extra(record)
    return endpoint
  }

  private static func model(_ name: String, _ node: ConfigNode) throws(ConfigError) -> LiveModel {
    let record = try ConfigFields(
      node,
      [
        "endpoint", "model", "system", "skills", "max_tokens", "temperature", "top_p", "seed", "stream",
        "logprobs", "extra",
      ])
    var model = LiveModel(
      name: name, endpoint: try record.required("endpoint", "the name of an endpoint").text(),
      remoteName: try record.text("model") ?? name)
    model.system = try record.text("system")
    model.skills = try record.texts("skills") ?? []
    model.maxTokens = try record.integer("max_tokens", 1...Int32.max) ?? model.maxTokens
    model.temperature = try decimal(record["temperature"], "a number from 0 to 2") ?? model.temperature
    model.topP = try decimal(record["top_p"], "a number from 0 to 1")
    model.seed = try record.integer("seed", Int64.min...Int64.max)
    model.stream = try record.bool("stream") ?? model.stream
    model.logprobs = try record.bool("logprobs") ?? model.logprobs
    model.extra = try extra(record)
    return model
  }

  private static func decimal(_ node: ConfigNode?, _ expected: String) throws(ConfigError) -> String? {
    guard let node else { return nil }
    let text = try node.text()
    guard ConfigNode.isJSONLiteral(text), let value = Double(text), value >= 0, value <= 2 else {
      throw node.unexpected(expected)
    }
    return text
  }

  private static func tools(
    _ root: ConfigFields, _ key: String, _ standard: PromptTemplate, _ places: [PromptTemplate.Place],
    _ models: [String]
  ) throws(ConfigError) -> [LiveTool] {
    var tools: [LiveTool] = []
    for (name, node) in try root[key]?.map() ?? [] {
      let record = try ConfigFields(node, toolKeys)
      tools.append(try tool(name, record, standard, places, models))
    }
    return tools
  }

  private static let toolKeys = ["model", "prompt", "max_tokens", "extra"]

  private static func tool(
    _ name: String, _ record: ConfigFields, _ standard: PromptTemplate, _ places: [PromptTemplate.Place],
    _ models: [String]
  ) throws(ConfigError) -> LiveTool {
    let model = try record.required("model", "the name of a model")
    try check(try model.text(), among: models, of: "model", model)
    var tool = LiveTool(name: name, model: try model.text(), prompt: standard)
    if let node = record["prompt"] { tool.prompt = try prompt(node, places) }
    tool.maxTokens = try record.integer("max_tokens", 1...Int32.max)
    tool.extra = try extra(record)
    return tool
  }

  private static func judges(
    _ root: ConfigFields, _ models: [String]
  ) throws(ConfigError) -> [LiveJudge] {
    var judges: [LiveJudge] = []
    for (name, node) in try root["judges"]?.map() ?? [] {
      let record = try ConfigFields(node, toolKeys + ["scale"])
      var judge = LiveJudge(tool: try tool(name, record, DefaultPrompts.judge, [.answer], models))
      if let node = record["scale"] {
        let ends = try node.text().split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard ends.count == 2, let low = ends[0], let high = ends[1],
          let scale = JudgeScale(low: low, high: high)
        else { throw node.unexpected("the lowest and the highest score, such as 0-10") }
        judge.scale = scale
      }
      judges.append(judge)
    }
    return judges
  }

  private static func prompt(
    _ node: ConfigNode, _ places: [PromptTemplate.Place]
  ) throws(ConfigError) -> PromptTemplate {
    let template = PromptTemplate(try node.text())
    guard places.allSatisfy(template.places.contains) else {
      throw node.unexpected("a prompt with \(places.map { "{\($0.rawValue)}" }.joined(separator: " and "))")
    }
    return template
  }

  private static func extra(_ record: ConfigFields) throws(ConfigError) -> RawJSON? {
    guard let node = record["extra"] else { return nil }
    guard node.isMap else { throw node.unexpected("a map of entries for every request") }
    return RawJSON(text: try node.json())
  }

  // MARK: What to record

  private static func grid(_ node: ConfigNode, _ config: LiveConfig) throws(ConfigError) -> RecordingGrid {
    let record = try ConfigFields(
      node,
      [
        "workloads", "k", "boot", "layers", "schedule", "selectors", "aggregators", "samples", "every_set_of",
      ])
    var grid = RecordingGrid(
      k: try list(
        record["k"],
        "counts from 1 to \(config.pool.count), ranges such as 1-4, schedules such as 4>2 (an adaptive k is replayed "
          + "from recordings of both its values)"
      ) {
        counts($0)?.map { KSchedule(constant: $0) } ?? KSchedule($0).flatMap { $0.stop == nil ? [$0] : nil }
      } ?? (1...config.pool.count).map { KSchedule(constant: $0) },
      boots: try list(record["boot"], "token counts, or full") { text in
        BootBudget(text).flatMap { $0 == .none ? nil : [$0] }
      } ?? [.full],
      layers: try list(record["layers"], "counts from 1 to \(SchemePolicy.mostLayers)") { text in
        counts(text).flatMap { $0.allSatisfy { $0 <= SchemePolicy.mostLayers } ? $0 : nil }
      } ?? [2],
      selectors: try names(record["selectors"], among: config.selectors.map(\.name), of: "selector")
        ?? config.selectors.map(\.name),
      aggregators: try names(record["aggregators"], among: config.aggregators.map(\.name), of: "aggregator")
        ?? config.aggregators.map(\.name))
    if let wrong = grid.k.first(where: { $0.first > config.pool.count }) {
      throw (record["k"] ?? node).unexpected(
        "k of at most \(config.pool.count), the size of the pool, not \(wrong)")
    }
    grid.workloads = try record.texts("workloads")
    grid.schedules =
      try list(record["schedule"], "completion, progressive") {
        LayerSchedule(rawValue: $0).map { [$0] }
      } ?? grid.schedules
    grid.samples = try record.integer("samples", 1...1000) ?? 1
    grid.everySetOf = try list(record["every_set_of"], "sizes of sets from 2 on", counts) ?? []
    return grid
  }

  private static func list<Value>(
    _ node: ConfigNode?, _ expected: String, _ read: (String) -> [Value]?
  ) throws(ConfigError) -> [Value]? {
    guard let node else { return nil }
    var values: [Value] = []
    for element in try node.oneOrMore() {
      for part in try element.text().split(separator: ",") {
        guard let more = read(part.filter { $0 != " " }) else { throw element.unexpected(expected) }
        values += more
      }
    }
    return values
  }

  /// `a-b` as a range of counts from 1 on, or one count.
  private static func counts(_ text: String) -> [Int]? {
    let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    switch (bounds.count, bounds.first ?? nil, bounds.last ?? nil) {
    case (1, let only?, _) where only >= 1: return [only]
    case (2, let low?, let high?) where low >= 1 && low <= high && high <= 1000: return Array(low...high)
    default: return nil
    }
  }
}
