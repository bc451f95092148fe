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

  func run(_ query: QueryRecord, label: String?, store: (any CallStore)?) async throws -> LiveRun {
    let policy = policy.decision(for: label).policy
    let start = ContinuousClock.now
    let outcome = try await PolicyRunner(calls: calls, store: store).run(policy, on: query)
    return LiveRun(
      query: query, policy: policy, outcome: outcome, seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}

/// A query answered live.
struct LiveRun: Sendable {
  let query: QueryRecord
  let policy: Policy
  let outcome: SchemeOutcome
  let seconds: Double
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
  /// `nil` = scores are not compared.
  private let grader: (any AnswerGrader)?
  private(set) var fidelity: Fidelity

  init(trace path: String, prices: ProductionPrices?, grader: (any AnswerGrader)?) throws {
    self.grader = grader
    fidelity = Fidelity(
      prices: prices.map { prices in
        Dictionary(prices.rows.map { ($0.model, $0.price) }, uniquingKeysWith: { first, _ in first })
      })
    let database = try TraceDatabase(reading: path)
    header = try database.header()
    var records: [String: QueryRecord] = [:]
    try database.forEachQuery { records[$0.query] = $0 }
    self.records = records
  }

  mutating func add(_ run: LiveRun) async throws {
    guard let recorded = records[run.query.query] else { return }
    let item = GradingItem(
      text: run.outcome.answer, reference: recorded.reference, prompt: recorded.prompt,
      query: recorded.query, workload: recorded.workload)
    let measured = LiveMeasurement(seconds: run.seconds, score: try? grader?.grade(item).score)
    try await fidelity.add(
      run.outcome, measured, of: run.policy, recorded: recorded, header: header)
  }
}

/// What a live run prints.
enum RunReport {
  static func json(_ run: LiveRun) -> JSONValue {
    let outcome = run.outcome
    let calls = outcome.stages.flatMap(\.calls)
    func sum(_ tokens: (CallRecord) -> Int32?) -> JSONValue {
      .integer(calls.reduce(Int128(0)) { $0 + Int128(tokens($1) ?? 0) })
    }
    return .object([
      "query": .string(run.query.query), "policy": .string("\(run.policy)"),
      "answer": .string(outcome.answer),
      "chosen": .array(outcome.chosen.map(JSONValue.string)), "calls": .integer(Int128(calls.count)),
      "tokens": .object(["input": sum(\.inputTokens), "output": sum(\.outputTokens)]),
    ])
  }

  /// The document `lightreplay.run-check/1`.
  static func json(_ fidelity: Fidelity) -> JSONValue {
    func tokens(_ input: Int64, _ output: Int64) -> JSONValue {
      .object(["input": .integer(Int128(input)), "output": .integer(Int128(output))])
    }
    let stages = fidelity.stages.filter { $0.value != Fidelity.Tokens() }.map { stage, sum in
      (
        stage.name,
        JSONValue.object([
          "predicted": tokens(sum.predictedInput, sum.predictedOutput),
          "live": tokens(sum.liveInput, sum.liveOutput),
        ])
      )
    }
    let texts = fidelity.texts.map { role, texts in
      (
        "\(role)",
        JSONValue.object([
          "same": .integer(Int128(texts.same)), "compared": .integer(Int128(texts.compared)),
        ])
      )
    }
    return .object([
      "format": .string("lightreplay.run-check/1"), "queries": .integer(Int128(fidelity.queries)),
      "stages": .object(Dictionary(uniqueKeysWithValues: stages)),
      "texts": .object(Dictionary(uniqueKeysWithValues: texts)),
      "figures": .object(
        Dictionary(uniqueKeysWithValues: figures(fidelity).map { ($0.name, json($0.pairs)) })),
      "unpredicted": .array(
        fidelity.unpredicted.map {
          .object(["query": .string($0.query), "reason": .string($0.reason)])
        }),
    ])
  }

  private static func json(_ pairs: FidelityPairs) -> JSONValue {
    .object([
      "queries": .integer(Int128(pairs.count)), "predicted": .number(pairs.predictedMean),
      "live": .number(pairs.liveMean), "difference": .optional(pairs.difference?.mean, JSONValue.number),
      "low": .optional(pairs.difference?.low, JSONValue.number),
      "high": .optional(pairs.difference?.high, JSONValue.number),
    ])
  }

  private typealias Figure = (name: String, pairs: FidelityPairs, text: (Double) -> String)

  /// Means per query that were compared.
  private static func figures(_ fidelity: Fidelity) -> [Figure] {
    let all: [Figure] = [
      ("tokens", fidelity.tokens, { NumberText.fixed($0, places: 1) }),
      ("dollars", fidelity.dollars, { NumberText.significant($0) }),
      ("seconds", fidelity.seconds, { NumberText.fixed($0, places: 2) }),
      ("score", fidelity.scores, { NumberText.fixed($0, places: 3) }),
    ]
    return all.filter { $0.pairs.count > 0 }
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
    text += means(figures(fidelity)).text
    for gap in fidelity.unpredicted.prefix(5) {
      text += "query '\(gap.query)' is not predicted: \(gap.reason)\n"
    }
    return text
  }

  private static func means(_ figures: [Figure]) -> TextTable {
    var table = TextTable([
      ("a query", .left), ("predicted", .right), ("live", .right), ("live − predicted (95 %)", .left),
    ])
    for (name, pairs, text) in figures {
      let difference = pairs.difference.map { "\(text($0.mean)) (\(text($0.low)) to \(text($0.high)))" }
      table.append([name, text(pairs.predictedMean), text(pairs.liveMean), difference ?? ""])
    }
    return table
  }
}
