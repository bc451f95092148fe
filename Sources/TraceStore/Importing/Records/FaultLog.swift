/// Collects what is wrong with the records of other tools' files, and remarks on them, until it is handed to a
/// sink.
final class FaultLog {
  private var problems: [ImportProblem] = []
  private var remarks: [String] = []

  var isEmpty: Bool { problems.isEmpty }

  func note(_ fault: ImportFault, file: String, line: Int?, field: String? = nil) {
    problems.append(ImportProblem(file: file, line: line, field: field, fault: fault))
  }

  /// Something people should know that is no problem.
  func remark(_ text: String) { remarks.append(text) }

  /// Hands everything on.
  ///
  /// - Throws: what the sink throws once there are too many problems.
  func flush(to sink: any ImportSink) throws {
    let noted = problems
    problems = []
    for remark in remarks { sink.remark(remark) }
    remarks = []
    for problem in noted { try sink.note(problem) }
  }
}
