import Foundation
import GRDB
package import RoutingCore

extension TraceDatabase {
  /// The same trace with the word similarities its policies rank by.
  ///
  /// They are computed once and kept in the trace under the fingerprint of its content; a trace that cannot
  /// be written is left as it is.
  package func addingSimilarities(_ needs: SimilarityNeeds, to trace: Trace, threads: Int) async throws
    -> Trace
  {
    guard !needs.prefixCuts.isEmpty || !needs.refinementCuts.isEmpty else { return trace }
    var similarities = SimilarityColumns()
    var missing: [Int32] = []
    for cut in needs.prefixCuts {
      if let known = try cached(cut, of: trace) {
        similarities.prefixes[cut] = known
      } else {
        missing.append(cut)
      }
    }
    if !missing.isEmpty || !needs.refinementCuts.isEmpty { try check(SealedTable.read) }
    if !missing.isEmpty {
      let columns = try await prefixSimilarities(missing, of: trace, threads: threads)
      for (cut, column) in zip(missing, columns) {
        similarities.prefixes[cut] = column
        store(column, cut, of: trace)
      }
    }
    if !needs.refinementCuts.isEmpty {
      let texts = try texts(of: trace.refinements.calls.callID.map { $0 })
      similarities.refinements = trace.refinementSimilarities(cuts: needs.refinementCuts) { entry in
        texts[trace.refinements.calls.callID[entry]]?.cuttable(trace.refinements.calls.output[entry])
      }
    }
    return trace.adding(similarities)
  }

  private func prefixSimilarities(_ cuts: [Int32], of trace: Trace, threads: Int) async throws
    -> [ContiguousArray<Int32>]
  {
    // Enough rows at once to keep the tasks busy, few enough to hold their texts in memory.
    let step = 256 * threads
    var columns = cuts.map { _ in ContiguousArray<Int32>() }
    for start in stride(from: 0, to: trace.rows.count, by: step) {
      let rows = start..<min(start + step, trace.rows.count)
      let entries = rows.lowerBound * trace.candidates.count..<rows.upperBound * trace.candidates.count
      let texts = try texts(of: entries.map { trace.responses.callID[$0] }.filter { $0 >= 0 })
      let pieces = (rows.count + 63) / 64
      let parts = await Parallel.map(count: pieces, threads: threads) { piece in
        let first = rows.lowerBound + piece * 64
        return trace.prefixSimilarities(rows: first..<min(first + 64, rows.upperBound), cuts: cuts) {
          row, candidate in
          let entry = row * trace.candidates.count + candidate
          return texts[trace.responses.callID[entry]]?.cuttable(trace.responses.output[entry])
        }
      }
      for part in parts {
        for position in cuts.indices { columns[position].append(contentsOf: part[position]) }
      }
    }
    return columns
  }

  private struct StoredAnswer: Sendable {
    let text: String
    let tokenEnds: [Int32]?

    func cuttable(_ output: Int32) -> CuttableText {
      CuttableText(text, tokenEnds: tokenEnds, outputTokens: output)
    }
  }

  private func texts(of calls: [Int64]) throws -> [Int64: StoredAnswer] {
    try translatingErrors {
      try queue.read { db in
        var texts: [Int64: StoredAnswer] = [:]
        let reader = try TextReader(db, path: path)
        let find = try BulkStatement(
          db,
          """
          SELECT c.text_id, d.token_ends, c.token_end_count FROM calls c LEFT JOIN call_contents d ON d.call_id = c.id
          WHERE c.id = ?
          """)
        for call in calls {
          find.bind(1, call)
          defer { find.reset() }
          guard try find.next() else { throw TraceFileError.damaged(path, "call \(call)") }
          guard let text = try reader.text(find.integer(0)) else { continue }
          let ends = find.isNull(1) ? nil : find.withBlob(1, TokenEnds.decode)
          let isInside = ends?.last.map { $0 <= text.utf8.count } ?? true
          guard isInside, ends?.count == find.integer(2).map({ Int($0) }) else {
            throw TraceFileError.damaged(path, "token ends")
          }
          texts[call] = StoredAnswer(text: text, tokenEnds: ends)
        }
        return texts
      }
    }
  }

  // MARK: Cache

  private static let cacheName = "similarity/1"

  private func key(_ cut: Int32, _ trace: Trace) -> Data {
    let samples = trace.rows.sample.contains { $0 != 0 } ? "all" : "first"
    return ContentHash.bytes(Data("\(trace.fingerprint)/\(cut)/\(samples)/\(TokenEstimator.cutName)".utf8))
  }

  private func cached(_ cut: Int32, of trace: Trace) throws -> ContiguousArray<Int32>? {
    let key = key(cut, trace)
    let content = try translatingErrors {
      try queue.read { db in
        try Data.fetchOne(
          db, sql: "SELECT content FROM caches WHERE name = ? AND key = ?", arguments: [Self.cacheName, key])
      }
    }
    let count = trace.rows.count * SimilarityColumns.pairs(trace.poolCount)
    guard let content, content.count == count * 4 + 32 else { return nil }
    // A cache that does not match its own hash is computed again.
    let body = content.dropFirst(32)
    guard ContentHash.bytes(body) == content.prefix(32) else { return nil }
    let column = body.withUnsafeBytes { bytes in
      ContiguousArray(
        (0..<count).map { Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self)) })
    }
    return column.allSatisfy((CallColumns.unknown...Int32(Score.unit)).contains) ? column : nil
  }

  private func store(_ column: ContiguousArray<Int32>, _ cut: Int32, of trace: Trace) {
    var body = Data(capacity: column.count * 4)
    for value in column { withUnsafeBytes(of: value.littleEndian) { body.append(contentsOf: $0) } }
    let content = ContentHash.bytes(body) + body
    let key = key(cut, trace)
    // Only a saving of time: where the file cannot be written, the next sweep computes it again.
    guard FileManager.default.isWritableFile(atPath: path),
      let database = try? TraceDatabase(changing: path)
    else { return }
    try? database.queue.write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO caches VALUES (?, ?, ?)", arguments: [Self.cacheName, key, content])
    }
    try? database.queue.close()
  }
}
