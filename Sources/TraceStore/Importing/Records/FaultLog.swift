/// Collects what is wrong with the records of other tools' files, until it is handed to a sink.
final class FaultLog {
  private var problems: [ImportProblem] = []

  var isEmpty: Bool { problems.isEmpty }

  func note(_ fault: ImportFault, file: String, line: Int?, field: String? = nil) {
    problems.append(ImportProblem(file: file, line: line, field: field, fault: fault))
  }

  /// Hands everything on.
  ///
  /// - Throws: what the sink throws once there are too many problems.
  func flush(to sink: any ImportSink) throws {
    let noted = problems
    problems = []
    for problem in noted { try sink.note(problem) }
  }
}
