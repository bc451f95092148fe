import RoutingCore
import Testing

/// Adaptive policies on the worked example of `Bench`, with texts.
///
/// m1 "x y", m2 "x z", m3 "z": similarities m1–m2 1/2, m1–m3 0, m2–m3 0.707107. The ranking is m3, m1, m2, so the
/// agreement is (0 + 0.707107) / 2 = 0.353554; its scores are 0.9, 0.4, 0.1, so the margin is 0.5.
@Suite struct AdaptiveReplayTests {
  private static let texts = ["m1": "x y", "m2": "x z", "m3": "z"]

  private static let sketch = Bench.sketch.changing { calls in
    for index in calls.indices {
      if calls[index].role == .response { calls[index].text = texts[calls[index].model ?? ""] }
      if calls[index].role == .ranking { calls[index].scores = [900_000, 400_000, 100_000] }
    }
    calls.append(merge("m1 m2 m3", in: 100, out: 10, took: 2, score: 610_000))
  }

  @Test(
    "Where the signal reaches the threshold the smaller k is taken and paid, else the larger",
    arguments: [
      ("agreement:0.353554", true), ("agreement:0.353555", false), ("agreement:0", true),
      ("agreement:1", false), ("margin:0.5", true), ("margin:0.500001", false), ("margin:-3", true),
    ])
  func threshold(signal: String, stops: Bool) async throws {
    let row = try await Self.sketch.replay(Bench.id(k: "1|2@\(signal)"))
    // k = 1: m3 completes for (80 + 20)·1 + 20·4 = 180. k = 2: m1 too, and the two are merged.
    #expect(row.bill == (stops ? Bench.bill(completion: 180, merge: 0) : Bench.bill(completion: 1980)))
    #expect(row.score == (stops ? 500_000 : 750_000))
    // 3.0 + 0.5, and 2.4 for m3 or 4.0 for m1 with 1.0 for the merge.
    #expect(row.latency == (stops ? 5_900_000 : 8_500_000))
    #expect(row.outcomes.stopped?.first == stops)
  }

  @Test("The ranking a decision rests on is paid even where all candidates then finish, in pool order")
  func everybody() async throws {
    let row = try await Self.sketch.replay(Bench.id(k: "1|3@agreement:1"))
    #expect(row.bill == Bench.bill(completion: 1980, merge: 2800))
    #expect(row.score == 610_000)
    // Half a second longer than with k = 3, which ranks nothing.
    #expect(row.latency == 9_500_000)
    let first = try await Self.sketch.replay(Bench.id(k: "1|3@agreement:1", aggregator: "first"))
    #expect(first.score == 900_000)
  }

  @Test("With no more active candidates than the smaller k nothing is decided, ranked or paid")
  func nothingToDecide() async throws {
    var sketch = Self.sketch
    sketch.header.models[1].skills = ["math"]
    let row = try await sketch.replay(Bench.id(k: "2|3@margin:1"))
    #expect(row.bill == Bill(boot: 1410, completion: 1980, merge: 7600))
    #expect(row.outcomes.stopped?.first == true)
  }

  @Test("Only what the k that is taken needs must be recorded")
  func gaps() async throws {
    let sketch = Self.sketch.removing { $0.role == .merge && $0.members?.count == 2 }
    let high = try await sketch.replay(Bench.id(k: "1|2@agreement:0.9"))
    #expect(high.gap == Gap(.noMerge, 2))
    #expect(try await sketch.replay(Bench.id(k: "1|2@agreement:0.3")).score == 500_000)
  }

  @Test("Without the signal the query is not covered, and the reason says what is missing")
  func unknownSignal() async throws {
    let silent = Self.sketch.changing(where: isResponse("m2")) { $0.text = nil }
    #expect(try await silent.replay(Bench.id(k: "1|2@agreement:0.3")).reason == "no text of m2 to compare")
    let unscored = Self.sketch.changing(where: isRole(.ranking)) { $0.scores = nil }
    #expect(
      try await unscored.replay(Bench.id(k: "1|2@margin:0.3")).reason
        == "the recorded ranking at layer 1 has no scores")
    let unranked = try await Self.sketch.replay(Bench.id(k: "1|2@margin:0.3", boot: "10"))
    #expect(unranked.gap == Gap(.noRanking, 1))
  }

  @Test("A failed ranking is paid, scores 0 and decides nothing")
  func failedRanking() async throws {
    let sketch = Self.sketch.changing(where: isRole(.ranking)) { $0 = $0.failed }
    let row = try await sketch.replay(Bench.id(k: "1|2@agreement:0.3"))
    #expect(row.score == 0)
    #expect(row.failed)
    #expect(row.bill == Bench.bill(merge: 0))
  }

  @Test("Streams that are cancelled bill by the k that is taken")
  func streams() async throws {
    func bill(_ k: String) async throws -> Bill {
      try await Self.sketch.replay(Bench.id(k: k, ",continuation=stream")).bill
    }
    #expect(try await bill("1|2@margin:0.5") == bill("1"))
    #expect(try await bill("1|2@margin:0.6") == bill("2"))
    #expect(try await bill("1") != bill("2"))
  }

  @Test("k above the pool is an error")
  func kAbovePool() async throws {
    let trace = try Self.sketch.trace()
    await #expect(throws: PolicyError.kAbovePool(k: 4, pool: 3)) {
      try await trace.replay(Bench.id(k: "1|4@agreement:0.5"))
    }
  }
}

/// Adaptive policies against the fixed ones, on every query of pseudo-random traces.
@Suite struct AdaptiveLawTests {
  /// Every registered selector that adaptive policies can use, and merges of all kinds.
  private static let pairs = PolicyFamilies.pairs.filter { SelectorRegistry.needsPrefixes($0.selector) }

  /// The signal of every row computed anew from the texts and the selector's order; `nil` where there is no order.
  private func agreements(_ sketch: TraceSketch, _ trace: Trace, _ selector: String, _ boot: BootBudget)
    throws
    -> [Int64?]
  {
    let orders = try sketch.orders(selector, boot: boot)
    return try trace.rows.query.indices.map { row in
      guard let order = orders[row] else { return nil }
      let calls = try #require(sketch.queries.first { $0.query == trace.rows.query[row] }).calls
      let words = order.compactMap { name in
        calls.first(where: isResponse(name)).map { WordCounts($0.text ?? "") }
      }
      guard words.count == order.count else { return nil }
      let sum = words.dropFirst().reduce(Int128(0)) { $0 + Int128(words[0].similarity(to: $1)) }
      return Int64(FixedPoint.dividedHalfEven(sum, by: Int128(order.count - 1)))
    }
  }

  @Test(
    "On each query an adaptive policy is the fixed one of the k that its signal takes",
    arguments: pairs.filter { $0.selector != "consensus:answer" }, [0, 60])
  func brute(pair: PolicyFamilies.Pair, missing: Int) async throws {
    let sketch = RandomTrace.sketch(seed: 5, queries: 20, missing: missing)
    let trace = try sketch.trace()
    let fixed = pair.policies.filter { $0.k == KSchedule(constant: 1) }
    // Every query has three active candidates or more, so that both fixed policies rank.
    let policies = try fixed.flatMap { policy in
      try ["1", "2", "1|2@agreement:0.4"].map { policy.with(k: try KSchedule(parsing: $0)) }
    }
    let rows = try await trace.replay(all: policies, ReplaySetup(minCoverage: .none))
    var signals: [BootBudget: [Int64?]] = [:]
    var decided: Set<Bool> = []
    for place in stride(from: 0, to: policies.count, by: 3) {
      let boot = try #require(policies[place].boot)
      let known = try signals[boot] ?? agreements(sketch, trace, pair.selector, boot)
      signals[boot] = known
      let adaptive = rows[place + 2].outcomes
      for row in adaptive.gaps.indices {
        guard let signal = known[row] else {
          #expect(!adaptive.gaps[row].isCovered || adaptive.failed[row])
          continue
        }
        let own = rows[place + (signal >= 400_000 ? 0 : 1)].outcomes
        #expect(adaptive.gaps[row] == own.gaps[row])
        #expect(adaptive.scores[row] == own.scores[row])
        #expect(adaptive.costs[row] == own.costs[row])
        #expect(adaptive.latencies[row] == own.latencies[row])
        #expect(adaptive.failed[row] == own.failed[row])
        if adaptive.gaps[row].isCovered { decided.insert(signal >= 400_000) }
      }
    }
    #expect(decided == [true, false])
  }
}

extension Policy {
  fileprivate var k: KSchedule? { if case .scheme(let scheme) = self { scheme.k } else { nil } }
  fileprivate var boot: BootBudget? { if case .scheme(let scheme) = self { scheme.boot } else { nil } }

  /// The same scheme with another k.
  fileprivate func with(k: KSchedule) -> Policy {
    guard case .scheme(var scheme) = self else { return self }
    scheme.k = k
    return .scheme(scheme)
  }
}
