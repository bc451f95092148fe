/// Integer columns split into limbs of doubles small enough that no weighted sum of them is rounded.
struct LimbColumns: Sendable {
  /// Bits a limb's column may sum to: 2⁴⁸ times the largest weight stays below 2⁵³.
  private static let exactBits = 48

  /// Entries of a column.
  let height: Int
  /// Limb after limb: entry `limb · height + row`.
  private(set) var values: ContiguousArray<Double> = []
  /// For each column, its limbs from the lowest on and the bits each holds.
  private var parts: [(range: Range<Int>, bits: Int)] = []

  var limbs: Int { parts.last?.range.upperBound ?? 0 }

  init(_ columns: [ContiguousArray<Int128>], threads: Int = 1) async {
    let height = columns.first?.count ?? 0
    let split = await Parallel.map(count: columns.count, threads: threads) { Self.split(columns[$0]) }
    self.height = height
    values.reserveCapacity(height * split.reduce(0) { $0 + $1.limbs.count })
    for (limbs, bits) in split {
      parts.append((self.limbs..<self.limbs + limbs.count, bits))
      for limb in limbs { values.append(contentsOf: limb) }
    }
  }

  /// The limbs of a column from the lowest on, and the bits each holds.
  private static func split(
    _ column: ContiguousArray<Int128>
  ) -> (limbs: [ContiguousArray<Double>], bits: Int) {
    var total: Int128 = 0
    for value in column { total += value }
    // Through 64 bits: converting 128 is many times slower.
    guard total >= 1 << exactBits else {
      return ([ContiguousArray(column.map { Double(Int64(truncatingIfNeeded: $0)) })], 0)
    }
    let bits = exactBits - (Int.bitWidth - column.count.leadingZeroBitCount)
    let mask = Int128(1) &<< Int128(bits) - 1
    var limbs: [ContiguousArray<Double>] = []
    var largest = column.max() ?? 0
    while largest != 0 {
      let shift = Int128(bits * limbs.count)
      limbs.append(
        ContiguousArray(column.map { Double(Int64(truncatingIfNeeded: $0 &>> shift & mask)) }))
      largest &>>= Int128(bits)
    }
    return (limbs, bits)
  }

  /// A column's sums from those of its limbs, exactly.
  ///
  /// - Parameter totals: by limb, by replicate.
  func sums(of column: Int, in totals: [[Double]]) -> [Int128] {
    let (range, bits) = parts[column]
    return (totals.first ?? []).indices.map { replicate in
      range.reversed().reduce(Int128(0)) { ($0 &<< Int128(bits)) + Int128(Int64(totals[$1][replicate])) }
    }
  }
}
