/// Exact sums of every bootstrap replicate (DESIGN §3 "Uncertainty").
///
/// Replicate mean = Σ_g w_g Σ_{q∈g} x_q / Σ_g w_g n_g; this holds numerators and denominators as integers,
/// so they do not depend on threads, on the order of groups or on the machine.
package struct PoissonBootstrap: Sendable {
  package let replicates: Int
  /// Σ_g w_g n_g by replicate, at least 1.
  package let rows: [Int128]
  /// By policy, by replicate; millionths.
  package let scores: [[Int128]]
  /// By policy, by replicate; the price table's units.
  package let costs: [[Int128]]
  /// What four pseudo-groups with scores 0, 0, 1, 1 add, by replicate; they enter score intervals only.
  package let pseudoRows: [Int128]
  package let pseudoScores: [Int128]

  package init(_ sums: GroupSums, replicates: Int, seed: UInt64, threads: Int) async {
    self.replicates = replicates
    let weights = PoissonWeights(seed: seed)
    let columns = LimbColumns([ContiguousArray(sums.counts.map { Int128($0) })] + sums.scores + sums.costs)
    let lanes = ReplicateLanes.width
    let chunks = await Parallel.map(count: (replicates + lanes - 1) / lanes, threads: threads) { chunk in
      ReplicateLanes(weights, sums, first: UInt32(chunk * lanes)).sums(columns)
    }
    func column(_ index: Int) -> [Int128] {
      Array(chunks.lazy.flatMap { $0[index] }.prefix(replicates))
    }
    let policies = sums.scores.count
    rows = column(0)
    scores = (0..<policies).map { column(1 + $0) }
    costs = sums.costs.indices.map { column(1 + policies + $0) }
    let pseudo = (0..<UInt32(replicates)).map { PseudoGroups.draw(weights, replicate: $0) }
    pseudoRows = pseudo.map(\.rows)
    pseudoScores = pseudo.map(\.score)
  }
}

/// Four pseudo-groups of one row each, with scores 0, 0, 1, 1.
private enum PseudoGroups {
  static func draw(_ weights: PoissonWeights, replicate: UInt32) -> (rows: Int128, score: Int128) {
    // The four largest keys stand for the pseudo-groups; no SHA-256 in sight begins with 61 ones.
    let drawn = (0..<4).map { group in
      Int128(weights.weight(group: .max - UInt64(group), replicate: replicate, attempt: 0))
    }
    return (drawn.reduce(0, +), (drawn[2] + drawn[3]) * Int128(Score.unit))
  }
}

/// Integer columns split into limbs of doubles small enough that no weighted sum of them is rounded.
struct LimbColumns: Sendable {
  /// Bits a limb's column may sum to: 2⁴⁸ times the largest weight stays below 2⁵³.
  private static let exactBits = 48

  private(set) var limbs: [ContiguousArray<Double>] = []
  /// For each column, its limbs from the lowest on and the bits each holds.
  private(set) var parts: [(range: Range<Int>, bits: Int)] = []

  init(_ columns: [ContiguousArray<Int128>]) {
    for column in columns { append(column) }
  }

  private mutating func append(_ column: ContiguousArray<Int128>) {
    let total = column.reduce(Int128(0)) { $0 + $1 }
    let start = limbs.count
    guard total >= 1 << Self.exactBits else {
      // Through 64 bits: converting 128 is many times slower.
      limbs.append(ContiguousArray(column.map { Double(Int64(truncatingIfNeeded: $0)) }))
      return parts.append((start..<start + 1, 0))
    }
    let bits = Self.exactBits - (Int.bitWidth - column.count.leadingZeroBitCount)
    let mask = Int128(1) &<< Int128(bits) - 1
    var rest = column
    while rest.contains(where: { $0 != 0 }) {
      limbs.append(ContiguousArray(rest.map { Double(Int64(truncatingIfNeeded: $0 & mask)) }))
      for index in rest.indices { rest[index] = rest[index] &>> Int128(bits) }
    }
    parts.append((start..<limbs.count, bits))
  }
}

/// A few replicates side by side, one in each lane.
private struct ReplicateLanes {
  typealias Lanes = SIMD8<Double>
  static let width = Lanes.scalarCount
  /// Groups worked on at once, so that their weights stay in the cache.
  private static let blockGroups = 512

  private let weights: ContiguousArray<Lanes>

  init(_ poisson: PoissonWeights, _ sums: GroupSums, first: UInt32) {
    var weights = ContiguousArray<Lanes>(repeating: .zero, count: sums.keys.count)
    for lane in 0..<Self.width {
      var attempt: UInt32 = 0
      var total: Int64 = 0
      // A replicate in which nothing is drawn takes the next counter.
      while total == 0, !sums.keys.isEmpty {
        for (group, key) in sums.keys.enumerated() {
          let weight = poisson.weight(group: key, replicate: first + UInt32(lane), attempt: attempt)
          weights[group][lane] = Double(weight)
          total += Int64(weight) * sums.counts[group]
        }
        attempt += 1
      }
    }
    self.weights = weights
  }

  /// The weighted sum of each column in each lane.
  func sums(_ columns: LimbColumns) -> [[Int128]] {
    var totals = [Lanes](repeating: .zero, count: columns.limbs.count)
    for start in stride(from: 0, to: weights.count, by: Self.blockGroups) {
      let block = start..<min(start + Self.blockGroups, weights.count)
      for column in stride(from: 0, to: columns.limbs.count, by: 4) {
        if column + 4 <= columns.limbs.count {
          addFour(columns, column, block, &totals)
        } else {
          for single in column..<columns.limbs.count { addOne(columns, single, block, &totals) }
        }
      }
    }
    return columns.parts.map { part in
      (0..<Self.width).map { lane in
        part.range.reversed().reduce(Int128(0)) {
          ($0 &<< Int128(part.bits)) + Int128(Int64(totals[$1][lane]))
        }
      }
    }
  }

  private func addFour(_ columns: LimbColumns, _ column: Int, _ block: Range<Int>, _ totals: inout [Lanes]) {
    let weights = weights.span
    let arrays = (
      columns.limbs[column], columns.limbs[column + 1], columns.limbs[column + 2], columns.limbs[column + 3]
    )
    let a = arrays.0.span
    let b = arrays.1.span
    let c = arrays.2.span
    let d = arrays.3.span
    var sums = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    for group in block {
      let weight = weights[group]
      sums.0 += weight * a[group]
      sums.1 += weight * b[group]
      sums.2 += weight * c[group]
      sums.3 += weight * d[group]
    }
    totals[column] += sums.0
    totals[column + 1] += sums.1
    totals[column + 2] += sums.2
    totals[column + 3] += sums.3
  }

  private func addOne(_ columns: LimbColumns, _ column: Int, _ block: Range<Int>, _ totals: inout [Lanes]) {
    let weights = weights.span
    let array = columns.limbs[column]
    let values = array.span
    var sum = Lanes.zero
    for group in block { sum += weights[group] * values[group] }
    totals[column] += sum
  }
}
