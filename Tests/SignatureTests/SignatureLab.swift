import RoutingCore

/// Traces made to have a failure, to be just short of it, or to be far from it.
struct SignatureLab: Sendable {
  /// Draws of one query: candidates' scores, lengths and the like.
  struct Query {
    var scores: [Int32]
    var outputs: [Int32] = [200, 200, 200, 200]
    var hidden: [Int32] = [0, 0, 0, 0]
    var isEstimated = [false, false, false, false]
    /// Candidates best first, at B = 50 and in full; `nil` = not recorded.
    var boot: [Int]?
    var full: [Int]?
    /// The score of every merge; `nil` = none is recorded.
    var merged: Int32?
  }

  let code: String
  /// A query that is as near to the failure as one without it can be.
  let null: @Sendable (inout Draws) -> Query
  /// A query of a workload that has the failure.
  let failing: @Sendable (inout Draws) -> Query

  /// What the signature says about `queries` drawn queries.
  func verdict(_ make: (inout Draws) -> Query, queries: Int, seed: UInt64) async throws
    -> SignatureFinding.Verdict?
  {
    let trace = try Self.trace(make, queries: queries, seed: seed)
    var settings = SweepSettings()
    settings.costUnit = .tokens
    let scheme = SchemePolicy(
      k: KSchedule(constant: 2), boot: .tokens(50), layers: 2,
      selector: trace.selectors.isEmpty ? "length" : "recorded",
      aggregator: trace.aggregators.isEmpty ? "first" : "recorded")
    let scope = try await SignatureScope(
      scheme, workload: trace.workloads[0], trace: trace, prices: .tokens(for: trace), settings: settings
    )
    return SignatureRegistry.all.first { $0.code == code }?.examine(scope)?.verdict
  }

  private static let pairs = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]

  private static func trace(_ make: (inout Draws) -> Query, queries: Int, seed: UInt64) throws -> Trace {
    let header = TraceHeader(
      name: "lab", models: ["m0", "m1", "m2", "m3", "judge"].map { ModelDeclaration(name: $0) },
      pool: ["m0", "m1", "m2", "m3"])
    let identities = Philox(seed: seed &+ 1)
    var builder = try TraceBuilder(
      header: header, queries: (0..<queries).map { .init(name: "q\($0)", workload: "w", group: "q\($0)") },
      respondents: 0..<4
    ) { name in
      let bits = identities.bits(item: name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }, draw: 0)
      return IdentityDigest(sha256: (0..<32).map { UInt8(truncatingIfNeeded: bits >> (UInt64($0) % 8 * 8)) })
    }
    var draws = Draws(seed: seed)
    for index in 0..<queries { add(make(&draws), index, to: &builder) }
    return builder.build(fingerprint: "")
  }

  private static func add(_ query: Query, _ index: Int, to builder: inout TraceBuilder) {
    for candidate in 0..<4 {
      var call = TraceBuilder.Call(role: .response)
      call.model = candidate
      call.score = Score(millionths: Int128(query.scores[candidate]))
      call.usage.input = 100
      call.usage.output = query.outputs[candidate]
      call.usage.hidden = query.hidden[candidate]
      if query.isEstimated[candidate] { call.usage.flags.insert(.estimatedTokens) }
      builder.add(call, query: index)
    }
    for (order, boot) in [(query.boot, BootBudget.tokens(50)), (query.full, .full)] {
      guard let order else { continue }
      var call = TraceBuilder.Call(role: .ranking)
      call.tool = "judge"
      call.bootBudget = boot
      call.order = order
      call.usage.input = 0
      call.usage.output = 0
      builder.add(call, query: index)
    }
    guard let merged = query.merged else { return }
    for members in pairs {
      var call = TraceBuilder.Call(role: .merge)
      call.tool = "judge"
      call.members = members
      call.score = Score(millionths: Int128(merged))
      call.usage.input = 0
      call.usage.output = 0
      builder.add(call, query: index)
    }
  }
}

/// Random numbers of a lab, the same for a seed.
struct Draws {
  private let generator: Philox
  private var count: UInt64 = 0

  init(seed: UInt64) { generator = Philox(seed: seed) }

  /// 0 ..< 1.
  mutating func unit() -> Double {
    count += 1
    return Double(generator.bits(item: count, draw: 7) >> 11) / 9_007_199_254_740_992
  }

  /// 1 with a probability, else 0; in millionths.
  mutating func score(_ probability: Double) -> Int32 { unit() < probability ? 1_000_000 : 0 }

  mutating func scores(_ probabilities: Double...) -> [Int32] { probabilities.map { score($0) } }

  /// The candidates in random order; sorted by score with a probability.
  mutating func order(_ scores: [Int32], sorted probability: Double) -> [Int] {
    var order = Array(scores.indices)
    for index in order.indices.reversed() { order.swapAt(index, Int(unit() * Double(index + 1))) }
    guard unit() < probability else { return order }
    return order.sorted { scores[$0] > scores[$1] }
  }
}
