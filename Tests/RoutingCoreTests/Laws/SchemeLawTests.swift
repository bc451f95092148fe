import RoutingCore
import Testing

/// What holds for every policy of every registered selector and aggregator, on pseudo-random traces.
@Suite struct SchemeLawTests {
  private typealias Pair = PolicyFamilies.Pair

  private static let complete = Result { try RandomTrace.sketch(seed: 11).trace() }
  private static let gappy = Result { try RandomTrace.sketch(seed: 11, missing: 60).trace() }

  @Test(
    "Costs are never negative, scores lie in [0, 1], and a gap has neither", arguments: PolicyFamilies.pairs)
  func ranges(pair: PolicyFamilies.Pair) async throws {
    let trace = try Self.gappy.get()
    let rows = try await trace.replay(all: pair.policies, .tokens)
    for row in rows {
      for offset in row.outcomes.gaps.indices {
        let (score, cost) = (row.outcomes.scores[offset], row.outcomes.costs[offset])
        if row.outcomes.gaps[offset].isCovered {
          #expect(cost >= 0)
          #expect((0...1_000_000).contains(score))
        } else {
          #expect(cost == 0)
          #expect(score == 0)
        }
      }
    }
  }

  @Test("Everything is covered where every call is recorded", arguments: PolicyFamilies.pairs)
  func covered(pair: PolicyFamilies.Pair) async throws {
    let trace = try Self.complete.get()
    let policies = pair.policies.filter { !needsMoreTexts($0) }
    for (policy, row) in zip(policies, try await trace.replay(all: policies, .tokens)) {
      #expect(row.outcomes.gaps.allSatisfy { $0.isCovered }, "\(policy)")
    }
  }

  /// Similarities and answers of cut refinements are not part of these traces.
  private func needsMoreTexts(_ policy: Policy) -> Bool {
    guard case .scheme(let scheme) = policy else { return false }
    return scheme.selector.hasPrefix("consensus") && scheme.schedule == .progressive
      && scheme.k.values.count > 1
  }

  @Test("What the stages cost sums to what the compared rows cost", arguments: PolicyFamilies.pairs)
  func stages(pair: PolicyFamilies.Pair) async throws {
    let trace = try Self.gappy.get()
    for row in try await trace.replay(all: pair.policies) {
      let rows = row.isKept ? row.compared : Array(row.outcomes.gaps.indices)
      #expect(rows.reduce(0) { $0 + row.outcomes.costs[$1] } == row.bill.total)
    }
  }

  @Test("A continuation moves money and time, never scores", arguments: PolicyFamilies.pairs)
  func continuations(pair: PolicyFamilies.Pair) async throws {
    let trace = try Self.gappy.get()
    let policies = pair.policies
    let rows = try await trace.replay(all: policies, .tokens)
    // The four continuations of a shape stand side by side.
    for first in stride(from: 0, to: policies.count, by: Continuation.allCases.count) {
      for other in first..<first + Continuation.allCases.count {
        #expect(rows[other].outcomes.scores == rows[first].outcomes.scores)
        #expect(rows[other].outcomes.gaps == rows[first].outcomes.gaps)
      }
    }
  }

  @Test("The paper's accounting leaves out, and adds nothing", arguments: PolicyFamilies.pairs)
  func paper(pair: PolicyFamilies.Pair) async throws {
    let trace = try Self.complete.get()
    let policies = pair.policies
    let billed = try await trace.replay(all: policies, .tokens)
    let paper = try await trace.replay(all: policies, ReplaySetup(unit: .tokens, accounting: .paper))
    for (full, part) in zip(billed, paper) {
      #expect(zip(full.outcomes.costs, part.outcomes.costs).allSatisfy { $0 >= $1 })
      #expect(full.outcomes.scores == part.outcomes.scores)
      #expect(full.outcomes.latencies == part.outcomes.latencies)
    }
  }

  @Test("Re-pricing what was billed equals replaying with the new prices", arguments: PolicyFamilies.pairs)
  func repricing(pair: PolicyFamilies.Pair) async throws {
    let trace = try Self.complete.get()
    let inTokens = try await trace.replay(all: pair.policies, .tokens)
    for (old, new) in zip(inTokens, try await trace.replay(all: pair.policies)) {
      #expect(old.ledger == new.ledger)
      let repriced = Stage.allCases.reduce(0) { $0 + old.ledger.cost($1, at: new.prices) }
      #expect(repriced == new.outcomes.costs.reduce(0, +))
    }
  }

  @Test("With two layers there is one schedule", arguments: PolicyFamilies.pairs)
  func schedules(pair: PolicyFamilies.Pair) async throws {
    let trace = try Self.complete.get()
    let slow = pair.policies(layers: [2]).map { policy -> Policy in
      guard case .scheme(let scheme) = policy else { return policy }
      return .scheme(
        SchemePolicy(
          k: scheme.k, boot: scheme.boot, layers: 2, schedule: .progressive, selector: scheme.selector,
          aggregator: scheme.aggregator, continuation: scheme.continuation))
    }
    let rows = try await trace.replay(all: pair.policies(layers: [2]), .tokens)
    for (one, other) in zip(rows, try await trace.replay(all: slow, .tokens)) {
      #expect(one.outcomes.scores == other.outcomes.scores)
      #expect(one.ledger == other.ledger)
    }
  }

  @Test("Neither the other policies nor the threads change a row", arguments: PolicyFamilies.pairs)
  func alone(pair: PolicyFamilies.Pair) async throws {
    let trace = try Self.gappy.get()
    let together = try await trace.replay(all: pair.policies, ReplaySetup(unit: .tokens, threads: 5))
    for (policy, row) in zip(pair.policies, together) {
      let alone = try await trace.replay(all: [policy], .tokens)[0]
      #expect(alone.outcomes.scores == row.outcomes.scores)
      #expect(alone.outcomes.costs == row.outcomes.costs)
      #expect(alone.outcomes.latencies == row.outcomes.latencies)
      #expect(alone.outcomes.gaps == row.outcomes.gaps)
      #expect(alone.outcomes.failed == row.outcomes.failed)
    }
  }

  private static let turned = Result {
    var sketch = RandomTrace.sketch(seed: 11, missing: 60)
    sketch.queries.reverse()
    for index in sketch.queries.indices { sketch.queries[index].calls.reverse() }
    return try sketch.trace()
  }

  @Test("The order of queries and calls changes nothing", arguments: PolicyFamilies.pairs)
  func permutation(pair: PolicyFamilies.Pair) async throws {
    let rows = try await Self.gappy.get().replay(all: pair.policies)
    for (one, other) in zip(rows, try await Self.turned.get().replay(all: pair.policies)) {
      #expect(one.outcomes.scores == other.outcomes.scores)
      #expect(one.outcomes.costs == other.outcomes.costs)
      #expect(one.outcomes.latencies == other.outcomes.latencies)
      #expect(one.outcomes.gaps == other.outcomes.gaps)
      #expect(one.bill == other.bill)
    }
  }
}

/// The ceiling `oracle` bounds what is made of the active candidates' whole answers: two layers with an
/// offline aggregator or k = 1, one layer with B = full, `moa` with an offline aggregator, `blender`, and
/// `single` of an active candidate. It does not bound a recorded merge, a refinement or the grade of a
/// prefix, which are texts of their own, nor a model outside the pool.
@Suite struct OracleBoundTests {
  private let offline = PolicyFamilies.pairs.filter { !$0.aggregator.hasPrefix("recorded") }

  private func expectBounded(_ policies: [Policy]) async throws {
    let trace = try RandomTrace.sketch(seed: 12, queries: 20).trace()
    let rows = try await trace.replay(all: policies + [.oracle], .tokens)
    let ceiling = rows[policies.count].outcomes
    for (policy, row) in zip(policies, rows) {
      for offset in row.outcomes.gaps.indices where row.outcomes.gaps[offset].isCovered {
        #expect(row.outcomes.scores[offset] <= ceiling.scores[offset], "\(policy) at row \(offset)")
      }
    }
  }

  @Test("Two layers with an offline aggregator stay below it", arguments: PolicyFamilies.pairs)
  func twoLayers(pair: PolicyFamilies.Pair) async throws {
    let policies = pair.policies(layers: [2]).filter { policy in
      guard case .scheme(let scheme) = policy else { return false }
      return !scheme.aggregator.hasPrefix("recorded") || scheme.k.first == 1
    }
    try await expectBounded(policies)
  }

  @Test("One layer with whole answers and an offline aggregator stays below it")
  func oneLayer() async throws {
    let policies = offline.flatMap { $0.policies(layers: [1]) }.filter { policy in
      guard case .scheme(let scheme) = policy else { return false }
      return scheme.boot == .full
    }
    #expect(!policies.isEmpty)
    try await expectBounded(policies)
  }

  @Test("The other baselines stay below it")
  func baselines() async throws {
    try await expectBounded(
      ["vote", "first", "mean", "best"].map { .moa(aggregator: $0) }
        + ["recorded:judge", "length", "consensus", "prior", "random", "static:m4", "oracle"].map {
          .blender(selector: $0)
        } + RandomTrace.pool.map { .single($0) })
  }

  @Test("The selector oracle with k = 1 and the aggregator best over everyone reach it")
  func reached() async throws {
    let trace = try RandomTrace.sketch(seed: 12, queries: 20).trace()
    let rows = try await trace.replay(
      all: [
        "oracle", "k=1,boot=5,layers=2,selector=oracle,aggregator=first",
        "k=4,boot=full,layers=2,selector=length,aggregator=best",
      ], .tokens)
    #expect(rows[1].outcomes.scores == rows[0].outcomes.scores)
    #expect(rows[2].outcomes.scores == rows[0].outcomes.scores)
  }

  @Test("A recorded merge may be better than any of its inputs")
  func merges() async throws {
    let sketch = Bench.sketch.changing(where: isRole(.merge)) { $0.score = .one }
    #expect(try await sketch.replay(Bench.id()).score == 1_000_000)
    #expect(try await sketch.replay("oracle").score == 900_000)
  }
}
