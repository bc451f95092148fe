import ConfigFiles
import Foundation
import Recording
import Reporting
import RoutingCore
import TraceStore

/// A policy file with the endpoints to carry it out.
struct RunSession {
  let policy: ProductionPolicy
  let config: LiveConfig
  private let calls: LiveCalls

  /// Checks that every model, selector and aggregator of the policy is configured.
  init(policy path: String, config configPath: String) throws {
    let policy = try PolicyFiles.read(path)
    var config = try LiveConfigFile.read(ConfigText.read(configPath), name: configPath)
    let decisions = policy.workloads + [policy.fallback]
    for tool in decisions.compactMap(\.selector) {
      try Self.adopt(tool, &config.selectors, config, configPath)
    }
    for tool in decisions.compactMap(\.aggregator) {
      try Self.adopt(tool, &config.aggregators, config, configPath)
    }
    for model in policy.pool where config.model(named: model.name) == nil {
      throw RunError.unknownModel(model.name, config: configPath, known: config.models.map(\.name))
    }
    config.pool = policy.pool.map(\.name)
    calls = LiveCalls(config: config, clients: try RecordingSession.clients(config))
    self.policy = policy
    self.config = config
  }

  /// The policy's own prompt and model hold, wherever the configuration has others.
  private static func adopt(
    _ tool: ToolDeclaration, _ tools: inout [LiveTool], _ config: LiveConfig, _ path: String
  ) throws {
    let index = tools.firstIndex { $0.name == tool.name }
    guard let model = tool.model ?? index.map({ tools[$0].model }), config.model(named: model) != nil else {
      throw RunError.unknownModel(tool.model ?? tool.name, config: path, known: config.models.map(\.name))
    }
    guard let prompt = tool.prompt.map({ PromptTemplate($0) }) ?? index.map({ tools[$0].prompt }) else {
      throw RunError.noPrompt(tool: tool.name)
    }
    if let index {
      tools[index].model = model
      tools[index].prompt = prompt
    } else {
      tools.append(LiveTool(name: tool.name, model: model, prompt: prompt))
    }
  }

  func run(
    _ query: QueryRecord, label: String?, store: (any CallStore)?
  ) async throws -> (Policy, SchemeOutcome) {
    let policy = policy.decision(for: label).policy
    return (policy, try await PolicyRunner(calls: calls, store: store).run(policy, on: query))
  }
}

/// Why a policy cannot be run.
enum RunError: Error, CustomStringConvertible {
  case unknownModel(String, config: String, known: [String])
  case noPrompt(tool: String)

  var description: String {
    switch self {
    case .unknownModel(let name, let config, let known):
      "\(config): no model '\(name)', which the policy calls; configured: \(known.joined(separator: ", "))"
    case .noPrompt(let tool): "no prompt for '\(tool)', neither in the policy nor in the configuration"
    }
  }
}

/// The trace a live run is compared with.
struct RunCheck {
  private let header: TraceHeader
  private let records: [String: QueryRecord]

  init(trace path: String) throws {
    let database = try TraceDatabase(reading: path)
    header = try database.header()
    var records: [String: QueryRecord] = [:]
    try database.forEachQuery { records[$0.query] = $0 }
    self.records = records
  }

  func add(
    _ query: QueryRecord, _ policy: Policy, _ outcome: SchemeOutcome, to fidelity: inout Fidelity
  ) async throws {
    guard let recorded = records[query.query] else { return }
    try await fidelity.add(outcome, of: policy, recorded: recorded, header: header)
  }
}

/// What a live run prints.
enum RunReport {
  static func json(_ query: QueryRecord, _ policy: Policy, _ outcome: SchemeOutcome) -> JSONValue {
    let calls = outcome.stages.flatMap(\.calls)
    func sum(_ tokens: (CallRecord) -> Int32?) -> JSONValue {
      .integer(calls.reduce(Int128(0)) { $0 + Int128(tokens($1) ?? 0) })
    }
    return .object([
      "query": .string(query.query), "policy": .string("\(policy)"), "answer": .string(outcome.answer),
      "chosen": .array(outcome.chosen.map(JSONValue.string)), "calls": .integer(Int128(calls.count)),
      "tokens": .object(["input": sum(\.inputTokens), "output": sum(\.outputTokens)]),
    ])
  }

  static func fidelity(_ fidelity: Fidelity) -> String {
    var table = TextTable([
      ("stage", .left), ("predicted input", .right), ("live input", .right), ("predicted output", .right),
      ("live output", .right),
    ])
    for stage in Stage.allCases {
      guard let tokens = fidelity.stages[stage], tokens != Fidelity.Tokens() else { continue }
      table.append([
        stage.name, NumberText.count(Int(tokens.predictedInput)), NumberText.count(Int(tokens.liveInput)),
        NumberText.count(Int(tokens.predictedOutput)), NumberText.count(Int(tokens.liveOutput)),
      ])
    }
    var text = "predicted and live tokens over \(fidelity.queries) queries\n\n\(table.text)\n"
    for role in CallRole.allCases {
      guard let texts = fidelity.texts[role] else { continue }
      text += "\(role): \(texts.same) of \(texts.compared) said the same as predicted\n"
    }
    if let difference = fidelity.difference {
      func number(_ value: Double) -> String { NumberText.fixed(value, places: 1) }
      text +=
        "live minus predicted: \(number(difference.mean)) tokens per query (95 %: \(number(difference.low)) to \(number(difference.high)))\n"
    }
    for gap in fidelity.unpredicted.prefix(5) {
      text += "query '\(gap.query)' is not predicted: \(gap.reason)\n"
    }
    return text
  }
}
