/// The rows of several shards that the same policies cover.
struct UnionPattern: Sendable {
  /// Policies, ascending.
  private(set) var members: [Int]
  private(set) var rows: Int
  private(set) var responses: [ScoreMoments]
  /// By member, without the latencies.
  private(set) var tallies: [PartialTally]
  private(set) var latencies: [ValueRuns]
  private(set) var replicates: PartialReplicates
  private(set) var groups: GroupKeyRuns

  init(_ pattern: PartialPattern) {
    members = pattern.members
    rows = pattern.rows
    responses = pattern.responses
    latencies = pattern.tallies.map { ValueRuns($0.latencies) }
    tallies = pattern.tallies.map { tally in
      var sums = tally
      sums.latencies = ValueCounts()
      return sums
    }
    replicates = pattern.replicates
    groups = GroupKeyRuns(pattern)
  }

  /// Adds rows that the same policies cover.
  mutating func add(_ other: PartialPattern) { add(UnionPattern(other)) }

  mutating func add(_ other: UnionPattern) {
    rows += other.rows
    for candidate in responses.indices { responses[candidate] += other.responses[candidate] }
    for position in tallies.indices {
      tallies[position].addSums(other.tallies[position])
      latencies[position] += other.latencies[position]
    }
    replicates.add(other.replicates)
    groups.add(other.groups)
  }

  /// The same rows under some of the members.
  func restricted(to policies: [Int]) -> UnionPattern {
    let places = policies.compactMap { policy in members.firstIndex(of: policy) }
    var copy = self
    copy.members = policies
    copy.tallies = places.map { tallies[$0] }
    copy.latencies = places.map { latencies[$0] }
    copy.replicates.scores = places.map { replicates.scores[$0] }
    copy.replicates.costs = places.map { replicates.costs[$0] }
    return copy
  }
}

/// The groups of a pattern's rows, as far as it matters whether each has one row only.
struct GroupKeyRuns: Sendable {
  /// Groups that may have rows elsewhere too.
  private var keys: [UInt64]
  private var repeats: Bool
  /// Whether every group is the group of one query and has its name; queries are in one shard only.
  private var isPlain: Bool

  init(_ pattern: PartialPattern) {
    repeats = pattern.repeatsGroups
    isPlain = pattern.groupKeys == nil
    keys = pattern.groupKeys ?? pattern.queryKeys
  }

  mutating func add(_ other: GroupKeyRuns) {
    repeats = repeats || other.repeats
    isPlain = isPlain && other.isPlain
    keys += other.keys
  }

  /// Whether no group has two of the rows of the patterns.
  static func areDistinct(_ patterns: [UnionPattern]) -> Bool {
    let runs = patterns.map(\.groups)
    if runs.contains(where: \.repeats) { return false }
    if runs.allSatisfy(\.isPlain) { return true }
    let sorted = runs.flatMap(\.keys).sorted()
    return zip(sorted, sorted.dropFirst()).allSatisfy { $0 != $1 }
  }
}
