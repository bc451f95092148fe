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

  init(_ columns: [ContiguousArray<Int128>]) {
    height = columns.first?.count ?? 0
    values.reserveCapacity(height * columns.count)
    for column in columns { append(column) }
  }

  private mutating func append(_ column: ContiguousArray<Int128>) {
    let total = column.reduce(Int128(0)) { $0 + $1 }
    let start = limbs
    guard total >= 1 << Self.exactBits else {
      // Through 64 bits: converting 128 is many times slower.
      values.append(contentsOf: column.lazy.map { Double(Int64(truncatingIfNeeded: $0)) })
      return parts.append((start..<start + 1, 0))
    }
    let bits = Self.exactBits - (Int.bitWidth - column.count.leadingZeroBitCount)
    let mask = Int128(1) &<< Int128(bits) - 1
    var rest = column
    var end = start
    while rest.contains(where: { $0 != 0 }) {
      values.append(contentsOf: rest.lazy.map { Double(Int64(truncatingIfNeeded: $0 & mask)) })
      for index in rest.indices { rest[index] = rest[index] &>> Int128(bits) }
      end += 1
    }
    parts.append((start..<end, bits))
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
