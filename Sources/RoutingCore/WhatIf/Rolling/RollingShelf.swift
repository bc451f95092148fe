/// One policy over one pool, on every query of a sequence.
struct RollingColumn: Sendable {
  let policy: Policy
  /// Positions in the shelf's whole pool.
  let pool: CandidateSet
  /// Millionths, by place.
  let scores: ContiguousArray<Int32>
  /// In the price table's units, by place.
  let costs: ContiguousArray<Int128>

  init(_ policy: Policy, _ pool: CandidateSet, _ outcomes: PolicyOutcomes, _ offsets: [Int]) {
    self.policy = policy
    self.pool = pool
    scores = ContiguousArray(offsets.map { outcomes.scores[$0] })
    costs = ContiguousArray(offsets.map { outcomes.costs[$0] })
  }

  func score(_ places: some Sequence<Int>) -> Int64 { places.reduce(0) { $0 + Int64(scores[$1]) } }
  func cost(_ places: some Sequence<Int>) -> Int128 { places.reduce(0) { $0 + costs[$1] } }
}

/// Policies over pools, each replayed when it is first asked for.
struct RollingShelf: Sendable {
  /// Of one workload, with the whole pool.
  let basis: ScenarioBasis
  private let workload: Workload
  private let offsets: [Int]
  private let isChecked: Bool
  private(set) var columns: [RollingColumn] = []
  /// Column of each policy over each pool; `nil` = it does not cover every query.
  private var known: [Key: Int?] = [:]

  private struct Key: Hashable {
    let pool: CandidateSet
    let policy: Policy
  }

  /// - Parameters:
  ///   - offsets: of the queries, in recorded order.
  ///   - isChecked: only policies that a check tells everything about are taken.
  init(_ basis: ScenarioBasis, workload: Workload, offsets: [Int], isChecked: Bool) {
    self.basis = basis
    self.workload = workload
    self.offsets = offsets
    self.isChecked = isChecked
  }

  var whole: CandidateSet { CandidateSet(0..<basis.trace.poolCount) }

  /// The policies over a pool, in the order in which ties fall; `prior` takes the models in `order`.
  mutating func policies(over pool: CandidateSet, order: [Int]) async throws -> [Int] {
    var own = basis
    if pool != whole {
      // A grid asked for may have no k that is small enough.
      guard basis.request.k?.contains(where: { $0.first <= pool.count }) ?? true else { return [] }
      own = try basis.applying(
        Scenario(name: "rolling", changes: [.keep(pool.map { basis.trace.candidates[$0] })]))
    }
    let places = pool.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
    let frozen = FrozenPrior(
      own.trace, workload, order: order.compactMap { places[$0] },
      excludesFailures: basis.settings.excludesFailures)
    let policies = try own.rollingPolicies(isChecked: isChecked).compactMap(frozen.freezing)
    try await replay(policies.filter { known[Key(pool: pool, policy: $0)] == nil }, own, pool)
    return policies.sorted { RollingRank($0) < RollingRank($1) }
      .compactMap { known[Key(pool: pool, policy: $0)] ?? nil }
  }

  private mutating func replay(
    _ policies: [Policy], _ basis: ScenarioBasis, _ pool: CandidateSet
  ) async throws {
    guard !policies.isEmpty else { return }
    let runner = try SweepRunner(
      trace: basis.trace, policies: policies, prices: basis.priceTable(for: policies),
      settings: basis.settings)
    let replay = await runner.replay(workload)
    for (policy, outcomes) in zip(policies, replay.outcomes) {
      let isWhole = offsets.allSatisfy { outcomes.gaps[$0].isCovered }
      known[Key(pool: pool, policy: policy)] = .some(isWhole ? columns.count : nil)
      if isWhole { columns.append(RollingColumn(policy, pool, outcomes, offsets)) }
    }
  }

  /// The column of a model by itself, over the whole pool.
  func single(_ candidate: Int) -> RollingColumn? {
    let policy = Policy.single(basis.trace.candidates[candidate])
    return (known[Key(pool: whole, policy: policy)] ?? nil).map { columns[$0] }
  }
}

/// The order in which ties fall: a model by itself before a scheme that always takes it, then as elsewhere.
struct RollingRank: Comparable {
  private let isScheme: Bool
  private let rank: TieRank

  init(_ policy: Policy) {
    if case .single = policy { isScheme = false } else { isScheme = true }
    rank = TieRank(policy)
  }

  static func < (left: RollingRank, right: RollingRank) -> Bool {
    left.isScheme != right.isScheme ? !left.isScheme : left.rank < right.rank
  }
}

extension ScenarioBasis {
  /// The policies that may be chosen as queries arrive: no bounds, and nothing that cannot be told without
  /// the queries to come.
  ///
  /// - Parameter isChecked: only policies that need no call but the models' own answers.
  func rollingPolicies(isChecked: Bool) throws(PolicyError) -> [Policy] {
    try policies().filter { policy in
      if policy.isBound { return false }
      if case .blender = policy, policy.learnsFromOtherQueries { return false }
      // A quantile is of all queries of the workload, those to come included.
      if case .scheme(let scheme) = policy, case .quantile? = scheme.k.stop?.threshold { return false }
      return !isChecked || !policy.needsToolCalls
    }
  }
}

extension Policy {
  /// Whether it needs recorded calls beside the models' own answers: rankings, merges or refinements.
  var needsToolCalls: Bool {
    return switch self {
    case .single, .oracle: false
    case .moa(let aggregator): ToolID.isRecorded(aggregator)
    case .blender(let selector): ToolID.isRecorded(selector)
    case .scheme(let scheme):
      ToolID.isRecorded(scheme.selector) || scheme.layers > 2
        || (ToolID.isRecorded(scheme.aggregator) && scheme.k.first > 1)
    }
  }
}
