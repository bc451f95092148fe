/// A choice made anew as queries arrive, against choices that stay (WhatIf.md, "A choice made anew as queries arrive").
package struct RollingResult: Sendable {
  package let request: RollingRequest
  package let workloads: [RollingWorkload]
}

/// Whose choices are followed through the windows.
package enum RollingArm: Int, Sendable, CaseIterable {
  /// A new choice for each window.
  case rolling
  /// The choice after the first window, kept for ever.
  case fixed
  /// The one choice that is best over all windows in hindsight.
  case bestFixed
  /// The best choice of each window in hindsight.
  case hindsight
}

/// One workload, window by window.
package struct RollingWorkload: Sendable {
  package let name: String
  package let rows: Int
  package let comparedRows: Int
  /// Models the choice starts with, in pool order.
  package let pool: [String]
  /// Models of the pool that are recorded for too few queries to be compared.
  package let unrecorded: [String]
  /// Why there are no windows; `nil` where there are.
  package let reason: String?
  package let windows: [RollingWindow]
  /// `nil` without windows.
  package let totals: RollingTotals?
}

/// Queries between two choices.
package struct RollingWindow: Sendable {
  package let queries: Int
  /// Queries on which every model was run.
  package let checked: Int
  /// Ids of the first and the last query.
  package let first: String
  package let last: String
  /// Models in the pool: those the chosen policy is over. A model run by itself leaves the pool as it was.
  package let pool: [String]
  /// Models that left the pool, and those that came back, against the window before.
  package let left: [String]
  package let returned: [String]
  /// By `RollingArm.rawValue`.
  package let arms: [RollingStep]

  package subscript(arm: RollingArm) -> RollingStep { arms[arm.rawValue] }
}

/// What one arm does in one window.
package struct RollingStep: Sendable {
  package let policy: Policy
  /// Models the policy is over; of a model by itself, that model.
  package let pool: [String]
  /// Mean per query.
  package let score: Double
  /// Mean per query in cost units, checks included.
  package let cost: Double
  /// Of all checks of the window, in cost units.
  package let checkCost: Double
  /// Mean S − λT per query, checks included.
  package let objective: Double
  /// By how much Σ S − λT is behind the best choice of each window, up to the end of this one.
  package let regret: Double
}

/// All windows together, with intervals given the choices that were made.
package struct RollingTotals: Sendable {
  /// By `RollingArm.rawValue`.
  package let arms: [RollingTotal]
  /// Σ S − λT of the new choices minus that of the choice kept for ever, and of the best single choice.
  package let leadOverFixed: Estimate
  package let leadOverBestFixed: Estimate
  /// Windows, from the second on, that begin with another policy or pool.
  package let switches: Int

  package subscript(arm: RollingArm) -> RollingTotal { arms[arm.rawValue] }
}

/// One arm over all windows.
package struct RollingTotal: Sendable {
  /// Per query.
  package let score: Estimate
  /// Per query in cost units, checks included.
  package let cost: Estimate
  /// Of all checks, in cost units.
  package let checkCost: Double
  /// Σ over the queries.
  package let regret: Estimate
}
