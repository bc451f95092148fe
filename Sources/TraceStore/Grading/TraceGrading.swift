import Dispatch
import GRDB
package import RoutingCore
import Synchronization

/// Grades the texts of a trace: every query, or nothing.
package enum TraceGrading {
  /// - Parameter progress: called with the number of queries graded so far.
  /// - Throws: `TraceFileError`; `GraderError` where the grader cannot go on. The trace is then as it was.
  package static func run(
    _ grader: any AnswerGrader, _ settings: GradingSettings, on path: String, progress: (Int) -> Void
  ) throws -> GradingReport {
    guard !settings.comparesOnly else {
      let database = try TraceDatabase(reading: path)
      try database.checkAll()
      let header = try database.header()
      return try database.translatingErrors {
        try database.queue.read { db in
          try pass(db, path, header, grader, settings, writer: nil, progress)
        }
      }
    }
    let database = try TraceDatabase(changing: path)
    try database.checkAll()
    let header = try database.header()
    defer { try? database.queue.close() }
    return try database.translatingErrors {
      try database.queue.writeWithoutTransaction { db in
        var report: GradingReport?
        try db.inTransaction(.immediate) {
          let writer = try GradeWriter(db, name: settings.name)
          report = try pass(db, path, header, grader, settings, writer: writer, progress)
          // The name of grades that do not exist is no news either.
          guard writer.hasChanged else { return .rollback }
          // Caches are found by the fingerprint, which is another one now.
          try db.execute(sql: "DELETE FROM caches")
          try TraceSeal.renew(db)
          return .commit
        }
        guard let report else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return report
      }
    }
  }

  /// Queries graded together, and the most bytes of text they may have before no further one is added.
  private static let batch = (count: 64, bytes: 32 << 20)

  private static func pass(
    _ db: Database, _ path: String, _ header: TraceHeader, _ grader: any AnswerGrader,
    _ settings: GradingSettings, writer: GradeWriter?, _ progress: (Int) -> Void
  ) throws -> GradingReport {
    let plan = try GradingPlan(db, settings, path: path)
    var summary = GradingSummary(settings, header: header, plan: plan, findsAnswers: grader.findsAnswers)
    let reader = try RecordReader(db, header: header, path: path)
    var last = Int64.min
    var count = 0
    while true {
      let queries = try reader.queries(after: last, count: batch.count, bytes: batch.bytes)
      guard let end = queries.last?.id else { break }
      last = end
      let outcomes = outcomes(queries.map(\.record), plan, grader, settings)
      if let breakdown = grader.breakdown { throw breakdown }
      for (query, outcomes) in zip(queries, outcomes) where plan.includes(query.record.workload) {
        summary.add(query.record, outcomes)
        try writer?.write(query, outcomes, rescores: plan.rescores(query.record.workload))
      }
      count += queries.count
      progress(count)
    }
    return summary.report
  }

  /// The outcomes of each query, in order, whatever the number of threads.
  private static func outcomes(
    _ records: [QueryRecord], _ plan: GradingPlan, _ grader: any AnswerGrader, _ settings: GradingSettings
  ) -> [[QueryGrading.Outcome]] {
    let results = Mutex([[QueryGrading.Outcome]](repeating: [], count: records.count))
    let tasks = max(1, min(settings.threads, records.count))
    DispatchQueue.concurrentPerform(iterations: tasks) { task in
      for index in stride(from: task, to: records.count, by: tasks)
      where plan.includes(records[index].workload) {
        let rescores = plan.rescores(records[index].workload)
        let grading = QueryGrading(grader: grader, prefixes: settings.prefixes, cutsResponses: rescores)
        let outcomes = grading.outcomes(records[index])
        results.withLock { $0[index] = outcomes }
      }
    }
    return results.withLock { $0 }
  }
}

/// Which workloads are graded, and where the grades become the scores.
struct GradingPlan: Sendable {
  let workloads: [String]
  private let rescored: Set<String>

  init(_ db: Database, _ settings: GradingSettings, path: String) throws {
    let known = try String.fetchAll(db, sql: "SELECT name FROM workloads ORDER BY name COLLATE BINARY")
    for name in settings.workloads ?? [] where !known.contains(name) {
      throw PolicyError.unknown(kind: "workload", name: name, known: known)
    }
    workloads = settings.workloads.map { wanted in known.filter(wanted.contains) } ?? known
    let scored = try String.fetchSet(
      db,
      sql: """
        SELECT DISTINCT w.name FROM calls c JOIN queries q ON q.id = c.query_id JOIN workloads w ON w.id = q.workload_id
        WHERE c.score IS NOT NULL
        """)
    rescored = Set(workloads.filter { settings.replacesScores || !scored.contains($0) })
  }

  func includes(_ workload: String) -> Bool { workloads.contains(workload) }

  /// Whether the grades become the answers and scores: where there are none yet, or it was asked for.
  func rescores(_ workload: String) -> Bool { rescored.contains(workload) }
}
