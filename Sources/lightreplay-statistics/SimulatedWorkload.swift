import RoutingCore

/// A workload whose policies have given scores and costs on every query, as a trace that is replayed.
struct SimulatedWorkload {
  private let policies: [Policy]
  private let trace: Trace

  /// How policies appear in the trace.
  enum Form: Sendable {
    /// Policy i is the single model i.
    case singles
    /// Policy i takes the first i + 1 models in a fixed order and merges their answers.
    case merges
  }

  /// - Parameters:
  ///   - queries: per query, each policy's score and what it costs, in tokens; with merges more for each policy.
  ///   - random: gives the queries' keys.
  init(_ form: Form, queries: [[(score: Double, tokens: Int)]], random: inout RandomStream) throws {
    let count = queries[0].count
    let models = (0..<count).map { "m\($0)" }
    policies = (0..<count).map { Self.policy($0, form, models) }
    let digests = queries.map { _ in
      let bits = random.bits()
      return IdentityDigest(sha256: (0..<32).map { UInt8(truncatingIfNeeded: bits >> ($0 % 8 * 8)) })
    }
    var builder = try TraceBuilder(
      header: TraceHeader(
        name: "simulated", models: (models + ["judge"]).map { ModelDeclaration(name: $0) }, pool: models),
      queries: queries.indices.map { .init(name: "\($0)", workload: "w", group: "\($0)") },
      respondents: 0..<count
    ) { digests[Int($0) ?? 0] }
    for (query, cells) in queries.enumerated() {
      for (place, cell) in cells.enumerated() {
        for call in Self.calls(place, cell, before: place > 0 ? cells[place - 1].tokens : 0, form) {
          builder.add(call, query: query)
        }
      }
    }
    trace = builder.build(fingerprint: "")
  }

  private static func policy(_ place: Int, _ form: Form, _ models: [String]) -> Policy {
    switch form {
    case .singles: .single(models[place])
    case .merges:
      .scheme(
        SchemePolicy(
          k: KSchedule(constant: place + 1), boot: .none, layers: 2,
          selector: "static:\(models.joined(separator: ">"))", aggregator: "recorded"))
    }
  }

  /// The calls that give a policy its score and cost, those of cheaper policies being there.
  private static func calls(
    _ place: Int, _ cell: (score: Double, tokens: Int), before: Int, _ form: Form
  ) -> [TraceBuilder.Call] {
    var response = TraceBuilder.Call(role: .response)
    response.model = place
    response.score = Score(millionths: Int128((cell.score * 1e6).rounded()))
    response.usage.input = 0
    response.usage.output = Int32(cell.tokens)
    guard form == .merges, place > 0 else { return [response] }
    // The models cost what the policies' costs differ by; the merge itself is free.
    response.usage.output = Int32(cell.tokens - before)
    var merge = response
    merge.role = .merge
    merge.model = nil
    merge.tool = "judge"
    merge.layer = 2
    merge.members = Array(0...place)
    merge.usage.output = 0
    return [response, merge]
  }

  func recommender(_ rule: ChoiceRule, replicates: Int) async throws -> Recommender {
    let settings = Simulation.settings(replicates: replicates)
    let runner = try SweepRunner(
      trace: trace, policies: policies, prices: .tokens(for: trace), settings: settings)
    let evidence = await runner.evidence(trace.workloads[0])
    return try Recommender(
      evidence, summary: await runner.summary(evidence), trace: trace, rule: rule, settings: settings)
  }

  /// The place of a policy among those simulated.
  func place(of policy: Policy) -> Int? { policies.firstIndex(of: policy) }
}
