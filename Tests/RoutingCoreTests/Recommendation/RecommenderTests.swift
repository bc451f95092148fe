import RoutingCore
import Testing

@Suite struct RecommenderTests {
  private static let figures: [(name: String, score: Double, tokens: Int)] = [
    ("a", 0.6, 50), ("b", 0.8, 120), ("c", 0.85, 300), ("d", 0.84, 290),
  ]

  private static let rules: [ChoiceRule] = [
    .lambda(0), .lambda(0.0005), .lambda(0.0005).oneStandardError, .budget(200), .score(0.75), .standard,
  ]

  @Test("Adding a dominated policy changes nothing", arguments: rules.indices)
  func dominated(rule index: Int) async throws {
    let rule = Self.rules[index]
    var sketch = SinglesSketch(Self.figures, queries: 150)
    let before = try await sketch.recommendation(rule)
    // Never better and often worse than each of the others, and dearer.
    sketch.models.append(
      .init(
        name: "z",
        scores: (0..<150).map { query in max(0, sketch.models.map { $0.scores[query] }.min()! - 1) },
        tokens: sketch.models[2].tokens.map { $0 + 1 }))
    let after = try await sketch.recommendation(rule)
    #expect(after.recommended.policy == before.recommended.policy)
    #expect(after.recommended.score == before.recommended.score)
    #expect(after.recommended.winShare == before.recommended.winShare)
    #expect(after.recommended.metShare == before.recommended.metShare)
    #expect(after.recommended.expectedRegret == before.recommended.expectedRegret)
    #expect(after.lambda == before.lambda)
    #expect(after.kSet == before.kSet)
    #expect(after.winShareByK.map(\.share) == before.winShareByK.map(\.share))
    #expect(after.mixture == before.mixture)
    #expect(after.regimes.map(\.policy) == before.regimes.map(\.policy))
    #expect(after.regimes.map(\.lambdaLow) == before.regimes.map(\.lambdaLow))
    #expect(after.regimes.map(\.hullShare) == before.regimes.map(\.hullShare))
    #expect(after.heldOut.score == before.heldOut.score)
    #expect(after.heldOut.cost == before.heldOut.cost)
    #expect(after.heldOut.bestSingle?.score == before.heldOut.bestSingle?.score)
    #expect(after.runnerUp?.policy == before.runnerUp?.policy)
    #expect(after.warnings == before.warnings)
  }

  @Test("Win shares count the rule in force: under one-se the cheap near-equal wins, not the noisy best")
  func oneStandardError() async throws {
    let sketch = SinglesSketch([("cheap", 0.8, 10), ("dear", 0.81, 20)], queries: 200, seed: 3)
    let argmax = try await sketch.recommendation(.lambda(0))
    let oneSE = try await sketch.recommendation(.lambda(0).oneStandardError)
    #expect(oneSE.recommended.policy == .single("cheap"))
    let cheapUnderArgmax =
      argmax.recommended.policy == .single("cheap")
      ? argmax.recommended.winShare : 1 - argmax.recommended.winShare
    #expect(cheapUnderArgmax < 0.8)
    #expect(oneSE.recommended.winShare > cheapUnderArgmax + 0.1)
  }

  @Test("The one-standard-error rule keeps within the constraints")
  func oneStandardErrorConstraint() async throws {
    let sketch = SinglesSketch([
      .init(name: "low", scores: [690_000, 700_000, 700_000], tokens: [1, 1, 1]),
      .init(name: "high", scores: [500_000, 600_000, 1_000_000], tokens: [9, 9, 9]),
    ])
    var rule = ChoiceRule.lambda(0).oneStandardError
    #expect(try await sketch.recommendation(rule).recommended.policy == .single("low"))
    rule.scoreTarget = .score(0.6999)
    #expect(try await sketch.recommendation(rule).recommended.policy == .single("high"))
  }

  @Test("A confidence is asked of every fold's choice as of the recommendation")
  func confidence() async throws {
    let sketch = SinglesSketch([("risky", 0.8, 10), ("safe", 0.97, 100)], queries: 200)
    var rule = ChoiceRule.score(0.75)
    #expect(try await sketch.recommendation(rule).recommended.policy == .single("risky"))
    rule.confidence = 0.99
    let found = try await sketch.recommendation(rule)
    #expect(found.recommended.policy == .single("safe"))
    // Nine folds are no surer of the risky one, so each of them takes the safe one too.
    #expect(abs(found.heldOut.cost.mean - found.recommended.cost.mean) < 1e-9)
  }

  @Test("Where no policy meets the constraint the nearest is named")
  func nothing() async throws {
    let sketch = SinglesSketch([("a", 0.5, 10), ("b", 0.6, 20)], queries: 50)
    do {
      _ = try await sketch.recommendation(.score(0.99))
      Issue.record("a score of 0.99 should not be met")
    } catch let error as RecommendationError {
      guard case .nothingMeets(_, _, let nearest, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(nearest == "single:b")
    }
  }

  @Test("About (1.96 se ÷ difference)² times as many queries would separate the runner-up")
  func queriesToSeparate() async throws {
    let sketch = SinglesSketch([("a", 0.8, 10), ("b", 0.77, 10)], queries: 120, seed: 2)
    let next = try #require(try await sketch.recommendation(.lambda(0)).runnerUp)
    try #require(!next.isSeparated)
    let ratio = 1.96 * next.difference.standardError / next.difference.mean
    #expect(next.queriesToSeparate == Int((120 * ratio * ratio).rounded(.up)))
    let clear = try await SinglesSketch([("a", 0.9, 10), ("b", 0.3, 10)], queries: 120)
      .recommendation(.lambda(0)).runnerUp
    #expect(clear?.isSeparated == true)
    #expect(clear?.queriesToSeparate == nil)
  }
}
