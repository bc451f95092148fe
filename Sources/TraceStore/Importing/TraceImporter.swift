package import RoutingCore

/// Reads one format of recorded answers into canonical queries. A new one is a file and a line in the registry.
package protocol TraceImporter: Sendable {
  /// How the format is called on the command line.
  static var name: String { get }
  /// What it reads, in a few words.
  static var summary: String { get }

  /// Whether a file looks like one of this format's, from its beginning.
  static func recognises(_ file: FileOutline) -> Bool

  init(options: ImportOptions)

  /// Reads `files`, which may be folders where the format has several files. The header is handed on before
  /// the first query, and every file's must agree.
  ///
  /// - Throws: `InputError`, or what `sink` throws. Problems with the content go to the sink.
  func read(_ files: [String], into sink: any ImportSink) throws
}

/// What an import can be told.
package struct ImportOptions: Sendable {
  package var scoreRange: ScoreRange
  /// Which of several graders (filters, scorers, annotators) is the score.
  package var grader: String?
  /// Name of the workload instead of what the files say.
  package var workload: String?
  /// Name of the model where the files do not say it.
  package var model: String?
  /// Whether models may have been asked a query in different words, as chat templates make of one question.
  package var allowsDifferentPrompts = false
  /// What the columns of a table mean.
  package var columns: ColumnMap?

  package init(scoreRange: ScoreRange = .unit) { self.scoreRange = scoreRange }
}

/// Takes what an importer reads.
package protocol ImportSink: AnyObject {
  /// The header of the trace that is added to, or the one begun with.
  var known: TraceHeader? { get }
  /// Whether the header agrees with what is stored; if not, the problem is noted.
  func begin(_ header: TraceHeader, at place: (file: String, line: Int)) throws -> Bool
  func add(
    _ query: QueryRecord, reported: [(field: String, fault: ImportFault)], at place: (file: String, line: Int)
  ) throws
  func note(_ problem: ImportProblem) throws
  /// Something people should know that is no problem.
  func remark(_ text: String)
  /// Bytes read so far, of a total where it is known.
  func progress(bytes: Int64, of total: Int64?)
}
