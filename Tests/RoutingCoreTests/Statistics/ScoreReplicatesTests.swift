import RoutingCore
import Testing

@Suite struct ScoreReplicatesTests {
  /// One policy's scores as resampled means; by default every query is a group.
  private func means(_ scores: [Double], group: [Int]? = nil) async -> ResampledMeans {
    let group = group ?? Array(scores.indices)
    var counts = ContiguousArray<Int64>(repeating: 0, count: group.last! + 1)
    var sums = ContiguousArray<Int128>(repeating: 0, count: counts.count)
    for (place, score) in zip(group, scores) {
      counts[place] += 1
      sums[place] += Int128((score * 1e6).rounded())
    }
    let generator = Philox(seed: 4)
    return await ResampledMeans(
      GroupSums(
        keys: ContiguousArray(counts.indices.map { generator.bits(item: UInt64($0), draw: 1) }),
        folds: .init(repeating: 0, count: counts.count), counts: counts, scores: [sums], costs: [sums]),
      settings: SinglesSketch.settings(replicates: 2000))
  }

  private func interval(_ scores: [Double], group: [Int]? = nil) async -> (low: Double, high: Double) {
    let estimate = await means(scores, group: group).score(0)
    return (estimate.low, estimate.high)
  }

  /// Wrong on the first `wrong` of `count` queries.
  private func zeroOne(_ count: Int, wrong: Int) -> [Double] { (0..<count).map { $0 < wrong ? 0 : 1 } }

  @Test(
    "Intervals of 0/1 scores are close to Agresti and Coull's",
    arguments: [(50, 0), (50, 5), (200, 40), (200, 4), (2000, 1000)])
  func agrestiCoull(count: Int, wrong: Int) async {
    let (low, high) = await interval(zeroOne(count, wrong: wrong))
    let n = Double(count + 4)
    let p = Double(count - wrong + 2) / n
    let reach = 1.96 * (p * (1 - p) / n).squareRoot()
    // The bootstrap is skewed where Agresti and Coull are symmetric.
    #expect(abs(low - (p - reach)) < 0.35 * reach)
    #expect(abs(high - min(1, p + reach)) < 0.35 * reach)
    #expect((0...1).contains(low) && (0...1).contains(high))
  }

  @Test("Scores that spread little have the narrow interval they deserve")
  func concentrated() async {
    // Standard error 0.01 ÷ 10 = 0.001; four whole pseudo-queries would make the width about 0.07.
    let (low, high) = await interval((0..<100).map { 0.9 + ($0 % 2 == 0 ? 0.01 : -0.01) })
    #expect(low <= 0.9 && 0.9 <= high)
    #expect(high - low < 0.012)
    #expect(high < 0.903)
  }

  @Test("Groups that answer alike count as one query each")
  func groups() async {
    let scores = (0..<400).map { $0 / 8 % 10 == 0 ? 0.0 : 1 }
    let grouped = await interval(scores, group: (0..<400).map { $0 / 8 })
    let alone = await interval(scores)
    let fifty = await interval((0..<50).map { $0 % 10 == 0 ? 0 : 1 })
    #expect(grouped.high - grouped.low > 2 * (alone.high - alone.low))
    #expect(abs((grouped.high - grouped.low) / (fifty.high - fifty.low) - 1) < 0.1)
  }

  @Test("Without a single failure in fifty groups the bound is that of fifty queries")
  func flawlessGroups() async {
    let grouped = await interval(.init(repeating: 1, count: 400), group: (0..<400).map { $0 / 8 })
    let fifty = await interval(.init(repeating: 1, count: 50))
    #expect(fifty.high == 1)
    #expect(fifty.low < 0.96)
    #expect(abs(grouped.low - fifty.low) < 0.02)
  }

  @Test("A flawless sample does not make a target near 1 certain")
  func smoothed() async {
    let means = await means(.init(repeating: 1, count: 50))
    let share = ReplicateMeans(means, positions: [0]).metShares(
      ChoiceRule(aim: .leastCost, scoreTarget: .score(0.98)), isEligible: [true])[0]
    // With any rate equally likely beforehand it is 1 − 0.98⁵¹ = 0.64.
    #expect((0.5...0.8).contains(share))
  }
}
