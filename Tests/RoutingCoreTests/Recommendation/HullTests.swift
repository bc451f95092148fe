import RoutingCore
import Testing

@Suite struct HullTests {
  /// Points with coordinates from a small range, so that ties and collinear points occur.
  private func randomPoints(_ seed: UInt64) -> [PolicyPoint] {
    let random = Philox(seed: seed)
    let count = 2 + Int(random.bits(item: 0, draw: 0) % 30)
    return (0..<count).map { position in
      let bits = random.bits(item: 1, draw: UInt32(position))
      return PolicyPoint(position: position, cost: Int128(bits % 40), score: Int128(bits >> 32 % 50))
    }
  }

  /// The policy with the largest S − λT; ties to the cheaper, then to the earlier.
  private func best(_ points: [PolicyPoint], lambda: Double) -> Int {
    points.reduce(points[0]) { held, point in
      let lead = Double(point.score) - lambda * Double(point.cost)
      let held0 = Double(held.score) - lambda * Double(held.cost)
      return lead > held0 || (lead == held0 && point.cost < held.cost) ? point : held
    }.position
  }

  @Test(
    "The regimes are what brute force over ten thousand λ finds", arguments: 1...40 as ClosedRange<UInt64>)
  func bruteForce(seed: UInt64) throws {
    let points = randomPoints(seed)
    // With a scale of a million integer units, score and cost per unit are the integers themselves.
    let regimes = Hull(points).regimes(scale: Double(Score.unit))
    #expect(regimes[0].lambdaLow == 0)
    #expect(regimes.last?.lambdaHigh == nil)
    for (one, next) in zip(regimes, regimes.dropFirst()) {
      #expect(one.lambdaHigh == next.lambdaLow)
      #expect(one.lambdaLow < next.lambdaLow)
    }
    for step in 0..<10_000 {
      // An irrational step keeps clear of the breaks themselves.
      let lambda = Double(step) * 0.005_123_412_7
      let regime = try #require(regimes.last { $0.lambdaLow <= lambda })
      #expect(regime.position == best(points, lambda: lambda), "λ = \(lambda)")
    }
  }

  @Test("A dominated policy changes nothing", arguments: 1...20 as ClosedRange<UInt64>)
  func dominated(seed: UInt64) {
    let points = randomPoints(seed)
    let worst = PolicyPoint(position: 99, cost: 41, score: 0)
    #expect(Hull(points + [worst]) == Hull(points))
  }

  @Test("The paper's layers: l = 4 is never best, and l = 2 gives way to l = 3 at λ = 0.02 / 0.0006")
  func layers() throws {
    // Mean score 9.37, 9.39, 9.23 of 10 at $0.0031, $0.0037, $0.0047 (arXiv 2505.16221), in integers.
    let points = [
      PolicyPoint(position: 2, cost: 3_100, score: 9_370_000),
      PolicyPoint(position: 3, cost: 3_700, score: 9_390_000),
      PolicyPoint(position: 4, cost: 4_700, score: 9_230_000),
    ]
    let regimes = Hull(points).regimes(scale: 1e6)
    #expect(regimes.map(\.position) == [3, 2])
    let expected = 0.02 / 0.0006
    #expect(abs(try #require(regimes[0].lambdaHigh) - expected) < 1e-9 * expected)
  }

  @Test("At equal cost only the better score is on the hull, and of equal points the preferred one")
  func ties() {
    let points = [
      PolicyPoint(position: 0, cost: 5, score: 7), PolicyPoint(position: 1, cost: 5, score: 9),
      PolicyPoint(position: 2, cost: 5, score: 9), PolicyPoint(position: 3, cost: 8, score: 9),
    ]
    #expect(Hull(points).points.map(\.position) == [1])
  }

  @Test("A point on the line between two others needs no λ of its own")
  func collinear() {
    let points = (0..<3).map { PolicyPoint(position: $0, cost: Int128($0), score: Int128($0)) }
    #expect(Hull(points).points.map(\.position) == [2, 0])
  }
}

@Suite struct ChoiceRuleTests {
  private let sample = ChoiceSample(
    scores: [0.5, 0.8, 0.9, 0.7], costs: [1, 2, 4, 3], isEligible: [true, true, true, true])

  @Test(
    "λ takes the largest S − λT, ties going to the cheaper",
    arguments: [(0.0, 2), (0.04, 2), (0.05, 1), (0.1, 1), (0.31, 0), (5, 0)] as [(Double, Int)])
  func objective(lambda: Double, expected: Int) {
    // 0.8 − 2λ = 0.9 − 4λ at λ = 0.05; 0.5 − λ = 0.8 − 2λ at λ = 0.3.
    #expect(ChoiceRule(aim: .objective(lambda: lambda)).choose(in: sample) == expected)
  }

  @Test(
    "A score target takes the cheapest that reaches it",
    arguments: [(0.5, 0), (0.6, 1), (0.8, 1), (0.85, 2), (0.95, nil)] as [(Double, Int?)])
  func target(score: Double, expected: Int?) {
    #expect(ChoiceRule(aim: .leastCost, scoreTarget: .score(score)).choose(in: sample) == expected)
  }

  @Test(
    "Out of reach the best score is nearest to a target, the cheaper of equal ones; the cheapest to a budget")
  func nearest() {
    let tied = ChoiceSample(
      scores: [0.5, 0.9, 0.9, 0.5], costs: [2, 4, 3, 1], isEligible: [true, true, true, true])
    #expect(ChoiceRule(aim: .leastCost, scoreTarget: .score(0.95)).choose(in: tied, among: nil).index == 2)
    #expect(ChoiceRule(aim: .budget, budget: 0.5).choose(in: tied, among: nil).index == 3)
    #expect(!ChoiceRule(aim: .budget, budget: 0.5).choose(in: tied, among: nil).isMet)
  }

  @Test("Where no policy is eligible the best score within the budget is nearest")
  func nearestWithinBudget() {
    var late = sample
    late.isEligible = [false, false, false, false]
    #expect(ChoiceRule(aim: .budget, budget: 3.5).choose(in: late, among: nil).index == 1)
    #expect(ChoiceRule(aim: .budget, budget: 0.5).choose(in: late, among: nil).index == 0)
  }

  @Test("A share of the best is a share of the best eligible policy")
  func share() {
    var limited = sample
    limited.isEligible[2] = false
    let rule = ChoiceRule(aim: .leastCost, scoreTarget: .shareOfBest(1))
    #expect(rule.choose(in: sample) == 2)
    #expect(rule.choose(in: limited) == 1)
  }

  @Test(
    "A budget takes the cheaper of the two hull policies around it, whose shares spend it exactly",
    arguments: [(1.0, 0, 0.0, 0.3), (1.5, 0, 0.5, 0.3), (3, 1, 0.5, 0.05), (4, 2, 0, 0), (9, 2, 0, 0)]
      as [(Double, Int, Double, Double)])
  func budget(limit: Double, cheaper: Int, share: Double, lambda: Double) throws {
    let split = try #require(BudgetSplit(sample, among: [0, 1, 2, 3], budget: limit))
    #expect(split.cheaper == cheaper)
    #expect(abs(split.dearerShare - share) < 1e-12)
    #expect(abs(split.lambda - lambda) < 1e-12)
    #expect(ChoiceRule(aim: .budget, budget: limit).choose(in: sample) == cheaper)
  }

  @Test("Below the cheapest policy a budget buys nothing")
  func tooLittle() {
    #expect(ChoiceRule(aim: .budget, budget: 0.5).choose(in: sample) == nil)
  }
}
