import RoutingCore

/// Gathers the answers of several models and files, lines them up by query and hands the queries on.
///
/// Everything is kept in memory, prompts once each: a query is complete only when every file is read.
final class AnswerCollection {
  /// Answers that were left out, by reason.
  private struct Omission {
    var count = 0
    let first: ImportPlace
  }

  let options: ImportOptions
  /// Name of the format, which a new trace is called.
  let format: String
  let log = FaultLog()
  private var answers: [ImportedAnswer] = []
  private var prompts: [TextHash: ImportedPrompt] = [:]
  private var omissions: [(reason: String, omission: Omission)] = []
  private var remarks: [String] = []

  init(format: String, options: ImportOptions) {
    self.format = format
    self.options = options
  }

  func add(_ answer: ImportedAnswer) {
    var answer = answer
    if let prompt = answer.prompt {
      // The texts of equal prompts are kept once.
      answer.prompt = prompts[prompt.hash] ?? prompt
      prompts[prompt.hash] = answer.prompt
    }
    answers.append(answer)
  }

  /// Counts things that are not taken; `reason` names them, as in "rows without a text".
  func leaveOut(_ reason: String, at place: ImportPlace) {
    let index = omissions.firstIndex { $0.reason == reason }
    if index == nil { omissions.append((reason, Omission(first: place))) }
    omissions[index ?? omissions.count - 1].omission.count += 1
  }

  /// Something people should know about this import.
  func remark(_ text: String) { remarks.append(text) }

  /// Hands the queries on, in order of first appearance.
  ///
  /// - Throws: what the sink throws. Disagreements between models are noted.
  func deliver(to sink: any ImportSink) throws {
    try log.flush(to: sink)
    for (reason, omission) in omissions {
      sink.remark("left out: \(reason) (\(omission.count), first at \(omission.first))")
    }
    for text in remarks { sink.remark(text) }
    guard let first = answers.first else {
      if omissions.isEmpty { return }
      let fault = ImportFault.missing(expected: "at least one answer that can be taken")
      let place = omissions[0].omission.first
      return try sink.note(ImportProblem(file: place.file, line: nil, fault: fault))
    }
    try settleGrades(sink)
    let header = header(knownTo: sink)
    guard try sink.begin(header, at: (first.place.file, first.place.line)) else { return }
    var alignment = QueryAlignment(log: log, allowsDifferentPrompts: options.allowsDifferentPrompts)
    let queries = alignment.queries(answers)
    for remark in alignment.remarks { sink.remark(remark) }
    guard log.isEmpty else { return try log.flush(to: sink) }
    for (record, place) in queries { try sink.add(record, reported: [], at: (place.file, place.line)) }
  }

  // MARK: Models

  /// The models met, as the trace declares them where it knows them all.
  private func header(knownTo sink: any ImportSink) -> TraceHeader {
    var seen: Set<ExactString> = []
    var names: [String] = []
    for case let name? in answers.map(\.call.model) where seen.insert(ExactString(name)).inserted {
      names.append(name)
    }
    if let known = sink.known, seen.isSubset(of: known.models.map { ExactString($0.name) }) { return known }
    return TraceHeader(name: format, models: names.map { ModelDeclaration(name: $0) })
  }

  // MARK: Grades

  /// One grader is the score; of several all are kept, and the one asked for is the score too.
  private func settleGrades(_ sink: any ImportSink) throws {
    let names = Set(answers.flatMap { $0.call.grades.map { ExactString($0.name) } })
    let graders = ExactString.sorted(names.map(\.text))
    if let wanted = options.grader, !graders.contains(wanted) {
      let hint = NearMiss.suggestion(for: wanted, among: graders).map { "; did you mean '\($0)'?" } ?? ""
      let found = graders.isEmpty ? "no grader by name" : "the graders " + graders.joined(separator: ", ")
      let fault = ImportFault.unfit(
        found: found, expected: ImportFault.quoted(wanted) + " as --grader says" + hint)
      return try sink.note(ImportProblem(file: answers[0].place.file, line: nil, fault: fault))
    }
    guard let chosen = options.grader ?? (graders.count == 1 ? graders[0] : nil) else {
      if graders.count > 1 {
        sink.remark(
          "several graders, kept side by side: \(graders.joined(separator: ", ")); "
            + "choose one with --grader here (it becomes the score) or when replaying")
      }
      return
    }
    for index in answers.indices {
      guard let grade = answers[index].call.grades.first(where: { $0.name == chosen }) else { continue }
      answers[index].call.answer = grade.answer
      answers[index].call.score = grade.score
      if graders.count == 1 { answers[index].call.grades = [] }
    }
  }
}
