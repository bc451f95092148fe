import RoutingCore

/// A pattern of a partial while its lines are read.
struct OpenPattern {
  private let members: [Int]
  private let rows: Int
  private let isPlain: Bool
  private let repeatsGroups: Bool
  private let responses: [ScoreMoments]
  private let attempts: [UInt32]
  private var columns: [String: [Int128]] = [:]
  private var policies: [(tally: PartialTally, columns: [String: [Int128]])] = []

  /// `nil` where something is missing or out of range.
  init?(_ node: JSONNode, header: PartialHeader, policyCount: Int) {
    guard let rows = node["queries"]?.whole.flatMap({ Int(exactly: $0) }), rows > 0,
      let members = node["members"]?.integers?.compactMap({ Int(exactly: $0) }),
      zip(members, members.dropFirst()).allSatisfy({ $0 < $1 }),
      members.allSatisfy((0..<policyCount).contains), let isPlain = node["plain_groups"]?.flag,
      let repeatsGroups = node["repeats_groups"]?.flag, let moments = node["responses"]?.integers,
      moments.count == 3 * header.candidates.count, let retried = node["attempts"]?.integers,
      retried.count % 2 == 0
    else { return nil }
    var attempts = [UInt32](repeating: 0, count: header.terms.replicates)
    for start in stride(from: 0, to: retried.count, by: 2) {
      guard let replicate = Int(exactly: retried[start]), attempts.indices.contains(replicate),
        let attempt = UInt32(exactly: retried[start + 1])
      else { return nil }
      attempts[replicate] = attempt
    }
    self.members = members
    self.rows = rows
    self.isPlain = isPlain
    self.repeatsGroups = repeatsGroups
    self.attempts = attempts
    responses = stride(from: 0, to: moments.count, by: 3).map { start in
      ScoreMoments(
        count: Int(clamping: moments[start]), sum: moments[start + 1], squares: moments[start + 2])
    }
  }

  /// Takes a piece of a column; `false` for a name that no column has.
  mutating func append(_ values: [Int128], to name: String) -> Bool {
    if ["query_keys", "group_keys", "replicate_queries"].contains(name), policies.isEmpty {
      columns[name, default: []] += values
    } else if ["scores", "costs", "latencies_us", "latency_counts"].contains(name), !policies.isEmpty {
      policies[policies.count - 1].columns[name, default: []] += values
    } else {
      return false
    }
    return true
  }

  /// Begins the next policy.
  mutating func open(_ node: JSONNode) -> Bool {
    guard let sums = node["sums"]?.integers, sums.count == 2,
      let tokens = node["tokens"]?.integers?.compactMap({ Int64(exactly: $0) }), tokens.count == 2,
      let stages = node["stage_costs"]?.integers, stages.count == Stage.allCases.count,
      let failures = node["failures"]?.integers?.first.flatMap({ Int(exactly: $0) }),
      let stopped = node["stopped"]?.integers, let isBinary = node["binary"]?.flag
    else { return false }
    var tally = PartialTally()
    (tally.score, tally.cost) = (sums[0], sums[1])
    (tally.inputTokens, tally.outputTokens) = (tokens[0], tokens[1])
    tally.stageCosts = stages
    tally.failures = failures
    tally.stopped = stopped.first.flatMap { Int(exactly: $0) }
    tally.isBinary = isBinary
    policies.append((tally, [:]))
    return true
  }

  /// `nil` unless every column is there in its length.
  func finished() -> PartialPattern? {
    guard policies.count == members.count, let queries = Self.keys(columns["query_keys"]),
      let drawn = columns["replicate_queries"], drawn.count == attempts.count
    else { return nil }
    let groups = Self.keys(columns["group_keys"])
    guard isPlain || groups != nil else { return nil }
    var tallies: [PartialTally] = []
    var scores: [[Int128]] = []
    var costs: [[Int128]] = []
    for policy in policies {
      guard let score = policy.columns["scores"], score.count == attempts.count,
        let cost = policy.columns["costs"], cost.count == attempts.count,
        let latencies = Self.latencies(policy.columns)
      else { return nil }
      var tally = policy.tally
      tally.latencies = latencies
      tallies.append(tally)
      scores.append(score)
      costs.append(cost)
    }
    return PartialPattern(
      members: members, rows: rows, queryKeys: queries, groupKeys: isPlain ? nil : groups,
      repeatsGroups: repeatsGroups, responses: responses, tallies: tallies,
      replicates: PartialReplicates(attempts: attempts, rows: drawn, scores: scores, costs: costs))
  }

  private static func keys(_ differences: [Int128]?) -> [UInt64]? {
    guard let differences else { return nil }
    let keys = ascending(differences).compactMap { UInt64(exactly: $0) }
    return keys.count == differences.count ? keys : nil
  }

  private static func latencies(_ columns: [String: [Int128]]) -> ValueCounts? {
    guard let differences = columns["latencies_us"], let counts = columns["latency_counts"] else {
      return nil
    }
    let values = ascending(differences).compactMap { Int64(exactly: $0) }
    guard values.count == differences.count else { return nil }
    return ValueCounts(values: values, counts: counts.map { Int64(clamping: $0) })
  }

  private static func ascending(_ differences: [Int128]) -> [Int128] {
    var last: Int128 = 0
    return differences.map { difference in
      last &+= difference
      return last
    }
  }
}
