/// Every policy of a grid on one workload.
package struct WorkloadSweep: Sendable, Equatable {
  package let name: String
  /// Rows of the workload.
  package let rows: Int
  /// Rows that every kept policy covers; all figures but `covered` are about these.
  package let comparedRows: Int
  /// Kept policies, in the order of the grid.
  package let policies: [PolicySummary]
  package let excluded: [ExcludedPolicy]
  /// How the single models score on the rows that are not compared; empty where all are.
  package let leftOut: [LeftOutScore]
}

/// One policy on the compared rows.
package struct PolicySummary: Sendable, Equatable {
  package let policy: Policy
  package let covered: Int
  package let score: Estimate
  /// Per row, in cost units.
  package let cost: Estimate
  /// Mean tokens per row; input includes cached input.
  package let inputTokens: Double
  package let outputTokens: Double
  /// Mean cost per row by stage, in cost units; sums to `cost.mean`.
  package let costByStage: [Stage: Double]
  /// `nil` where some row's timing is unknown.
  package let latency: LatencySummary?
  /// One entry per λ.
  package let objectives: [ObjectiveSummary]
  /// Rows in which a call that was used failed.
  package let failures: Int
  /// Share of rows in which an adaptive policy takes the smaller k; `nil` where k is fixed.
  package let stopShare: Double?
  /// No recommendable policy has a score as high at less cost, or a higher one at the same.
  package let isOnFrontier: Bool
}

/// S − λT of a policy.
package struct ObjectiveSummary: Sendable, Equatable {
  package let lambda: Double
  package let mean: Double
  package let low: Double
  package let high: Double
  /// Share of replicates in which the policy has the largest objective; `nil` for bounds.
  package let winShare: Double?
}

/// A policy that covers too little of a workload to be compared.
package struct ExcludedPolicy: Sendable, Equatable {
  package let policy: Policy
  package let covered: Int
  /// The most frequent reason.
  package let reason: String
}

/// A single model's scores on the rows compared and on those left out.
package struct LeftOutScore: Sendable, Equatable {
  package let model: String
  package let rows: Int
  package let comparedMean: Double
  package let leftOutMean: Double
  /// Standard error of the difference of the two means.
  package let standardError: Double

  /// Whether the two differ by more than chance explains (95 %).
  package var differs: Bool { abs(leftOutMean - comparedMean) > 1.96 * standardError }
}
