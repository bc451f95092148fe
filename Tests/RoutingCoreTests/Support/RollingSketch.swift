import RoutingCore

/// Single models on queries in a recorded order, and what a choice made anew makes of them.
struct RollingSketch {
  /// Scores of each model, in recorded order: `1101` is right, right, wrong, right.
  var models: [(name: String, scores: String, tokens: [Int])]
  /// `nil` = the order of the names.
  var ordinals: [Int64?]?
  var selectors = ["prior"]
  var aggregators = ["first"]
  var k = [1]
  var threads = 1

  init(_ models: [(name: String, scores: String, tokens: Int)]) {
    self.models = models.map { model in
      (model.name, model.scores, model.scores.map { _ in model.tokens })
    }
  }

  /// Named so that the order of names is the recorded one, unless `ordinals` says otherwise.
  static func name(_ index: Int) -> String { "q" + String(1000 + index) }

  var sketch: TraceSketch {
    let count = models[0].scores.count
    return TraceSketch(
      models: models.map { ModelDeclaration(name: $0.name) },
      queries: (0..<count).map { index in
        var record = query(
          models.map { model in
            let isRight = Array(model.scores)[index] == "1"
            return response(
              model.name, in: 0, out: Int32(model.tokens[index]), answer: isRight ? "x" : "not \(model.name)",
              score: isRight ? 1_000_000 : 0)
          }, name: Self.name(index))
        record.ordinal = ordinals.map { $0[index] } ?? Int64(index)
        return record
      })
  }

  func result(_ request: RollingRequest, seed: UInt64 = 1) async throws -> RollingResult {
    try await sketch.rolling(
      request, k: k, boots: [.full], selectors: selectors, aggregators: aggregators, seed: seed,
      threads: threads)
  }

  func workload(_ request: RollingRequest, seed: UInt64 = 1) async throws -> RollingWorkload {
    try await result(request, seed: seed).workloads[0]
  }
}

extension TraceSketch {
  /// Costs are counted in tokens.
  func rolling(
    _ request: RollingRequest, k: [Int], boots: [BootBudget], selectors: [String], aggregators: [String],
    seed: UInt64 = 1, threads: Int = 1
  ) async throws -> RollingResult {
    let trace = try trace()
    var settings = SinglesSketch.settings(replicates: 40)
    settings.seed = seed
    settings.threads = threads
    var grid = GridRequest()
    grid.k = k.map { KSchedule(constant: $0) }
    grid.boots = boots
    grid.layers = [2]
    grid.selectors = selectors
    grid.aggregators = aggregators
    return try await RollingResult(
      ScenarioBasis(
        trace: trace, prices: nil, request: grid, rule: ChoiceRule(aim: .objective(lambda: request.lambda)),
        settings: settings, workloads: trace.workloads), request)
  }
}

extension RollingWorkload {
  /// What is chosen for each window, with the pool.
  var choices: [String] {
    windows.map { "\($0[.rolling].policy) of \($0[.rolling].pool.joined(separator: " "))" }
  }

  var runs: [String] { windows.map { $0[.rolling].policy.description } }
}
