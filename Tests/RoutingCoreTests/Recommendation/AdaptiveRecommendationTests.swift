import RoutingCore
import Testing

/// Adaptive policies in recommendations: chosen in each fold like all others (Scheme.md, "Held-out figures").
@Suite struct AdaptiveRecommendationTests {
  /// Three candidates of ten tokens each; a is ranked first. On easy queries all are right and write the same; on hard
  /// ones only b and c are right, and a's text is another.
  private func query(_ name: String, isEasy: Bool, agreeing: Bool? = nil) -> QueryRecord {
    RoutingCoreTests.query(
      ["a", "b", "c"].map { model in
        let isRight = isEasy || model != "a"
        return response(
          model, in: 0, out: 10, answer: isRight ? "1" : "2", score: isRight ? 1_000_000 : 0,
          text: model == "a" || agreeing ?? isEasy ? "x" : "y")
      }, name: name)
  }

  private func sketch(_ count: Int, isEasy: (Int) -> Bool) -> TraceSketch {
    TraceSketch("a", "b", "c", queries: (0..<count).map { query("q\($0)", isEasy: isEasy($0)) })
  }

  private func id(_ k: String) -> String { "k=\(k),boot=1,layers=2,selector=length,aggregator=vote" }

  @Test("The share that stops early is that of the compared queries")
  func share() async throws {
    let sketch = sketch(40) { $0 % 4 != 0 }
    let result = try await sketch.recommender(
      [id("1|3@agreement:0.5")], .lambda(0), settings: SinglesSketch.settings()
    ).recommend()
    #expect(result.recommended.stopShare == 0.75)
    let fixed = try await sketch.recommender([id("1")], .lambda(0), settings: SinglesSketch.settings())
      .recommend()
    #expect(fixed.recommended.stopShare == nil)
    #expect(fixed.adaptive == nil)
  }

  @Test("A quantile is frozen to its number over all queries, anything else stays")
  func frozen() async throws {
    // Agreements: thirty of 1, ten of 0. The quantile at a quarter is 0, above it 1.
    let sketch = sketch(40) { $0 % 4 != 0 }
    for (threshold, expected) in [("q0.25", "0"), ("q0.26", "1"), ("0.5", "0.5")] {
      let result = try await sketch.recommender(
        [id("1|3@agreement:\(threshold)")], .lambda(0), settings: SinglesSketch.settings()
      ).recommend()
      #expect(result.recommended.frozen?.description == id("1|3@agreement:\(expected)"))
    }
  }

  /// On fold 3 agreement says nothing: there the hard queries agree and the easy ones do not.
  private func misleadingFold() -> TraceSketch {
    TraceSketch(
      "a", "b", "c",
      queries: (0..<10).flatMap { fold in
        SinglesSketch.names(fold: UInt8(fold), 6).enumerated().map { index, name in
          query(name, isEasy: index % 2 == 0, agreeing: fold == 3 ? index % 2 == 1 : nil)
        }
      })
  }

  @Test("The threshold is chosen on nine folds and applied on the tenth, however it does there")
  func heldOut() async throws {
    // The threshold 0 is always k = 1, right on easy queries only; 1 is k = 1 where all agree, and else a vote.
    let sketch = misleadingFold()
    let ids = ["1|3@agreement:0", "1|3@agreement:1"].map { id($0) }
    let result = try await sketch.recommender(ids, .lambda(0), settings: SinglesSketch.settings())
      .recommend()
    #expect(result.recommended.policy.description == ids[1])
    // Nine folds are right throughout. On the tenth the hard queries agree, stop at a and are wrong.
    #expect(abs(result.heldOut.score.mean - (9 * 1 + 0.5) / 10) < 1e-12)
  }

  @Test("Adaptive policies are compared with fixed ones held out, each chosen by the rule in each fold")
  func comparison() async throws {
    let sketch = sketch(200) { $0 % 2 == 0 }
    let ids = ["1", "3", "1|3@agreement:0.5", "1|3@agreement:0"].map { id($0) } + ["single:b"]
    let result = try await sketch.recommender(ids, .lambda(0), settings: SinglesSketch.settings())
      .recommend()
    let comparison = try #require(result.adaptive)
    #expect(comparison.adaptive.inSample.policy.description == ids[2])
    // k = 3 scores as much, but lets all three finish on every query.
    #expect(comparison.adaptive.inSample.score == 1)
    #expect(comparison.adaptive.score == 1)
    let rival = try #require(comparison.sameTools)
    #expect(rival.choice.inSample.policy.description == ids[1])
    #expect(rival.choice.score == 1)
    #expect(rival.scoreDifference.mean == 0)
    // Two completions of 1 + 9 tokens are saved on half of the queries.
    let cost = rival.costDifference
    #expect(cost.mean == -10)
    #expect(cost.high < 0)
    #expect(rival.objectiveDifference?.mean == 0)
    // b alone is right throughout, and costs its ten tokens.
    #expect(comparison.fixed.choice.inSample.policy == .single("b"))
    #expect(comparison.fixed.choice.cost == 10)
    #expect(comparison.fixed.costDifference.low > 0)
  }

  @Test(
    "A group is held to the score that all policies set; where none of it meets that, the nearest stands in")
  func target() {
    let sample = ChoiceSample(
      scores: [0.5, 0.7, 0.9], costs: [1, 2, 3], isEligible: [true, true, true])
    let rule = ChoiceRule(aim: .leastCost, scoreTarget: .shareOfBest(0.75))
    #expect(rule.choose(in: sample, among: nil) == (1, true))
    #expect(rule.choose(in: sample, among: [true, true, false]) == (1, true))
    #expect(rule.choose(in: sample, among: [true, false, false]) == (0, false))
    #expect(rule.choose(in: sample, among: [false, false, true]) == (2, true))
    var none = sample
    none.isEligible = [false, true, true]
    #expect(rule.choose(in: none, among: [true, false, false]) == (0, false))
  }
}
