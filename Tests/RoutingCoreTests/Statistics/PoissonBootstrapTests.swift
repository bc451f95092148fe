import RoutingCore
import Testing

/// Replicate sums are exact: they equal a plain loop over big integers.
@Suite struct PoissonBootstrapTests {
  /// Groups with given sizes of score and cost, from a counter-based generator.
  private func sums(groups: Int, policies: Int, costBits: Int) -> GroupSums {
    let generator = Philox(seed: 99)
    func value(_ policy: Int, _ group: Int, bits: Int) -> Int128 {
      let high = generator.bits(item: UInt64(group), draw: UInt32(policy))
      let low = generator.bits(item: UInt64(group), draw: UInt32(policy), attempt: 1)
      return Int128((UInt128(high) << 64 | UInt128(low)) >> (128 - bits))
    }
    func columns(bits: Int, from first: Int) -> [ContiguousArray<Int128>] {
      (0..<policies).map { policy in
        ContiguousArray((0..<groups).map { value(first + policy, $0, bits: bits) })
      }
    }
    return GroupSums(
      keys: ContiguousArray((0..<groups).map { generator.bits(item: UInt64($0), draw: 1 << 20) }),
      folds: .init(repeating: 0, count: groups),
      counts: ContiguousArray((0..<groups).map { Int64($0 % 3 + 1) }), scores: columns(bits: 20, from: 0),
      costs: columns(bits: costBits, from: 100))
  }

  /// Σ_g w_g x_g, with the next attempt where every weight is 0.
  private func naive(_ column: ContiguousArray<Int128>, _ sums: GroupSums, replicate: UInt32, seed: UInt64)
    -> Int128
  {
    let poisson = PoissonWeights(seed: seed)
    for attempt in 0..<100 as Range<UInt32> {
      let weights = sums.keys.map {
        Int128(poisson.weight(group: $0, replicate: replicate, attempt: attempt))
      }
      guard weights.contains(where: { $0 > 0 }) else { continue }
      return zip(weights, column).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return -1
  }

  private func expectExact(_ sums: GroupSums, replicates: Int, threads: Int = 1) async {
    let bootstrap = await PoissonBootstrap(sums, replicates: replicates, seed: 3, threads: threads)
    #expect(bootstrap.rows.count == replicates)
    for replicate in 0..<replicates {
      func total(_ column: ContiguousArray<Int128>) -> Int128 {
        naive(column, sums, replicate: UInt32(replicate), seed: 3)
      }
      #expect(bootstrap.rows[replicate] == total(ContiguousArray(sums.counts.map { Int128($0) })))
      for policy in sums.scores.indices {
        #expect(bootstrap.scores[policy][replicate] == total(sums.scores[policy]))
        #expect(bootstrap.costs[policy][replicate] == total(sums.costs[policy]))
      }
    }
  }

  @Test(
    "Sums equal a plain loop, also where costs need several limbs or add up beyond what doubles hold",
    arguments: [(1, 30), (7, 47), (700, 40), (1500, 40), (700, 60), (1500, 80), (40, 118)])
  func exact(groups: Int, costBits: Int) async {
    await expectExact(sums(groups: groups, policies: 3, costBits: costBits), replicates: 21)
  }

  @Test("Every number of policies is summed", arguments: 1...6)
  func policies(count: Int) async {
    await expectExact(sums(groups: 50, policies: count, costBits: 55), replicates: 9)
  }

  @Test("Equal columns, and columns that only sum to the same, are told apart")
  func equalColumns() async {
    let plain = sums(groups: 600, policies: 2, costBits: 44)
    let turned = ContiguousArray(plain.costs[0].reversed())
    var last = plain.costs[0]
    last.swapAt(598, 599)
    let sums = GroupSums(
      keys: plain.keys, folds: plain.folds, counts: plain.counts,
      scores: [plain.scores[0], plain.scores[0], plain.scores[1], plain.scores[0]],
      costs: [plain.costs[0], turned, plain.costs[0], last])
    await expectExact(sums, replicates: 20)
  }

  @Test("Sums of negative numbers are as exact", arguments: [20, 47, 60, 100])
  func negative(bits: Int) async {
    let plain = sums(groups: 300, policies: 2, costBits: bits)
    let sums = GroupSums(
      keys: plain.keys, folds: plain.folds, counts: plain.counts, scores: plain.scores,
      costs: [
        ContiguousArray(plain.costs[0].map { -$0 }),
        ContiguousArray(zip(plain.costs[0], plain.costs[1]).map { $0 - $1 }),
      ])
    await expectExact(sums, replicates: 20)
  }

  @Test("A replicate in which nothing is drawn takes the next counter")
  func redrawn() async {
    // With one group e⁻¹ of the replicates draw 0 at first.
    let bootstrap = await PoissonBootstrap(
      sums(groups: 1, policies: 1, costBits: 10), replicates: 200, seed: 3, threads: 1)
    #expect(bootstrap.rows.allSatisfy { $0 >= 1 })
    await expectExact(sums(groups: 1, policies: 1, costBits: 10), replicates: 200)
  }

  @Test("Threads change nothing", arguments: [2, 3, 16])
  func threads(count: Int) async {
    let sums = sums(groups: 60, policies: 2, costBits: 70)
    let one = await PoissonBootstrap(sums, replicates: 100, seed: 8, threads: 1)
    let many = await PoissonBootstrap(sums, replicates: 100, seed: 8, threads: count)
    #expect(one.rows == many.rows)
    #expect(one.scores == many.scores)
    #expect(one.costs == many.costs)
    #expect(one.pseudoRows == many.pseudoRows)
    #expect(one.pseudoScores == many.pseudoScores)
  }

  @Test("The order of groups changes nothing")
  func groupOrder() async {
    let sums = sums(groups: 600, policies: 2, costBits: 70)
    let turned = GroupSums(
      keys: ContiguousArray(sums.keys.reversed()), folds: sums.folds,
      counts: ContiguousArray(sums.counts.reversed()),
      scores: sums.scores.map { ContiguousArray($0.reversed()) },
      costs: sums.costs.map { ContiguousArray($0.reversed()) })
    let one = await PoissonBootstrap(sums, replicates: 20, seed: 8, threads: 1)
    let other = await PoissonBootstrap(turned, replicates: 20, seed: 8, threads: 1)
    #expect(one.rows == other.rows)
    #expect(one.scores == other.scores)
    #expect(one.costs == other.costs)
  }

  @Test("A longer bootstrap begins with the shorter one")
  func prefix() async {
    let sums = sums(groups: 10, policies: 1, costBits: 10)
    let short = await PoissonBootstrap(sums, replicates: 11, seed: 8, threads: 1)
    let long = await PoissonBootstrap(sums, replicates: 30, seed: 8, threads: 1)
    #expect(Array(long.costs[0].prefix(11)) == short.costs[0])
  }

  @Test("The pseudo-groups add four rows of scores 0, 0, 1, 1 on average")
  func pseudoGroups() async {
    let bootstrap = await PoissonBootstrap(
      sums(groups: 2, policies: 1, costBits: 10), replicates: 20_000, seed: 8, threads: 1)
    let rows = Double(bootstrap.pseudoRows.reduce(0, +)) / 20_000
    let scores = Double(bootstrap.pseudoScores.reduce(0, +)) / 20_000 / 1e6
    // Standard errors √(4/n) = 0.014 and √(2/n) = 0.01; four of them.
    #expect(abs(rows - 4) < 0.057)
    #expect(abs(scores - 2) < 0.04)
    #expect(zip(bootstrap.pseudoRows, bootstrap.pseudoScores).allSatisfy { $1 <= $0 * 1_000_000 })
  }
}
