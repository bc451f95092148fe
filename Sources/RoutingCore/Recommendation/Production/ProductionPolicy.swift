/// What to run in production: the document `lightreplay.policy/1` that `recommend --emit` writes.
///
/// Figures are rounded to six significant digits, so that a file reads well and a new one differs only where
/// something changed. Every policy in it can run: `prior` is frozen, bounds are left out.
package struct ProductionPolicy: Sendable, Equatable {
  package static let format = "lightreplay.policy/1"

  package var wish: ProductionWish
  package var traceName: String
  package var fingerprint: String
  /// `nil` where tokens are counted.
  package var prices: ProductionPrices?
  package var seed: UInt64
  package var replicates: Int
  /// What `moa` merges and `blender` ranks with, since their ids do not say.
  package var baselineAggregator: String
  package var baselineSelector: String
  /// Everyone a policy may call: the pool in its order, then other models with answers.
  package var models: [ProductionModel]
  /// By workload, in the order of the trace.
  package var workloads: [ProductionDecision]
  /// What runs for a query without a label, or with one that no workload has.
  package var fallback: ProductionDecision
  /// What of the traffic each workload is, as `fallback` was chosen; sums to 1.
  package var shares: [ProductionShare]
  /// What each workload loses when `fallback` runs instead of its own policy.
  package var regrets: [ProductionRegret]

  package init(
    wish: ProductionWish, traceName: String, fingerprint: String, prices: ProductionPrices?, seed: UInt64,
    replicates: Int, baselineAggregator: String, baselineSelector: String, models: [ProductionModel],
    workloads: [ProductionDecision],
    fallback: ProductionDecision, shares: [ProductionShare], regrets: [ProductionRegret]
  ) {
    self.wish = wish
    self.traceName = traceName
    self.fingerprint = fingerprint
    self.prices = prices
    self.seed = seed
    self.replicates = replicates
    self.baselineAggregator = baselineAggregator
    self.baselineSelector = baselineSelector
    self.models = models
    self.workloads = workloads
    self.fallback = fallback
    self.shares = shares
    self.regrets = regrets
  }
}

/// What was wanted, and what cost and score mean here.
package struct ProductionWish: Sendable, Equatable {
  /// In words.
  package var sentence: String
  package var aim: ChoiceRule.Aim
  package var scoreTarget: ChoiceRule.ScoreTarget?
  /// Mean cost per query and workload, in cost units.
  package var budget: Double?
  /// Mean cost per query over all workloads; it set the λ of the aim.
  package var fleetBudget: Double?
  /// Seconds.
  package var maxLatencyP95: Double?
  package var confidence: Double?
  package var isOneStandardError: Bool
  package var costUnit: CostUnit
  package var accounting: Accounting
  package var continuation: Continuation
  package var excludesFailures: Bool
  package var samples: SampleSelection
  /// Whose scores and answers were taken; `nil` = the calls' own.
  package var grader: String?

  package init(
    sentence: String, aim: ChoiceRule.Aim, scoreTarget: ChoiceRule.ScoreTarget? = nil, budget: Double? = nil,
    fleetBudget: Double? = nil, maxLatencyP95: Double? = nil, confidence: Double? = nil,
    isOneStandardError: Bool = false, costUnit: CostUnit = .usd, accounting: Accounting = .billed,
    continuation: Continuation = .reprompt, excludesFailures: Bool = false,
    samples: SampleSelection = .first, grader: String? = nil
  ) {
    self.sentence = sentence
    self.aim = aim
    self.scoreTarget = scoreTarget
    self.budget = budget
    self.fleetBudget = fleetBudget
    self.maxLatencyP95 = maxLatencyP95
    self.confidence = confidence
    self.isOneStandardError = isOneStandardError
    self.costUnit = costUnit
    self.accounting = accounting
    self.continuation = continuation
    self.excludesFailures = excludesFailures
    self.samples = samples
    self.grader = grader
  }
}

/// The prices that costs were computed from.
package struct ProductionPrices: Sendable, Equatable {
  /// One payer of the trace.
  package struct Row: Sendable, Equatable {
    package var model: String
    package var price: ModelPrice

    package init(model: String, price: ModelPrice) {
      self.model = model
      self.price = price
    }
  }

  package var book: String
  package var date: String?
  /// SHA-256 of the book's bytes, hexadecimal.
  package var sha256: String
  package var rows: [Row]

  package init(book: String, date: String?, sha256: String, rows: [Row]) {
    self.book = book
    self.date = date
    self.sha256 = sha256
    self.rows = rows
  }

  package func price(of model: String) -> ModelPrice? {
    rows.first { ExactString($0.model) == ExactString(model) }?.price
  }
}

/// A model that may be called.
package struct ProductionModel: Sendable, Equatable {
  package var name: String
  package var isInPool: Bool
  /// Active only for queries that need one of these; empty = always.
  package var skills: [String]
  package var continuation: DeclaredContinuation?

  package init(
    name: String, isInPool: Bool = true, skills: [String] = [], continuation: DeclaredContinuation? = nil
  ) {
    self.name = name
    self.isInPool = isInPool
    self.skills = skills
    self.continuation = continuation
  }
}

/// A workload's part of the traffic.
package struct ProductionShare: Sendable, Equatable {
  package var workload: String
  package var share: Double

  package init(workload: String, share: Double) {
    self.workload = workload
    self.share = share
  }
}
