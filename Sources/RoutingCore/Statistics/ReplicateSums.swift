import CBootstrap

/// Exact weighted sums over groups, column by column, for some tiles of replicates; blocks of groups are added in
/// any order.
///
/// The first column is the rows of each group, at least 1. Sums are kept as doubles while they are surely below 2⁵³,
/// so that the inner loop stays one of multiply-adds, and are carried over to 128 bits before they could be rounded.
struct ReplicateSums: Sendable {
  /// Replicates side by side.
  static let lanes = Int(LR_LANES)
  /// Groups weighed at once: the weights of 16 replicates fill a first-level cache.
  private static let weighedGroups = 256

  private let weights: PoissonWeights
  private let attempt: UInt32
  private let tiles: [Int]
  let width: Int
  /// Entry `(tile · width + column) · lanes + lane`.
  private var open: ContiguousArray<Double>
  /// What was carried over; the same entries, none until something is.
  private var carried: ContiguousArray<Int128> = []
  /// By column: over all groups added since the last carry.
  private var pending: ContiguousArray<Int64>

  /// Tiles that hold so many replicates.
  static func tiles(replicates: Int) -> [Int] { Array(0..<(replicates + lanes - 1) / lanes) }

  /// - Parameters:
  ///   - width: columns of a block.
  ///   - tiles: each of `lanes` replicates.
  init(_ weights: PoissonWeights, width: Int, tiles: [Int], attempt: UInt32 = 0) {
    self.weights = weights
    self.attempt = attempt
    self.tiles = tiles
    self.width = width
    open = .init(repeating: 0, count: tiles.count * width * Self.lanes)
    pending = .init(repeating: 0, count: width)
  }

  mutating func add(_ block: GroupBlock) {
    precondition(block.width == width, "blocks have the columns that are added up")
    carryWhereNeeded(block)
    var sums = ContiguousArray<Double>(repeating: 0, count: block.parts.count * Self.lanes)
    for place in tiles.indices {
      weigh(block, tile: tiles[place], into: &sums)
      spread(sums, of: block, place)
    }
  }

  /// The weighted sums of every part of a block.
  private func weigh(_ block: GroupBlock, tile: Int, into sums: inout ContiguousArray<Double>) {
    for index in sums.indices { sums[index] = 0 }
    let height = block.keys.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.weighedGroups * Self.lanes) { drawn in
      guard let drawn = drawn.baseAddress else { return }
      for start in stride(from: 0, to: height, by: Self.weighedGroups) {
        let count = min(Self.weighedGroups, height - start)
        block.keys.withUnsafeBufferPointer { keys in
          guard let keys = keys.baseAddress else { return }
          lr_poisson_weights(
            weights.seed, keys + start, count, UInt32(tile * Self.lanes), attempt, PoissonWeights.cumulative,
            drawn)
        }
        block.values.withUnsafeBufferPointer { values in
          guard let values = values.baseAddress else { return }
          sums.withUnsafeMutableBufferPointer { sums in
            lr_add_weighted_sums(drawn, count, values + start, height, block.parts.count, sums.baseAddress)
          }
        }
      }
    }
  }

  /// Adds the sums of parts to the columns they belong to.
  private mutating func spread(_ sums: ContiguousArray<Double>, of block: GroupBlock, _ place: Int) {
    let base = place * width * Self.lanes
    for (part, description) in block.parts.enumerated() {
      for column in description.columns {
        let entry = base + column * Self.lanes
        if description.shift == 0 {
          for lane in 0..<Self.lanes { open[entry + lane] += sums[part * Self.lanes + lane] }
        } else {
          for lane in 0..<Self.lanes {
            carried[entry + lane] +=
              Int128(Int64(sums[part * Self.lanes + lane])) &<< Int128(description.shift)
          }
        }
      }
    }
  }

  private mutating func carryWhereNeeded(_ block: GroupBlock) {
    for part in block.parts {
      if part.shift > 0 { reserveCarried() }
      for column in part.columns where part.shift == 0 {
        if pending[column] >= 1 << GroupBlock.exactBits - part.total { carry(column) }
        pending[column] += part.total
      }
    }
  }

  private mutating func reserveCarried() {
    if carried.isEmpty { carried = .init(repeating: 0, count: open.count) }
  }

  private mutating func carry(_ column: Int) {
    reserveCarried()
    pending[column] = 0
    for place in tiles.indices {
      let entry = (place * width + column) * Self.lanes
      for index in entry..<entry + Self.lanes {
        carried[index] += Int128(Int64(open[index]))
        open[index] = 0
      }
    }
  }

  private func total(_ entry: Int) -> Int128 {
    Int128(Int64(open[entry])) + (carried.isEmpty ? 0 : carried[entry])
  }
}

extension ReplicateSums {
  /// Adds the sums over other groups, for the same tiles.
  static func += (left: inout ReplicateSums, right: ReplicateSums) {
    for column in 0..<left.width
    where left.pending[column] + right.pending[column] >= 1 << GroupBlock.exactBits {
      left.carry(column)
    }
    for column in 0..<left.width { left.pending[column] += right.pending[column] }
    for entry in left.open.indices { left.open[entry] += right.open[entry] }
    guard !right.carried.isEmpty else { return }
    left.reserveCarried()
    for entry in left.carried.indices { left.carried[entry] += right.carried[entry] }
  }

  /// A column's sums by replicate, in the order of the tiles.
  func sums(_ column: Int) -> [Int128] {
    tiles.indices.flatMap { place in
      let entry = (place * width + column) * Self.lanes
      return (entry..<entry + Self.lanes).map(total)
    }
  }
}

/// Sums of all replicates, in which each has drawn something: where all weights are 0, the next attempt counts.
struct DrawnSums: Sendable {
  /// By column, by replicate.
  private(set) var columns: [[Int128]]
  /// By replicate.
  private(set) var attempts: [UInt32]

  /// - Parameters:
  ///   - first: the sums over at least one group, for all tiles at attempt 0.
  ///   - again: the same for some tiles at a later attempt.
  init(
    _ first: ReplicateSums, replicates: Int, again: ([Int], UInt32) async -> ReplicateSums
  ) async {
    var tiles = ReplicateSums.tiles(replicates: replicates)
    columns = (0..<first.width).map { first.sums($0) }
    attempts = .init(repeating: 0, count: tiles.count * ReplicateSums.lanes)
    for attempt in UInt32(1)... {
      let lanes = ReplicateSums.lanes
      tiles = tiles.filter { columns[0][$0 * lanes..<($0 + 1) * lanes].contains(0) }
      guard !tiles.isEmpty else { break }
      replace(tiles, attempt: attempt, by: await again(tiles, attempt))
    }
    for column in columns.indices { columns[column].removeLast(columns[column].count - replicates) }
    attempts.removeLast(attempts.count - replicates)
  }

  /// Takes the sums of replicates in which nothing was drawn before.
  private mutating func replace(_ tiles: [Int], attempt: UInt32, by again: ReplicateSums) {
    let sums = columns.indices.map { again.sums($0) }
    for (place, tile) in tiles.enumerated() {
      for lane in 0..<ReplicateSums.lanes {
        let replicate = tile * ReplicateSums.lanes + lane
        guard columns[0][replicate] == 0 else { continue }
        attempts[replicate] = attempt
        for column in columns.indices {
          columns[column][replicate] = sums[column][place * ReplicateSums.lanes + lane]
        }
      }
    }
  }
}
