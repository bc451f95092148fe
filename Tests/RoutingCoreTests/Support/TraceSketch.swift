import Crypto
import RoutingCore

/// A trace written down in a test: a header and queries that a test may change before building it.
struct TraceSketch {
  var header: TraceHeader
  var queries: [QueryRecord]

  init(models: [ModelDeclaration], pool: [String]? = nil, queries: [QueryRecord]) {
    header = TraceHeader(name: "sketch", models: models, pool: pool)
    self.queries = queries
  }

  init(_ models: String..., pool: [String]? = nil, queries: [QueryRecord]) {
    self.init(models: models.map { ModelDeclaration(name: $0) }, pool: pool, queries: queries)
  }

  func trace(samples: SampleSelection = .first) throws -> Trace {
    try Trace.of(header: header, records: queries, samples: samples, digest: Self.digest)
      .withSimilarities(from: queries)
  }

  /// The same sketch with a change to the calls of its first query.
  func changing(_ change: (inout [CallRecord]) -> Void) -> TraceSketch {
    var copy = self
    change(&copy.queries[0].calls)
    return copy
  }

  /// The same sketch with a change to the calls that `matches` picks.
  func changing(where matches: (CallRecord) -> Bool, _ change: (inout CallRecord) -> Void) -> TraceSketch {
    changing { calls in
      for index in calls.indices where matches(calls[index]) { change(&calls[index]) }
    }
  }

  /// The same sketch without the calls of its first query that `matches` picks.
  func removing(where matches: (CallRecord) -> Bool) -> TraceSketch {
    changing { $0.removeAll(where: matches) }
  }

  static func digest(_ id: String) -> IdentityDigest {
    IdentityDigest(sha256: SHA256.hash(data: Array(id.utf8)))
  }
}

extension Trace {
  /// Word similarities of whole responses, whatever the budget: enough for texts shorter than any cut.
  fileprivate func withSimilarities(from records: [QueryRecord]) -> Trace {
    var similarities = SimilarityColumns()
    let pairs = SimilarityColumns.pairs(poolCount)
    var column = ContiguousArray<Int32>(repeating: CallColumns.unknown, count: rows.count * pairs)
    let byName = Dictionary(records.map { ($0.query, $0) }, uniquingKeysWith: { first, _ in first })
    for row in 0..<rows.count {
      let calls = byName[rows.query[row]]?.calls ?? []
      let counts = pool.map { name in
        calls.first { $0.role == .response && $0.model == name && $0.sample == rows.sample[row] }?.text
          .map { WordCounts($0) }
      }
      for first in 0..<poolCount {
        for second in first + 1..<poolCount {
          guard let left = counts[first], let right = counts[second] else { continue }
          column[row * pairs + SimilarityColumns.pair(first, second, of: poolCount)] = left.similarity(
            to: right)
        }
      }
    }
    for cut in [1, 5, 10, 20, 50, .max] as [Int32] { similarities.prefixes[cut] = column }
    return adding(similarities)
  }
}

func isResponse(_ model: String) -> (CallRecord) -> Bool { { $0.role == .response && $0.model == model } }
func isRole(_ role: CallRole) -> (CallRecord) -> Bool { { $0.role == role } }
func isToolCall(_ call: CallRecord) -> Bool { call.role != .response }
