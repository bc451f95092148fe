import RoutingCore
import Testing

/// `stream`: a cancelled loser pays min(out − B, ⌈out · (T_sel − boot time) / (duration − ttft)⌉) (Scheme.md, "Continuations").
///
/// With k = 1, m3 wins (20·4 = 80) and m1 is the only loser that writes on: 0.1 s a token from 3.0 s.
@Suite struct StreamTests {
  private let id = Bench.id(k: "1", ",continuation=stream")

  private func output(selecting seconds: Double) async throws -> Int64 {
    let sketch = Bench.sketch.changing(where: isRole(.ranking)) {
      $0.duration = Microseconds(count: Int128((seconds * 1e6).rounded()))
    }
    return try await sketch.replay(id).tokens(.completion).output - 20
  }

  @Test(
    "A loser pays for what it wrote until it was cancelled, rounded up to whole tokens",
    arguments: [
      // T_sel − boot time is the selection's time, as m1 is the slowest to boot: 50 · t / 5.
      (0, 0), (0.000_001, 1), (0.05, 1), (0.1, 1), (0.100_001, 2), (0.5, 5), (0.500_001, 6),
    ] as [(Double, Int64)])
  func roundedUp(seconds: Double, tokens: Int64) async throws {
    #expect(try await output(selecting: seconds) == tokens)
  }

  @Test(
    "A loser never pays for more than its answer", arguments: [(2.9, 29), (3, 30), (3.1, 30), (9999, 30)])
  func capped(seconds: Double, tokens: Int64) async throws {
    #expect(try await output(selecting: seconds) == tokens)
  }

  @Test("Losers pay at their own output price and under completion")
  func price() async throws {
    let row = try await Bench.sketch.replay(id)
    // m3 20·4 = 80; m1 5 tokens · 20 = 100.
    #expect(row.bill == Bench.bill(completion: 180, merge: 0))
    #expect(row.latency == 4_400_000)
  }

  @Test("The time of selection counts from the slowest boot, so a fast loser pays for the wait")
  func waitsForTheSlowest() async throws {
    let sketch = Bench.sketch.changing(where: isRole(.ranking)) { $0.order = .order(["m1", "m3", "m2"]) }
    let row = try await sketch.replay(id)
    // m1 wins: 30·20 = 600. m3 booted at 2.4 s: 40 · (3.5 − 2.4) / 4 = 11 tokens · 4 = 44.
    #expect(row.bill.completion == 644)
    // Max(0, 6.0 − 3.5) after 3.5 s.
    #expect(row.latency == 6_000_000)
  }

  @Test("A loser that writes in no time pays for all the rest once it is late, else for nothing")
  func instantWriter() async throws {
    let instant = Bench.sketch.changing(where: isResponse("m1")) { $0.duration = $0.timeToFirstToken }
    // Boot times 1.0, 2.0 and 2.4 s: T_sel = 2.9 s, later than m1's 1.0 s.
    #expect(try await instant.replay(id).tokens(.completion).output == 20 + 30)
    let slow = instant.changing(where: isResponse("m1")) {
      $0.timeToFirstToken = Microseconds(count: 3_000_000)
      $0.duration = $0.timeToFirstToken
    }
    let atOnce = slow.changing(where: isRole(.ranking)) { $0.duration = Microseconds(count: 0) }
    // T_sel = 3.0 s, when m1 has only just written its prefix and everything else.
    #expect(try await atOnce.replay(id).tokens(.completion).output == 20)
  }

  @Test("A winner that is done before the selection adds no time")
  func doneEarly() async throws {
    let sketch = Bench.sketch.changing(where: isRole(.ranking)) {
      $0.duration = Microseconds(count: 60_000_000)
    }
    // 3.0 + 60.0; m3 was done at 4.4 s.
    #expect(try await sketch.replay(id).latency == 63_000_000)
  }

  @Test("With an offline selector the losers stop when the slowest prefix is there")
  func offlineSelector() async throws {
    let row = try await Bench.sketch.replay(
      Bench.id(k: "1", selector: "oracle", aggregator: "first", ",continuation=stream"))
    // m1 wins: 600. T_sel = 3.0 s: m3 wrote 40 · 0.6 / 4 = 6 tokens · 4 = 24.
    #expect(row.bill.completion == 624)
    #expect(row.latency == 6_000_000)
  }

  @Test("With nobody to select there are no losers")
  func everyoneChosen() async throws {
    let row = try await Bench.sketch.replay(Bench.id(k: "3", aggregator: "first", ",continuation=stream"))
    #expect(row.bill == Bench.bill(selection: 0, completion: 680, merge: 0))
  }

  @Test("Layer 1 alone continues nothing, so nobody is billed for writing on")
  func oneLayer() async throws {
    let row = try await Bench.sketch.replay(Bench.id(k: "1", layers: 1, ",continuation=stream"))
    #expect(row.bill == Bench.bill(merge: 0))
  }

  @Test("Without a timing, of a candidate or of the ranking, the query is not covered", arguments: 0..<4)
  func missingTiming(index: Int) async throws {
    let sketch = Bench.sketch.changing { $0[index].duration = nil }
    #expect(try await sketch.replay(id).gap.kind == .noTimings)
  }

  @Test("Timings do not matter when every loser's answer fits the budget", arguments: 0..<4)
  func missingTimingUnneeded(index: Int) async throws {
    let sketch = Bench.sketch.changing { $0[index].duration = nil }
    let row = try await sketch.replay(Bench.id(",continuation=stream"))
    #expect(row.gap == .covered)
    #expect(row.bill.completion == 680)
    #expect(row.latency == nil)
  }
}
