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
    let sketch = Self.sketch.removing(where: isRole(.merge))
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
    let unranked = Self.sketch.removing(where: isRole(.ranking))
    #expect(try await unranked.replay(Bench.id(k: "1|2@margin:0.3")).gap == Gap(.noRanking, 1))
  }

  @Test("A failed ranking is paid, scores 0 and decides nothing")
  func failedRanking() async throws {
    let sketch = Self.sketch.changing(where: isRole(.ranking)) { $0 = $0.failed }
    let row = try await sketch.replay(Bench.id(k: "1|2@agreement:0.3"))
    #expect(row.score == 0)
    #expect(row.failed)
    #expect(row.bill == Bench.bill())
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

  /// The signal computed anew from the texts and the selector's order.
  private func agreement(_ sketch: TraceSketch, _ trace: Trace, row: Int, _ scheme: SchemePolicy) throws
    -> Int64?
  {
    let selector = scheme.selector
    guard let order = try sketch.order(selector, boot: scheme.boot, row: row) else { return nil }
    let calls = try #require(sketch.queries.first { $0.query == trace.rows.query[row] }).calls
    func words(_ name: String) -> WordCounts? {
      guard let call = calls.first(where: isResponse(name)) else { return nil }
      return WordCounts(call.text ?? "")
    }
    guard let first = words(order[0]) else { return nil }
    var sum: Int128 = 0
    for name in order.dropFirst() {
      guard let other = words(name) else { return nil }
      sum += Int128(first.similarity(to: other))
    }
    return Int64(FixedPoint.dividedHalfEven(sum, by: Int128(order.count - 1)))
  }

  @Test(
    "On each query an adaptive policy is the fixed one of the k that its signal takes",
    arguments: pairs.filter { $0.selector != "consensus:answer" }, [0, 60])
  func brute(pair: PolicyFamilies.Pair, missing: Int) async throws {
    let sketch = RandomTrace.sketch(seed: 5, queries: 20, missing: missing)
    let trace = try sketch.trace()
    let threshold: Int64 = 400_000
    var decided: Set<Bool> = []
    for case .scheme(var scheme) in pair.policies where scheme.k == KSchedule(constant: 1) {
      // Every query has three active candidates or more, so that both fixed policies rank.
      var ids: [Policy] = [.scheme(scheme)]
      for k in ["2", "1|2@agreement:0.4"] {
        scheme.k = try KSchedule(parsing: k)
        ids.append(.scheme(scheme))
      }
      let rows = try await trace.replay(all: ids, ReplaySetup(minCoverage: .none))
      let adaptive = rows[2].outcomes
      for row in adaptive.gaps.indices {
        guard let signal = try agreement(sketch, trace, row: row, scheme) else {
          #expect(!adaptive.gaps[row].isCovered || adaptive.failed[row])
          continue
        }
        let stops = signal >= threshold
        let fixed = rows[stops ? 0 : 1].outcomes
        #expect(adaptive.gaps[row] == fixed.gaps[row])
        #expect(adaptive.scores[row] == fixed.scores[row])
        #expect(adaptive.costs[row] == fixed.costs[row])
        #expect(adaptive.latencies[row] == fixed.latencies[row])
        #expect(adaptive.failed[row] == fixed.failed[row])
        if adaptive.gaps[row].isCovered { decided.insert(stops) }
      }
      #expect(rows[2].outcomes.costs.reduce(0, +) == rows[2].bill.total || missing > 0)
    }
    #expect(decided == [true, false])
  }
}
