import RoutingCore
import Testing

/// Scheme.md, "Continuations": how a chosen candidate gets from its prefix to its answer, and what that bills.
@Suite struct ContinuationTests {
  @Test("reprompt bills prompt and prefix at the full price and waits for a new first token")
  func reprompt() async throws {
    let row = try await Bench.sketch.replay(Bench.id())
    #expect(row.bill == Bench.bill(completion: 1980))
    // 3.0 + 0.5 + max(1 + 30/50 · 5, 0.4 + 20/40 · 4) + 1.0.
    #expect(row.latency == 8_500_000)
  }

  @Test("cached bills the same tokens wholly at the cached-input price")
  func cached() async throws {
    let row = try await Bench.sketch.replay(Bench.id(",continuation=cached"))
    // m1 120·5 + 30·20 = 1200; m3 has no cached price: 180.
    #expect(row.bill == Bench.bill(completion: 1380))
    #expect(row.tokens(.completion) == Tokens(input: 220, output: 50))
    #expect(row.latency == 8_500_000)
  }

  @Test("restart bills the whole call again, its cached input at the cached price")
  func restart() async throws {
    let row = try await Bench.sketch.replay(Bench.id(",continuation=restart"))
    // m1 70·10 + 30·5 + 50·20 = 1850; m3 80 + 40·4 = 240.
    #expect(row.bill == Bench.bill(completion: 2090))
    #expect(row.tokens(.completion) == Tokens(input: 180, output: 90))
    // 3.0 + 0.5 + 6.0 + 1.0: m1 writes everything once more.
    #expect(row.latency == 10_500_000)
  }

  @Test("stream bills the winners' remaining output only and goes on writing during the selection")
  func stream() async throws {
    let row = try await Bench.sketch.replay(Bench.id(",continuation=stream"))
    // m1 30·20 = 600, m3 20·4 = 80; the loser m2 has nothing left to write.
    #expect(row.bill == Bench.bill(completion: 680))
    #expect(row.tokens(.completion) == Tokens(input: 0, output: 50))
    // T_sel = 3.0 + 0.5; max(6.0 − 3.5, 4.4 − 3.5) = 2.5; merge 1.0.
    #expect(row.latency == 7_000_000)
  }

  @Test(
    "A continuation changes nothing where the winners' answers fit the budget",
    arguments: Continuation.allCases)
  func nothingToContinue(continuation: Continuation) async throws {
    let id = Bench.id(boot: "50", selector: "length", aggregator: "first", ",continuation=\(continuation)")
    let row = try await Bench.sketch.replay(id)
    #expect(row.bill.completion == 0)
    // The slowest boot is m1's 6.0 s.
    #expect(row.latency == 6_000_000)
  }

  @Test("The score of a continued answer is derived from the uncut one", arguments: Continuation.allCases)
  func derivedScore(continuation: Continuation) async throws {
    let row = try await Bench.sketch.replay(
      Bench.id(k: "1", aggregator: "first", ",continuation=\(continuation)"))
    #expect(row.score == 500_000)
  }

  @Test(
    "A continued call that was itself recorded gives the score, except to a stream",
    arguments: [("reprompt", 310_000), ("cached", 310_000), ("restart", 310_000), ("stream", 500_000)]
      as [(String, Int32)])
  func recordedContinuation(continuation: String, score: Int32) async throws {
    let sketch = Bench.sketch.changing { calls in
      calls.append(
        response("m3", in: 100, out: 20, answer: "7", score: 310_000).with {
          $0.role = .continuation
          $0.bootBudget = .tokens(20)
        })
    }
    let row = try await sketch.replay(Bench.id(k: "1", ",continuation=\(continuation)"))
    #expect(row.score == score)
  }
}

/// A model declared `"continuation":"none"` always restarts (Scheme.md, "Continuations").
@Suite struct RestartingModelTests {
  private func sketch(restarting name: String) -> TraceSketch {
    var sketch = Bench.sketch
    for index in sketch.header.models.indices where sketch.header.models[index].name == name {
      sketch.header.models[index].continuation = DeclaredContinuation.none
    }
    return sketch
  }

  @Test(
    "As a winner it restarts at the full input price under any continuation",
    arguments: [("reprompt", 180), ("cached", 180), ("restart", 240), ("stream", 80)] as [(String, Int128)])
  func winner(continuation: String, other: Int128) async throws {
    let row = try await sketch(restarting: "m1").replay(Bench.id(",continuation=\(continuation)"))
    // m1: 100·10 + 50·20 = 2000, cached input at the full price; m3 as the policy says.
    #expect(row.bill == Bench.bill(completion: 2000 + other))
    #expect(row.tokens(.completion).output == 50 + (continuation == "restart" ? 40 : 20))
    // 3.0 + 0.5 + 6.0 + 1.0.
    #expect(row.latency == 10_500_000)
  }

  @Test("As a loser of a stream it pays its boot only")
  func loser() async throws {
    let row = try await sketch(restarting: "m1").replay(Bench.id(k: "1", ",continuation=stream"))
    // The winner m3 writes 20·4; m1, which would have written on, does not.
    #expect(row.bill == Bench.bill(completion: 80, merge: 0))
  }

  @Test("Its answer is not made twice when it fits the budget")
  func shortAnswer() async throws {
    let row = try await sketch(restarting: "m1").replay(
      Bench.id(k: "1", boot: "50", selector: "oracle", aggregator: "first"))
    #expect(row.bill.completion == 0)
  }

  @Test("Where nothing is cut its cached input keeps the cached price")
  func wholeCall() async throws {
    let row = try await sketch(restarting: "m1").replay("single:m1")
    #expect(row.bill == Bill(boot: 1850))
  }
}
