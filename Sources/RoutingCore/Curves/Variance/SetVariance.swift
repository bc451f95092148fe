/// Rows as runs of one group and of one query.
struct RowRuns: Sendable {
  /// Position of each row's group among the groups that have rows.
  let group: [Int]
  let groups: Int
  /// Rows of one query, where there is more than one.
  let repeats: [Range<Int>]

  init(groups ids: [Int], queries: [UInt64]) {
    var group: [Int] = []
    var repeats: [Range<Int>] = []
    var start = 0
    for index in ids.indices {
      let isNewGroup = index == 0 || ids[index] != ids[index - 1]
      group.append((group.last ?? -1) + (isNewGroup ? 1 : 0))
      if isNewGroup || queries[index] != queries[index - 1] { start = index }
      let isLast =
        index + 1 == ids.count || queries[index + 1] != queries[index] || ids[index + 1] != ids[index]
      if isLast, index > start { repeats.append(start..<index + 1) }
    }
    self.group = group
    self.groups = (group.last ?? -1) + 1
    self.repeats = repeats
  }
}

/// One point of a variance curve, with how much each group of queries moves it.
struct SetVariance: Sendable {
  let k: Int
  let value: Double
  /// By group: its part in the deviation of the value, as the infinitesimal jackknife has it (Efron 1982).
  let influence: [Double]
  let sets: Int
  let allSets: Int
  /// Standard error from sampling the sets, relative to the value; `nil` where all enter.
  let samplingError: Double?

  /// Batches of sampled sets that their error is taken from.
  private static let batches = 10

  /// `nil` where there is no such variance: of one set within a query, of one recording.
  init?(
    _ kind: VarianceCurve.Kind, of columns: [ContiguousArray<Int32>], runs: RowRuns, k: Int,
    sets: CandidateSets
  ) {
    guard !columns.isEmpty, let terms = Self.terms(kind, columns, runs, sampled: sets.areSampled) else {
      return nil
    }
    self.k = k
    self.sets = sets.sets.count
    allSets = sets.all
    let total = terms.values.reduce(0, +) / Double(terms.values.count)
    value = total
    var influence = [Double](repeating: 0, count: runs.groups)
    for (value, group) in zip(terms.values, terms.groups) {
      influence[group] += (value - total) / Double(terms.values.count)
    }
    self.influence = influence
    guard sets.areSampled, sets.sets.count >= 2 * Self.batches, total > 0 else {
      samplingError = nil
      return
    }
    let size = columns.count / Self.batches
    let parts = (0..<Self.batches).compactMap { batch -> Double? in
      let part = Array(columns[batch * size..<(batch + 1) * size])
      return Self.terms(kind, part, runs, sampled: true).map {
        $0.values.reduce(0, +) / Double($0.values.count)
      }
    }
    samplingError = Estimate.standardDeviation(parts) / Double(Self.batches).squareRoot() / total
  }

  /// What the value is the mean of, one per row (or per query with repeats), and the group of each.
  private static func terms(
    _ kind: VarianceCurve.Kind, _ columns: [ContiguousArray<Int32>], _ runs: RowRuns, sampled: Bool
  ) -> (values: [Double], groups: [Int])? {
    switch kind {
    case .across: return (across(columns), runs.group)
    case .within: return columns.count > 1 ? (within(columns, sampled: sampled), runs.group) : nil
    case .samples:
      guard !runs.repeats.isEmpty else { return nil }
      return (samples(columns, runs.repeats), runs.repeats.map { runs.group[$0.lowerBound] })
    }
  }

  /// Squared distance of each row from the mean of its set, averaged over the sets.
  private static func across(_ columns: [ContiguousArray<Int32>]) -> [Double] {
    var sums = [Double](repeating: 0, count: columns[0].count)
    for column in columns {
      let mean = Double(column.reduce(Int64(0)) { $0 + Int64($1) }) / Double(column.count)
      for row in column.indices {
        let distance = Double(column[row]) - mean
        sums[row] += distance * distance
      }
    }
    return sums.map { $0 / Double(columns.count) / millionthsSquared }
  }

  /// Variance over the sets, by row.
  private static func within(_ columns: [ContiguousArray<Int32>], sampled: Bool) -> [Double] {
    let count = Int128(columns.count)
    let divisor = Double(count) * Double(sampled ? count - 1 : count)
    return columns[0].indices.map { row in
      var sum: Int128 = 0
      var squares: Int128 = 0
      for column in columns {
        sum += Int128(column[row])
        squares += Int128(column[row]) * Int128(column[row])
      }
      return Double(count * squares - sum * sum) / divisor / millionthsSquared
    }
  }

  /// Variance over a query's recordings (n − 1), averaged over the sets.
  private static func samples(_ columns: [ContiguousArray<Int32>], _ repeats: [Range<Int>]) -> [Double] {
    repeats.map { rows in
      var total = 0.0
      for column in columns {
        let mean = rows.reduce(0.0) { $0 + Double(column[$1]) } / Double(rows.count)
        let squares = rows.reduce(0.0) { sum, row in
          let distance = Double(column[row]) - mean
          return sum + distance * distance
        }
        total += squares / Double(rows.count - 1)
      }
      return total / Double(columns.count) / millionthsSquared
    }
  }

  private static let millionthsSquared = Double(Score.unit) * Double(Score.unit)
}
