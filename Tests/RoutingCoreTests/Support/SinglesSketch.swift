import RoutingCore

/// A workload of single models with given figures on every query, for what is computed from scores and costs.
struct SinglesSketch {
  /// Figures of one model, by query.
  struct Model {
    let name: String
    /// Millionths.
    var scores: [Int]
    var tokens: [Int]
    var seconds: [Double?] = []
  }

  var models: [Model]
  /// Names of the queries, each a group of its own.
  var names: [String]

  /// Queries named `q0`, `q1`, ….
  init(_ models: [Model]) {
    self.models = models
    names = models[0].scores.indices.map { "q\($0)" }
  }

  /// 0/1 scores with the given means, and tokens, spread pseudo-randomly over `queries`.
  init(_ figures: [(name: String, score: Double, tokens: Int)], queries: Int, seed: UInt64 = 1) {
    var draws = Draws(seed: seed)
    self.init(
      figures.map { figure in
        Model(
          name: figure.name,
          scores: (0..<queries).map { _ in Double(draws.below(1000)) < 1000 * figure.score ? 1_000_000 : 0 },
          tokens: (0..<queries).map { _ in figure.tokens + draws.below(11) - 5 })
      })
  }

  /// The first names of queries whose own group falls into `fold`.
  static func names(fold: UInt8, _ count: Int) -> [String] {
    Array((0..<10_000).lazy.map { "n\($0)" }.filter { TraceSketch.digest($0).fold == fold }.prefix(count))
  }

  var sketch: TraceSketch {
    TraceSketch(
      models: models.map { ModelDeclaration(name: $0.name) },
      queries: names.enumerated().map { index, name in
        query(
          models.map { model in
            let took = model.seconds.isEmpty ? nil : model.seconds[index]
            return response(
              model.name, in: 0, out: Int32(model.tokens[index]), ttft: took.map { _ in 0 }, took: took,
              answer: "x", score: model.scores[index])
          }, name: name)
      })
  }

  static func settings(replicates: Int = 200) -> SweepSettings {
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = replicates
    return settings
  }

  /// Evidence of the single models, in their order, and of `policies`.
  func evidence(_ policies: [String] = [], replicates: Int = 200) async throws -> Evidence {
    try await sketch.evidence(
      models.map { "single:\($0.name)" } + policies, settings: Self.settings(replicates: replicates))
  }

  func recommender(_ rule: ChoiceRule, _ policies: [String] = [], replicates: Int = 200) async throws
    -> Recommender
  {
    try await sketch.recommender(
      models.map { "single:\($0.name)" } + policies, rule, settings: Self.settings(replicates: replicates))
  }

  func recommendation(_ rule: ChoiceRule, _ policies: [String] = [], replicates: Int = 200) async throws
    -> Recommendation
  {
    try await recommender(rule, policies, replicates: replicates).recommend()
  }
}

extension TraceSketch {
  func evidence(_ ids: [String], settings: SweepSettings) async throws -> Evidence {
    let trace = try trace()
    return await (try runner(ids, trace, settings)).evidence(trace.workloads[0])
  }

  func recommender(_ ids: [String], _ rule: ChoiceRule, settings: SweepSettings) async throws -> Recommender {
    let trace = try trace()
    let runner = try runner(ids, trace, settings)
    let evidence = await runner.evidence(trace.workloads[0])
    return try Recommender(
      evidence, summary: await runner.summary(evidence), trace: trace, rule: rule, settings: settings)
  }

  private func runner(_ ids: [String], _ trace: Trace, _ settings: SweepSettings) throws -> SweepRunner {
    try SweepRunner(
      trace: trace, policies: ids.map { try Policy(id: $0) }, prices: .tokens(for: trace), settings: settings)
  }
}

extension ChoiceRule {
  /// The largest S − λT.
  static func lambda(_ lambda: Double) -> ChoiceRule { ChoiceRule(aim: .objective(lambda: lambda)) }

  static func score(_ score: Double) -> ChoiceRule { ChoiceRule(aim: .leastCost, scoreTarget: .score(score)) }

  static func budget(_ budget: Double) -> ChoiceRule { ChoiceRule(aim: .budget, budget: budget) }

  /// The same rule, taking the cheapest within a standard error.
  var oneStandardError: ChoiceRule {
    var rule = self
    rule.isOneStandardError = true
    return rule
  }
}
