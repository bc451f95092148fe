import GRDB
import RoutingCore

/// Stores grades, within one transaction that its owner opens, and renews the hash of every query it changes.
final class GradeWriter {
  private let name: String
  private let setScore: BulkStatement
  private let setGrade: BulkStatement
  private let dropGrade: BulkStatement
  private let setPrefix: BulkStatement
  private let setHash: BulkStatement
  private let answers: NameTable
  private let grader: Int64?
  private var encoder = InterchangeEncoder()
  /// Whether anything was stored or taken away.
  private(set) var hasChanged = false

  init(_ db: Database, name: String) throws {
    self.name = name
    setScore = try BulkStatement(db, "UPDATE calls SET answer_id = ?, score = ? WHERE id = ?")
    setGrade = try BulkStatement(
      db, "INSERT OR REPLACE INTO grades (call_id, grader_id, answer_id, score) VALUES (?, ?, ?, ?)")
    dropGrade = try BulkStatement(db, "DELETE FROM grades WHERE call_id = ? AND grader_id = ?")
    setPrefix = try BulkStatement(
      db,
      "INSERT OR REPLACE INTO prefix_grades (call_id, boot_budget, answer_id, score) VALUES (?, ?, ?, ?)")
    setHash = try BulkStatement(db, "UPDATE queries SET sha256 = ? WHERE id = ?")
    answers = try NameTable(db, table: "answers", column: "answer")
    grader = try NameTable(db, table: "graders").id(of: name)
  }

  /// - Parameter rescores: make the grades the answers and scores.
  func write(_ query: RecordReader.Stored, _ outcomes: [QueryGrading.Outcome], rescores: Bool) throws {
    var record = query.record
    for (index, outcome) in outcomes.enumerated() {
      if case .notGraded = outcome { continue }
      let id = query.callIDs[index]
      guard case .graded(let grade, let prefixes) = outcome else {
        // An older grade of this name is not of this grading.
        if let place = place(in: record.calls[index]) {
          record.calls[index].grades.remove(at: place)
          try drop(id)
        }
        continue
      }
      record.calls[index].set(NamedGrade(name: name, answer: grade.answer, score: grade.score))
      let answer = try answers.id(of: grade.answer)
      try put(setGrade, id, grader, answer, grade.score)
      guard rescores else { continue }
      record.calls[index].answer = grade.answer
      record.calls[index].score = grade.score
      setScore.bind(1, answer)
      setScore.bind(2, grade.score.millionths)
      setScore.bind(3, id)
      try setScore.run()
      for prefix in prefixes {
        record.calls[index].set(prefix)
        let answer = try answers.id(of: prefix.answer)
        try put(setPrefix, id, Int64(prefix.bootBudget.cut), answer, prefix.score)
      }
    }
    if record != query.record { try renewHash(record, query.id) }
  }

  private func place(in call: CallRecord) -> Int? {
    call.grades.firstIndex { ExactString($0.name) == ExactString(name) }
  }

  private func put(
    _ statement: BulkStatement, _ call: Int64, _ key: Int64?, _ answer: Int64?, _ score: Score?
  ) throws {
    hasChanged = true
    statement.bind(1, call)
    statement.bind(2, key)
    statement.bind(3, answer)
    statement.bind(4, score?.millionths)
    try statement.run()
  }

  private func drop(_ call: Int64) throws {
    hasChanged = true
    dropGrade.bind(1, call)
    dropGrade.bind(2, grader)
    try dropGrade.run()
  }

  private func renewHash(_ record: QueryRecord, _ id: Int64) throws {
    encoder.clear()
    encoder.encode(record)
    let hash = encoder.bytes.withUnsafeBytes { TextHash($0) }
    hash.withBytes { setHash.bind(1, $0) }
    setHash.bind(2, id)
    try setHash.run()
  }
}

extension CallRecord {
  /// Adds a grade in its place, or replaces the one of its name.
  fileprivate mutating func set(_ grade: NamedGrade) {
    grades.removeAll { ExactString($0.name) == ExactString(grade.name) }
    let place = grades.firstIndex { ExactString(grade.name) < ExactString($0.name) } ?? grades.count
    grades.insert(grade, at: place)
  }

  fileprivate mutating func set(_ prefix: PrefixGrade) {
    prefixes.removeAll { $0.bootBudget == prefix.bootBudget }
    let place = prefixes.firstIndex { prefix.bootBudget < $0.bootBudget } ?? prefixes.count
    prefixes.insert(prefix, at: place)
  }
}
