/// How the variance of the score falls with the number of merged answers, and the laws compared with it
/// (Scheme.md, "Variance laws").
package struct VarianceCurve: Sendable {
  package let workload: String
  /// The aggregator's id.
  package let source: String
  package let kind: Kind
  package let points: [Point]
  /// Fitted laws; none for `mean`, which obeys its law by algebra.
  package let laws: [FamilyOutcome]
  /// The law with the smallest AIC.
  package let chosen: String?
  /// Correlation of the models (`mean`), or that of the fitted law `correlated`.
  package let rho: Correlation?
  /// k / (1 + (k − 1) ρ); empty where ρ is not known or not from 0 to 1.
  package let effectiveCandidates: [(k: Int, value: Double)]
  /// Rows of the workload that enter.
  package let rows: Int
  /// What to know, in sentences.
  package let text: String

  package init(
    workload: String, source: String, kind: Kind, points: [Point], laws: [FamilyOutcome], chosen: String?,
    rho: Correlation?, effectiveCandidates: [(k: Int, value: Double)], rows: Int, text: String
  ) {
    self.workload = workload
    self.source = source
    self.kind = kind
    self.points = points
    self.laws = laws
    self.chosen = chosen
    self.rho = rho
    self.effectiveCandidates = effectiveCandidates
    self.rows = rows
    self.text = text
  }

  /// Whose variance.
  package enum Kind: String, Sendable, CaseIterable {
    /// Across queries, of the score of a set of k; averaged over the sets.
    case across
    /// Within a query, over the sets of k; averaged over queries.
    case within
    /// Over repeated recordings of the same query and set; averaged over both.
    case samples
  }

  package struct Point: Sendable, Equatable {
    package let k: Int
    package let value: Double
    /// From the queries (infinitesimal jackknife over groups).
    package let standardError: Double
    /// Sets of k that enter, and how many there are.
    package let sets: Int
    package let allSets: Int

    package init(k: Int, value: Double, standardError: Double, sets: Int, allSets: Int) {
      self.k = k
      self.value = value
      self.standardError = standardError
      self.sets = sets
      self.allSets = allSets
    }
  }

  /// ρ with its 95 % interval; an end is `nil` where it is not identified.
  package struct Correlation: Sendable, Equatable {
    package let value: Double
    package let low: Double?
    package let high: Double?

    package init(value: Double, low: Double?, high: Double?) {
      self.value = value
      self.low = low
      self.high = high
    }
  }
}
