/// What the sweep of one shard leaves behind: exact sums from which the sweep of the whole follows.
///
/// Policies and models are numbered alike in every shard of a trace: candidates are the pool followed by all
/// other models of the header, whether or not the shard has answers of theirs (``PartialHeader/candidates``).
package struct PartialSweep: Sendable, Equatable {
  package var header: PartialHeader
  /// Those the shard has rows of, sorted by name.
  package var workloads: [PartialWorkload]

  package init(header: PartialHeader, workloads: [PartialWorkload]) {
    self.header = header
    self.workloads = workloads
  }
}

/// One workload's rows in a shard.
package struct PartialWorkload: Sendable, Equatable {
  package var name: String
  package var rows: Int
  /// Rows each policy covers.
  package var covered: [Int]
  /// Why each policy does not cover the others, and how often.
  package var gaps: [[Gap: Int]]
  package var patterns: [PartialPattern]

  package init(name: String, rows: Int, covered: [Int], gaps: [[Gap: Int]], patterns: [PartialPattern]) {
    self.name = name
    self.rows = rows
    self.covered = covered
    self.gaps = gaps
    self.patterns = patterns
  }

  /// The most patterns a workload of a partial may have: each holds every replicate of every policy.
  package static let patternLimit = 64
}

/// The rows that the same policies cover. Which policies are compared is known only once all shards are; these
/// are then the rows of the patterns that cover them all.
package struct PartialPattern: Sendable, Equatable {
  /// Policies that cover the rows, ascending. With a share of 1 asked for: those that cover every row of the
  /// workload, for no others can be compared, and the only pattern.
  package var members: [Int]
  package var rows: Int
  /// Of the queries, ascending, each once.
  package var queryKeys: [UInt64]
  /// Of the groups, ascending, each once; `nil` where each query is one row and its own group.
  package var groupKeys: [UInt64]?
  /// Whether some group has more than one of the rows.
  package var repeatsGroups: Bool
  /// Of each candidate's full answers.
  package var responses: [ScoreMoments]
  package var tallies: [PartialTally]
  package var replicates: PartialReplicates

  package init(
    members: [Int], rows: Int, queryKeys: [UInt64], groupKeys: [UInt64]?, repeatsGroups: Bool,
    responses: [ScoreMoments], tallies: [PartialTally], replicates: PartialReplicates
  ) {
    self.members = members
    self.rows = rows
    self.queryKeys = queryKeys
    self.groupKeys = groupKeys
    self.repeatsGroups = repeatsGroups
    self.responses = responses
    self.tallies = tallies
    self.replicates = replicates
  }
}

/// What one policy adds up to on the rows of a pattern.
package struct PartialTally: Sendable, Equatable {
  /// Millionths.
  package var score: Int128 = 0
  /// In the price table's units.
  package var cost: Int128 = 0
  /// Whether every row scores 0 or 1.
  package var isBinary = true
  package var inputTokens: Int64 = 0
  package var outputTokens: Int64 = 0
  /// In the price table's units, in the order of `Stage.allCases`.
  package var stageCosts = [Int128](repeating: 0, count: Stage.allCases.count)
  package var failures = 0
  /// Rows in which an adaptive policy takes the smaller k; `nil` where k is fixed.
  package var stopped: Int?
  /// Microseconds; −1 where unknown.
  package var latencies = ValueCounts()

  package init() {}

  /// Adds everything but the latencies.
  mutating func addSums(_ right: PartialTally) {
    score += right.score
    cost += right.cost
    isBinary = isBinary && right.isBinary
    inputTokens += right.inputTokens
    outputTokens += right.outputTokens
    for stage in stageCosts.indices { stageCosts[stage] += right.stageCosts[stage] }
    failures += right.failures
    if let own = stopped, let other = right.stopped { stopped = own + other }
  }
}
