import Foundation
import RoutingCore
import TraceStore

/// Everything that is ever read from a trace, as text to compare.
struct TraceReading: Equatable {
  let fingerprint: String
  let lines: Data
  let counts: String
  /// The columns for replay: plain scores, then the grades of one grader.
  let columns: [String]
  let similarities: String

  init(_ path: String, grader: String) async throws {
    let database = try TraceDatabase(reading: path)
    let trace = try database.trace(samples: .all, grader: nil)
    columns = [Self.text(trace), Self.text(try database.trace(samples: .all, grader: grader))]
    let policies = try [
      "k=1,boot=3,layers=2,selector=consensus,aggregator=vote",
      "k=3>2,boot=full,layers=3,selector=consensus,aggregator=vote",
    ].map { try Policy(id: $0) }
    let compared = try await database.addingSimilarities(SimilarityNeeds(policies), to: trace, threads: 1)
      .similarities
    similarities =
      Self.text(compared.prefixes.sorted { $0.key < $1.key })
      + compared.refinements.map { Self.text($0.key) + "\($0.value)" }.sorted().joined()
    fingerprint = try database.fingerprint()
    counts = Self.text(try database.inspect())
    var lines = Data()
    try database.exportJSONLines { lines.append(contentsOf: $0) }
    self.lines = lines
  }

  /// What is not the same, by name.
  func differences(from other: TraceReading) -> [String] {
    [
      fingerprint == other.fingerprint ? nil : "fingerprint", lines == other.lines ? nil : "export",
      counts == other.counts ? nil : "counts", columns == other.columns ? nil : "columns",
      similarities == other.similarities ? nil : "similarities",
    ].compactMap { $0 }
  }

  private static func text(_ value: some Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }
}
