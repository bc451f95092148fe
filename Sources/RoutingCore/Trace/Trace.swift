/// Everything a replay reads, as columns with dense ids: no strings and no optionals in a loop.
///
/// A class, so that the many columns are passed around as one reference; immutable.
///
/// A **row** is one query with one sample. Rows are sorted by workload, group, query and sample, so a
/// workload and a group are each a range of rows. Candidates are the pool in its order, followed by the
/// other models that have full answers (they appear as `single:` baselines only).
package final class Trace: Sendable {
  package let name: String
  /// SHA-256 over the content in canonical order, hexadecimal.
  package let fingerprint: String
  /// Names of the candidates; the first `poolCount` are the pool.
  package let candidates: [String]
  package let poolCount: Int
  /// Skills each candidate declares.
  package let candidateSkills: [[String]]
  /// Candidates whose endpoint cannot continue a prefix.
  package let restarting: CandidateSet
  /// Names by which calls are priced; candidates come first, in their order.
  package let payers: [String]
  /// Names of selectors with recorded rankings, sorted.
  package let selectors: [String]
  /// Names of aggregators with recorded merges or refinements, sorted.
  package let aggregators: [String]
  /// Sorted by name.
  package let workloads: [Workload]
  package let rows: RowColumns
  package let groups: GroupColumns
  /// Entry `row · candidates.count + candidate`.
  package let responses: CallColumns
  package let prefixes: CallTable<CutKey>
  package let boots: CallTable<CutKey>
  package let continuations: CallTable<CutKey>
  package let rankings: CallTable<SetCallKey>
  package let orders: RankingOrders
  package let merges: CallTable<SetCallKey>
  package let refinements: CallTable<SetCallKey>
  /// Recorded costs in picodollars, where tokens are unknown.
  package let recordedCosts: [Cost]
  /// Answers by dense id.
  package let answers: [String]
  /// Word similarities of the pool's texts, as far as they were asked for.
  package let similarities: SimilarityColumns
  /// How often each row counts where a mean over a workload is taken to choose by; empty = once.
  package let traffic: ContiguousArray<Int64>

  init(
    name: String, fingerprint: String, candidates: [String], poolCount: Int, candidateSkills: [[String]],
    restarting: CandidateSet, payers: [String], selectors: [String], aggregators: [String],
    workloads: [Workload], rows: RowColumns, groups: GroupColumns, responses: CallColumns,
    prefixes: CallTable<CutKey>, boots: CallTable<CutKey>, continuations: CallTable<CutKey>,
    rankings: CallTable<SetCallKey>, orders: RankingOrders, merges: CallTable<SetCallKey>,
    refinements: CallTable<SetCallKey>, recordedCosts: [Cost], answers: [String],
    similarities: SimilarityColumns = SimilarityColumns(), traffic: ContiguousArray<Int64> = []
  ) {
    self.name = name
    self.fingerprint = fingerprint
    self.candidates = candidates
    self.poolCount = poolCount
    self.candidateSkills = candidateSkills
    self.restarting = restarting
    self.payers = payers
    self.selectors = selectors
    self.aggregators = aggregators
    self.workloads = workloads
    self.rows = rows
    self.groups = groups
    self.responses = responses
    self.prefixes = prefixes
    self.boots = boots
    self.continuations = continuations
    self.rankings = rankings
    self.orders = orders
    self.merges = merges
    self.refinements = refinements
    self.recordedCosts = recordedCosts
    self.answers = answers
    self.similarities = similarities
    self.traffic = traffic
  }
}

extension Trace {
  package var pool: ArraySlice<String> { candidates[..<poolCount] }

  /// The same trace with the similarities its replay needs.
  package func adding(_ similarities: SimilarityColumns) -> Trace {
    Trace(
      name: name, fingerprint: fingerprint, candidates: candidates, poolCount: poolCount,
      candidateSkills: candidateSkills, restarting: restarting, payers: payers, selectors: selectors,
      aggregators: aggregators, workloads: workloads, rows: rows, groups: groups, responses: responses,
      prefixes: prefixes, boots: boots, continuations: continuations, rankings: rankings, orders: orders,
      merges: merges, refinements: refinements, recordedCosts: recordedCosts, answers: answers,
      similarities: similarities, traffic: traffic)
  }

  /// The same trace with other names of recorded tools; those it has calls of keep their positions.
  func naming(selectors: [String], aggregators: [String]) -> Trace {
    Trace(
      name: name, fingerprint: fingerprint, candidates: candidates, poolCount: poolCount,
      candidateSkills: candidateSkills, restarting: restarting, payers: payers, selectors: selectors,
      aggregators: aggregators, workloads: workloads, rows: rows, groups: groups, responses: responses,
      prefixes: prefixes, boots: boots, continuations: continuations, rankings: rankings, orders: orders,
      merges: merges, refinements: refinements, recordedCosts: recordedCosts, answers: answers,
      similarities: similarities, traffic: traffic)
  }

  /// The same rows as one workload, each counting as often as its traffic says.
  func pooled(as name: String, traffic: ContiguousArray<Int64>) -> Trace {
    Trace(
      name: self.name, fingerprint: fingerprint, candidates: candidates, poolCount: poolCount,
      candidateSkills: candidateSkills, restarting: restarting, payers: payers, selectors: selectors,
      aggregators: aggregators,
      workloads: [Workload(name: name, rows: 0..<rows.count, groups: 0..<groups.key.count)], rows: rows,
      groups: groups, responses: responses, prefixes: prefixes, boots: boots, continuations: continuations,
      rankings: rankings, orders: orders, merges: merges, refinements: refinements,
      recordedCosts: recordedCosts, answers: answers, similarities: similarities, traffic: traffic)
  }
}

/// One workload: a range of rows and of groups.
package struct Workload: Sendable, Equatable {
  package let name: String
  package let rows: Range<Int>
  package let groups: Range<Int>
}

/// Columns with one entry per row.
package struct RowColumns: Sendable {
  /// Query ids.
  package var query: [String] = []
  package var sample: ContiguousArray<Int32> = []
  /// The pool's candidates that are active for the query.
  package var active: ContiguousArray<CandidateSet> = []
  /// First 8 bytes of SHA-256 of the query id.
  package var queryKey: ContiguousArray<UInt64> = []
  /// Position in `GroupColumns`.
  package var group: ContiguousArray<Int32> = []
  /// Positions in recorded order; empty where none is recorded or none was asked for.
  package var ordinal: ContiguousArray<Int64?> = []

  package var count: Int { query.count }
}

/// Columns with one entry per (workload, group).
package struct GroupColumns: Sendable {
  /// First 8 bytes of SHA-256 of the group id, big-endian.
  package var key: ContiguousArray<UInt64> = []
  /// SHA-256 of the group id mod 10.
  package var fold: ContiguousArray<UInt8> = []
  /// The first row of each group, and one past the last row.
  package var rowStart: ContiguousArray<Int> = [0]
}

/// The orders of rankings, best first, by ranking entry.
package struct RankingOrders: Sendable {
  /// `start[i] ..< start[i + 1]` are the entries of ranking i; an unparsable or failed one has none.
  package var start: ContiguousArray<Int32> = [0]
  /// Candidates.
  package var candidates: ContiguousArray<UInt8> = []
  /// The selector's figure of each entry in millionths; empty where a trace records none.
  package var scores: ContiguousArray<Int64> = []
}

/// What replay needs of a query's or group's SHA-256; the hash itself is computed by whoever has one.
package struct IdentityDigest: Sendable, Equatable {
  /// Into how many parts queries are divided for cross-validation, by their groups (Scheme.md, "Held-out figures").
  package static let folds: UInt8 = 10

  package let key: UInt64
  /// 0 ..< `folds`.
  package let fold: UInt8

  /// From the 32 bytes of the SHA-256 of an id: the first 8 bytes as a big-endian number, and the whole
  /// digest as a big-endian number modulo the folds (Scheme.md, "Resampling", "Held-out figures").
  package init(sha256 digest: some Sequence<UInt8>) {
    key = digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    fold = UInt8(digest.reduce(0) { ($0 * 256 + Int($1)) % Int(Self.folds) })
  }

  /// Where nothing is drawn or folded.
  package static let none = IdentityDigest(sha256: [])
}
