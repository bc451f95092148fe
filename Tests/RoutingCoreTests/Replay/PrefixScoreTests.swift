import RoutingCore
import Testing

/// What a prefix scores at l = 1 (Scheme.md, "Scores").
@Suite struct PrefixScoreTests {
  private func row(_ model: String, boot: String, in sketch: TraceSketch = Bench.sketch) async throws
    -> PolicyReplay
  {
    // A ranking that puts the model first.
    let others = ["m1", "m2", "m3"].filter { $0 != model }
    let budget = try #require(BootBudget(boot))
    let changed = sketch.changing(where: isRole(.ranking)) {
      $0.order = .order([model] + others)
      $0.bootBudget = budget
    }
    return try await changed.replay(Bench.id(k: "1", boot: boot, layers: 1))
  }

  @Test("The response's own score when the prefix holds all of it", arguments: ["15", "20", "full"])
  func shortAnswer(boot: String) async throws {
    // m2's answer has 15 tokens.
    #expect(try await row("m2", boot: boot).score == 200_000)
  }

  @Test("The recorded grade of that very budget when it does not")
  func recordedGrade() async throws {
    #expect(try await row("m3", boot: "20").score == 125_000)
    #expect(try await row("m3", boot: "19").gap.kind == .noPrefixScore)
    #expect(try await row("m3", boot: "39").gap.kind == .noPrefixScore)
    #expect(try await row("m3", boot: "40").score == 500_000)
  }

  @Test("An ungraded response that fits the budget stays ungraded, whatever is graded for the budget")
  func ungradedShortAnswer() async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m3")) {
      $0.score = nil
      $0.outputTokens = 20
    }
    #expect(try await row("m3", boot: "20", in: sketch).gap == Gap(.noPrefixScore, 2))
  }

  @Test("A grade without a score is no score")
  func gradeWithoutScore() async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m3")) { $0.prefixes[0].score = nil }
    #expect(try await row("m3", boot: "20", in: sketch).gap == Gap(.noPrefixScore, 2))
  }

  @Test("Prefixes are voted on by their own answers, not by those of the whole responses")
  func votes() async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m1")) {
      $0.prefixes = [prefix(.tokens(20), answer: "9", score: 910_000)]
    }
    // m1 "9", m2 "7" in full, m3 "9": in full m2 and m3 would have made it "7".
    let row = try await sketch.replay(Bench.id(k: "3", layers: 1, selector: "length", aggregator: "vote"))
    #expect(row.score == 910_000)
    // Ranked m3, m1, the first holder of "9" is m3.
    let ranked = try await sketch.replay(Bench.id(k: "2", layers: 1, aggregator: "vote"))
    #expect(ranked.score == 125_000)
  }

  @Test("A prefix graded without an answer abstains, and only the winner's score is needed")
  func abstention() async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m3")) {
      $0.prefixes = [prefix(.tokens(20))]
    }.changing(where: isResponse("m1")) {
      $0.prefixes = [prefix(.tokens(20), answer: "5", score: 910_000)]
    }
    // Ranked m3, m1: m3 has neither answer nor score; m1's is the only vote.
    let row = try await sketch.replay(Bench.id(k: "2", layers: 1, aggregator: "vote"))
    #expect(row.score == 910_000)
  }

  @Test("first needs the first prefix's score only")
  func first() async throws {
    let row = try await Bench.sketch.replay(Bench.id(k: "2", layers: 1, aggregator: "first"))
    #expect(row.score == 125_000)
  }
}
