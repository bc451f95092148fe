/// Some groups' sums as the bootstrap's inner loop takes them: columns of whole doubles, each different column once.
///
/// Policies that differ in what they do with the answers cost the same, and those that merge one answer score alike;
/// so many columns of a block are equal, and what is equal is added up once.
struct GroupBlock: Sendable {
  /// Bits a column of a block may sum to: 2⁴⁸ times the largest weight stays below 2⁵³.
  static let exactBits = 48

  /// A column of the loop: which of the columns of sums it is part of, and how far its values are shifted down.
  struct Part: Sendable {
    /// Ascending.
    var columns: [Int]
    let shift: Int
    /// Over the groups.
    let total: Int64
  }

  let keys: ContiguousArray<UInt64>
  /// Part after part: entry `part · groups + group`.
  private(set) var values: ContiguousArray<Double> = []
  private(set) var parts: [Part] = []
  /// Columns appended so far.
  private(set) var width = 0

  /// - Parameter keys: of the groups; columns have one value for each.
  init(keys: ContiguousArray<UInt64>, columns: Int) {
    self.keys = keys
    values.reserveCapacity(keys.count * columns)
    parts.reserveCapacity(columns)
  }

  /// - Parameter column: magnitudes together below 2⁶³.
  mutating func append(_ column: ContiguousArray<Int64>) {
    let total = column.reduce(0) { $0 + abs($1) }
    guard total < 1 << Self.exactBits else { return append(ContiguousArray(column.map { Int128($0) })) }
    append(column.map { Double($0) }, total: total, shift: 0)
    width += 1
  }

  /// - Parameter column: of any size.
  mutating func append(_ column: ContiguousArray<Int128>) {
    let total = column.reduce(UInt128(0)) { $0 + $1.magnitude }
    if total < 1 << Self.exactBits {
      // Through 64 bits: converting 128 is many times slower.
      append(
        column.map { Double(Int64(truncatingIfNeeded: $0)) }, total: Int64(truncatingIfNeeded: total),
        shift: 0)
    } else {
      split(column)
    }
    width += 1
  }

  /// Limbs from the lowest on, so narrow that a column of them sums to few enough bits; the highest has the sign.
  private mutating func split(_ column: ContiguousArray<Int128>) {
    let bits = Self.exactBits - (Int.bitWidth - column.count.leadingZeroBitCount)
    let mask = Int128(1) &<< Int128(bits) - 1
    let largest = column.reduce(UInt128(0)) { max($0, $1.magnitude) }
    let width = UInt128.bitWidth - largest.leadingZeroBitCount
    for shift in stride(from: 0, to: width, by: bits) {
      let isHighest = shift + bits >= width
      let limb = column.map { value in
        let rest = value &>> Int128(shift)
        return Int64(truncatingIfNeeded: isHighest ? rest : rest & mask)
      }
      append(limb.map { Double($0) }, total: limb.reduce(0) { $0 + abs($1) }, shift: shift)
    }
  }

  private mutating func append(_ part: [Double], total: Int64, shift: Int) {
    let known = parts.indices.first { place in
      parts[place].total == total && parts[place].shift == shift
        && values[place * keys.count..<(place + 1) * keys.count].elementsEqual(part)
    }
    if let known {
      parts[known].columns.append(width)
    } else {
      values.append(contentsOf: part)
      parts.append(Part(columns: [width], shift: shift, total: total))
    }
  }
}
