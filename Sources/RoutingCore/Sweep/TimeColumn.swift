/// Times of rows in no particular order, kept as narrow as they are; blocks that are alike share their storage.
struct TimeColumn: Sendable {
  private enum Block: Sendable {
    case narrow(ContiguousArray<Int32>)
    case wide(ContiguousArray<Int64>)
  }

  private var blocks: [Block] = []
  private(set) var count = 0
  /// Whether all times are known; otherwise none is kept.
  private(set) var isKnown = true

  /// Adds times in microseconds; −1 where unknown.
  mutating func append(_ times: ContiguousArray<Int64>) {
    count += times.count
    guard isKnown, !times.isEmpty else { return }
    var (least, most) = (Int64.max, Int64.min)
    for time in times {
      least = min(least, time)
      most = max(most, time)
    }
    guard least >= 0 else { return forget() }
    blocks.append(
      most <= Int32.max
        ? .narrow(ContiguousArray(times.map { Int32(truncatingIfNeeded: $0) })) : .wide(times))
  }

  /// Adds the times that another column was given last.
  mutating func append(lastOf other: TimeColumn, count: Int) {
    self.count += count
    guard isKnown, count > 0 else { return }
    guard other.isKnown, let last = other.blocks.last else { return forget() }
    blocks.append(last)
  }

  static func += (left: inout TimeColumn, right: TimeColumn) {
    left.count += right.count
    left.isKnown = left.isKnown && right.isKnown
    if left.isKnown { left.blocks += right.blocks } else { left.blocks = [] }
  }

  private mutating func forget() {
    isKnown = false
    blocks = []
  }

  func forEach(_ body: (Int64) -> Void) {
    for block in blocks {
      switch block {
      case .narrow(let times): for time in times { body(Int64(time)) }
      case .wide(let times): for time in times { body(time) }
      }
    }
  }
}
