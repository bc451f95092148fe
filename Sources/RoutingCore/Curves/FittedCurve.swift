/// A curve fitted to points: every family, the one chosen, and what it says.
package struct FittedCurve: Sendable {
  /// `nil` for points from a table.
  package let workload: String?
  /// `boot`, `k`, `layers`, or the name of a table's column.
  package let along: String
  /// What the policies share, as in their ids; empty for points from a table.
  package let slice: String
  package let points: [Reading]
  /// Independent points; fewer than the fitted ones where some follow from others.
  package let rank: Int
  package let families: [FamilyOutcome]
  /// The chosen family's name; `nil` where none could be fitted.
  package let chosen: String?
  /// The chosen curve for x → ∞; `nil` where it has no limit.
  package let asymptote: Double?
  package let marginalGain: MarginalGain?
  package let optimum: CurveOptimum?
  /// The chosen curve with its standard error, for drawing.
  package let line: [CurvePoint]
  /// What to know, in sentences.
  package let notes: [String]

  package init(
    workload: String?, along: String, slice: String, points: [Reading], rank: Int, families: [FamilyOutcome],
    chosen: String?, asymptote: Double?, marginalGain: MarginalGain?, optimum: CurveOptimum?,
    line: [CurvePoint], notes: [String]
  ) {
    self.workload = workload
    self.along = along
    self.slice = slice
    self.points = points
    self.rank = rank
    self.families = families
    self.chosen = chosen
    self.asymptote = asymptote
    self.marginalGain = marginalGain
    self.optimum = optimum
    self.line = line
    self.notes = notes
  }

  /// A measured point as outputs show it.
  package struct Reading: Sendable, Equatable {
    package let x: Double
    package let y: Double
    package let standardError: Double?
    /// Per query, in cost units; `nil` where no cost is asked for.
    package let cost: Double?
    /// Whether it is one of the points fitted.
    package let isFitted: Bool
    /// Why not, e.g. `equal to x = 1 on every query`.
    package let remark: String?

    package init(
      x: Double, y: Double, standardError: Double?, cost: Double? = nil, isFitted: Bool = true,
      remark: String? = nil
    ) {
      self.x = x
      self.y = y
      self.standardError = standardError
      self.cost = cost
      self.isFitted = isFitted
      self.remark = remark
    }
  }
}

/// What more of x brings along the chosen curve.
package struct MarginalGain: Sendable, Equatable {
  /// The gain is that of this many units of x: 100 tokens, 1 candidate.
  package let step: Double
  package let values: [(x: Double, gain: Double)]

  package init(step: Double, values: [(x: Double, gain: Double)]) {
    self.step = step
    self.values = values
  }

  package static func == (left: MarginalGain, right: MarginalGain) -> Bool {
    left.step == right.step && left.values.elementsEqual(right.values) { $0 == $1 }
  }
}

/// The x with the largest S(x) − λT(x) on a fitted curve, beside the measured one.
package struct CurveOptimum: Sendable, Equatable {
  package let lambda: Double
  package let x: Double
  /// 95 % interval from refitted replicates; `nil` where too few of them could be fitted.
  package let low: Double?
  package let high: Double?
  /// Whether it is the first or last x measured: the true one may lie beyond.
  package let isAtEdge: Bool
  /// S(x) − λT(x) there.
  package let objective: Double
  /// The measured x with the largest objective, and the interval of that choice over the replicates.
  package let measured: (x: Double, low: Double, high: Double)
  /// Whether the two differ by no more than their intervals allow.
  package let agrees: Bool

  package init(
    lambda: Double, x: Double, low: Double?, high: Double?, isAtEdge: Bool, objective: Double,
    measured: (x: Double, low: Double, high: Double), agrees: Bool
  ) {
    self.lambda = lambda
    self.x = x
    self.low = low
    self.high = high
    self.isAtEdge = isAtEdge
    self.objective = objective
    self.measured = measured
    self.agrees = agrees
  }

  package static func == (left: CurveOptimum, right: CurveOptimum) -> Bool {
    left.lambda == right.lambda && left.x == right.x && left.low == right.low && left.high == right.high
      && left.isAtEdge == right.isAtEdge && left.objective == right.objective
      && left.measured == right.measured && left.agrees == right.agrees
  }
}
