import RoutingCore
import Testing

@Suite struct CrossValidationTests {
  /// Two queries in fold 0 and two in fold 1, answered by "a" and "b".
  private func sketch(a: [Int], b: [Int], tokens: (a: Int, b: Int) = (10, 20)) -> SinglesSketch {
    var sketch = SinglesSketch([
      .init(name: "a", scores: a, tokens: a.map { _ in tokens.a }),
      .init(name: "b", scores: b, tokens: b.map { _ in tokens.b }),
    ])
    sketch.names = SinglesSketch.names(fold: 0, 2) + SinglesSketch.names(fold: 1, 2)
    return sketch
  }

  private func validation(_ sketch: SinglesSketch, _ rule: ChoiceRule) async throws -> CrossValidation {
    let evidence = try await sketch.evidence()
    return CrossValidation(
      evidence, rule: rule, positions: evidence.contenders, scale: 1,
      eligible: (0..<10).map { _ in evidence.contenders.map { _ in true } })
  }

  /// Sums of the chosen policy over the groups of a fold.
  private func total(_ sums: GroupSums, fold: UInt8) -> (score: Int128, cost: Int128) {
    let groups = sums.folds.indices.filter { sums.folds[$0] == fold }
    return (
      groups.reduce(0) { $0 + sums.scores[0][$1] }, groups.reduce(0) { $0 + sums.costs[0][$1] }
    )
  }

  @Test("What is scored on a fold was chosen on the others")
  func otherFolds() async throws {
    // a is better on fold 0, b on fold 1: each fold gets what was better on the other one.
    let sketch = sketch(a: [900_000, 800_000, 100_000, 0], b: [0, 0, 500_000, 400_000])
    let validation = try await validation(sketch, .lambda(0))
    #expect(total(validation.chosen, fold: 0) == (0, 40))
    #expect(total(validation.chosen, fold: 1) == (100_000, 20))
    #expect(validation.foldsWithoutChoice == 0)
  }

  @Test("The best single model is chosen on the other folds too, by its score alone")
  func bestSingle() async throws {
    let sketch = sketch(a: [900_000, 800_000, 100_000, 0], b: [0, 0, 500_000, 400_000])
    // At this λ the cheaper a is always chosen; the best single model is still b on fold 0.
    let validation = try await validation(sketch, .lambda(1))
    #expect(total(validation.chosen, fold: 0) == (1_700_000, 20))
    #expect(total(try #require(validation.bestSingle), fold: 0) == (0, 40))
    #expect(total(try #require(validation.bestSingle), fold: 1) == (100_000, 20))
  }

  @Test("Where the other folds leave nothing that meets the constraint the nearest stands in and is counted")
  func nearest() async throws {
    // Only fold 0 reaches 0.6, so what is held out on fold 0 is chosen without a feasible policy.
    let sketch = sketch(a: [900_000, 900_000, 300_000, 300_000], b: [900_000, 900_000, 400_000, 400_000])
    let validation = try await validation(sketch, .score(0.6))
    #expect(validation.foldsWithoutChoice == 1)
    #expect(total(validation.chosen, fold: 0) == (1_800_000, 40))
    #expect(total(validation.chosen, fold: 1) == (600_000, 20))
  }

  @Test("Queries that are all in one fold cannot be held out, and are counted")
  func oneFold() async throws {
    var sketch = SinglesSketch([("a", 0.5, 10), ("b", 0.9, 20)], queries: 4)
    sketch.names = SinglesSketch.names(fold: 3, 4)
    #expect(try await validation(sketch, .lambda(0)).foldsWithoutChoice == 1)
  }

  @Test("The one-standard-error rule is applied on nine folds as on all")
  func oneStandardError() async throws {
    // b leads by 0.05 a query on average, of which the standard error is far larger; a is cheaper.
    let a = [500_000, 500_000, 500_000, 500_000]
    let b = [1_000_000, 100_000, 1_000_000, 100_000]
    let argmax = try await validation(sketch(a: a, b: b), .lambda(0))
    #expect(total(argmax.chosen, fold: 0) == (1_100_000, 40))
    let oneSE = try await validation(sketch(a: a, b: b), .lambda(0).oneStandardError)
    #expect(total(oneSE.chosen, fold: 0) == (1_000_000, 20))
  }

  @Test("A lead larger than its standard error is not given away for a lower cost")
  func clearLead() async throws {
    let sketch = sketch(a: [500_000, 480_000, 490_000, 500_000], b: [900_000, 900_000, 890_000, 900_000])
    let oneSE = try await validation(sketch, .lambda(0).oneStandardError)
    #expect(total(oneSE.chosen, fold: 0) == (1_800_000, 40))
  }

  @Test("The groups outside a fold keep their figures")
  func without() async throws {
    let sketch = sketch(a: [1, 2, 30, 40], b: [5, 6, 70, 80])
    let rest = try await sketch.evidence().sums.without(fold: 0)
    #expect(Set(rest.folds) == [1])
    #expect(rest.counts == [1, 1])
    #expect(rest.scores.map { $0.reduce(0, +) } == [70, 150])
    #expect(rest.costs.map { $0.reduce(0, +) } == [20, 40])
  }
}
