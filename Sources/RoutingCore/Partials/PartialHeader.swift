/// Where a partial comes from, and what all partials of a sweep must have in common.
package struct PartialHeader: Sendable, Equatable {
  package var traceName: String
  /// Of the shard.
  package var fingerprint: String
  /// SHA-256 of the trace's header without its name.
  package var headerDigest: String
  /// The pool, then the header's other models in their order.
  package var candidates: [String]
  package var poolCount: Int
  /// Those of `candidates` beyond the pool that the shard has full answers of.
  package var respondents: [String]
  /// Names of selectors and aggregators the shard has recorded calls of.
  package var selectors: [String]
  package var aggregators: [String]
  /// Over `candidates`.
  package var grid: Grid
  package var terms: PartialTerms

  package init(
    traceName: String, fingerprint: String, headerDigest: String, candidates: [String], poolCount: Int,
    respondents: [String], selectors: [String], aggregators: [String], grid: Grid, terms: PartialTerms
  ) {
    self.traceName = traceName
    self.fingerprint = fingerprint
    self.headerDigest = headerDigest
    self.candidates = candidates
    self.poolCount = poolCount
    self.respondents = respondents
    self.selectors = selectors
    self.aggregators = aggregators
    self.grid = grid
    self.terms = terms
  }

  /// The numbering of models that every shard of a trace shares.
  package static func candidates(of header: TraceHeader) -> [String] {
    let pool = Set(header.pool.map(ExactString.init))
    return header.pool + header.models.map(\.name).filter { !pool.contains(ExactString($0)) }
  }
}

/// The flags that decide what a partial holds; threads are none of them.
package struct PartialTerms: Sendable, Equatable {
  package var seed: UInt64
  package var replicates: Int
  package var costUnit: CostUnit
  package var accounting: Accounting
  package var minCoverage: CoverageShare
  package var excludesFailures: Bool
  package var lambdas: [Lambda]
  package var samples: SampleSelection
  package var grader: String?
  /// Names given with `--workload`; `nil` = all.
  package var workloads: [String]?
  /// Without its prices; `nil` where tokens are counted.
  package var prices: PriceBook?

  package init(
    _ settings: SweepSettings, samples: SampleSelection, grader: String?, workloads: [String]?,
    prices: PriceBook?
  ) {
    seed = settings.seed
    replicates = settings.replicates
    costUnit = settings.costUnit
    accounting = settings.accounting
    minCoverage = settings.minCoverage
    excludesFailures = settings.excludesFailures
    lambdas = settings.lambdas
    self.samples = samples
    self.grader = grader
    self.workloads = workloads.map(ExactString.sorted)
    self.prices = prices.map { PriceBook(name: $0.name, date: $0.date, sha256: $0.sha256, prices: [:]) }
  }

  /// As a sweep has them.
  package func settings(continuation: Continuation) -> SweepSettings {
    var settings = SweepSettings()
    settings.seed = seed
    settings.replicates = replicates
    settings.costUnit = costUnit
    settings.accounting = accounting
    settings.continuation = continuation
    settings.minCoverage = minCoverage
    settings.excludesFailures = excludesFailures
    settings.lambdas = lambdas
    return settings
  }
}

extension PartialHeader {
  /// What must be the same in all partials of a sweep: flag or thing, and its value in words.
  var facts: [(name: String, value: String)] {
    func list(_ parts: [some CustomStringConvertible]) -> String {
      parts.map(\.description).joined(separator: ",")
    }
    return [
      ("the name of the trace", traceName), ("the trace's header", headerDigest),
      ("--k", list(grid.k)), ("--boot", list(grid.boots)), ("--layers", list(grid.layers)),
      ("--schedule", list(grid.schedules.map(\.rawValue))), ("--selector", list(grid.selectors)),
      ("--aggregator", list(grid.aggregators)), ("--continuation", grid.continuation.rawValue),
      ("--cost-unit", terms.costUnit.rawValue), ("--accounting", terms.accounting.rawValue),
      ("the price book's sha256", terms.prices?.sha256 ?? "none"), ("--seed", String(terms.seed)),
      ("--replicates", String(terms.replicates)),
      ("--min-coverage", FixedPoint.text(terms.minCoverage.millionths, places: 6)),
      ("--failures", terms.excludesFailures ? "exclude" : "count"), ("--samples", terms.samples.rawValue),
      ("--grader", terms.grader ?? "none"), ("--workload", terms.workloads.map(list) ?? "all"),
      ("--lambda", list(terms.lambdas.map(\.value))),
    ]
  }
}
