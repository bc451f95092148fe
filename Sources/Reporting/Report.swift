package import RoutingCore

/// Everything a report page is made from. Optional parts show only where they are given.
package struct Report: Sendable {
  /// The program's version.
  package let version: String
  package let traceName: String
  package let fingerprint: String
  package let settings: SweepSettings
  package let rule: ChoiceRule
  /// `nil` where tokens are counted.
  package let prices: PriceBook?
  package let workloads: [WorkloadReport]
  package let fleet: FleetReport?
  package let calls: CallProvenance
  package let names: PolicyNames

  package var poolCount: Int { names.poolCount }

  package init(
    version: String, trace: Trace, settings: SweepSettings, rule: ChoiceRule, prices: PriceBook?,
    workloads: [WorkloadReport], fleet: FleetReport?
  ) {
    self.version = version
    traceName = trace.name
    fingerprint = trace.fingerprint
    self.settings = settings
    self.rule = rule
    self.prices = prices
    self.workloads = workloads
    self.fleet = fleet
    calls = CallProvenance(trace)
    names = PolicyNames(trace)
  }
}

/// One workload: its sweep, and what to run, or why nothing can be recommended.
package struct WorkloadReport: Sendable {
  package let sweep: WorkloadSweep
  package let outcome: Result<Recommendation, RecommendationError>
  /// The curve along k through the recommended policy; `nil` where there is none.
  package let curve: FittedCurve?
  /// By aggregator and kind.
  package let variance: [VarianceCurve]
  /// `nil` where no ranking can be held against scores.
  package let calibration: WorkloadCalibration?

  package init(
    sweep: WorkloadSweep, outcome: Result<Recommendation, RecommendationError>, curve: FittedCurve? = nil,
    variance: [VarianceCurve] = [], calibration: WorkloadCalibration? = nil
  ) {
    self.sweep = sweep
    self.outcome = outcome
    self.curve = curve
    self.variance = variance
    self.calibration = calibration
  }

  package var name: String { sweep.name }
  package var recommendation: Recommendation? { try? outcome.get() }

  /// The policies that may be recommended, in the order in which ties fall.
  package var contenders: [PolicySummary] {
    sweep.policies.filter { !$0.policy.isBound }.sorted { TieRank($0.policy) < TieRank($1.policy) }
  }

  /// The summary of a policy, where it is compared.
  package func summary(of policy: Policy) -> PolicySummary? {
    sweep.policies.first { $0.policy == policy }
  }
}

/// How the recorded answers came about, counted over the responses of a trace.
package struct CallProvenance: Sendable, Equatable {
  package private(set) var responses = 0
  /// Responses whose token counts are estimates.
  package private(set) var estimatedTokens = 0
  package private(set) var texts = 0
  /// Texts that can be cut at known token boundaries.
  package private(set) var exactCuts = 0
  package private(set) var failed = 0

  init(_ trace: Trace) {
    for flags in trace.responses.flags where flags.contains(.present) {
      responses += 1
      if flags.contains(.estimatedTokens) { estimatedTokens += 1 }
      if flags.contains(.hasText) { texts += 1 }
      if flags.contains(.exactCuts) { exactCuts += 1 }
      if flags.contains(.failed) { failed += 1 }
    }
  }
}

/// How a policy's scores come about (Scheme.md, "Provenance").
package enum ScoreOrigin: String, Sendable, CaseIterable {
  /// Every score is that of a recorded call.
  case replayed
  /// Scores are taken from recorded calls by a rule: a prefix continued, a vote, a mean.
  case derived
  /// From a fitted curve.
  case modelled

  /// The origin by the policy's kind; a recorded continuation may make single queries replayed.
  package init(_ policy: Policy) {
    switch policy {
    case .single, .oracle, .blender: self = .replayed
    case .moa(let aggregator): self = Self.isRecorded(aggregator) ? .replayed : .derived
    case .scheme(let scheme):
      let isCut = scheme.boot != .none && scheme.boot != .full && scheme.continuation != .stream
      let isMerged = scheme.k.first > 1 && !Self.isRecorded(scheme.aggregator)
      self = isCut || isMerged ? .derived : .replayed
    }
  }

  private static func isRecorded(_ aggregator: String) -> Bool {
    ToolID.isRecorded(aggregator) || AggregatorRegistry.takesFirst(aggregator)
  }
}
