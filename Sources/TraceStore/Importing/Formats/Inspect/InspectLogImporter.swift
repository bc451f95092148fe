import RoutingCore

/// Logs of Inspect, version 2: JSON documents and `.eval` archives.
///
/// Every sample with its epochs, answer, scorers, tokens and time. Events, which repeat the messages, are skipped.
struct InspectLogImporter: TraceImporter {
  static let name = "inspect"
  static let summary = "Inspect logs: .eval archives and JSON"

  /// Large parts of a log that say nothing new about an answer.
  static let skipped: Set<String> = [
    "events", "logprobs", "store", "reductions", "model_usage_history", "timelines",
  ]
  private static let version = "2"

  private let options: ImportOptions

  init(options: ImportOptions) { self.options = options }

  static func recognises(_ file: FileOutline) -> Bool {
    // Known by its name too, so that a damaged archive is not passed over.
    if file.name.hasSuffix(".eval") { return true }
    if file.kind == .zip {
      return file.members.contains { $0 == "header.json" || $0 == "_journal/start.json" }
    }
    return file.keys.isSuperset(of: ["eval.task", "eval.model"])
  }

  func read(_ files: [String], into sink: any ImportSink) throws {
    let collection = AnswerCollection(format: Self.name, options: options)
    for (path, outline) in try InputFiles.selected(files, for: Self.self, log: collection.log) {
      if outline.kind == .zip || outline.name.hasSuffix(".eval") {
        try readArchive(path, collection, sink)
      } else {
        try readDocument(path, collection)
      }
      try collection.log.flush(to: sink)
    }
    try collection.deliver(to: sink)
  }

  private func readDocument(_ path: String, _ collection: AnswerCollection) throws(InputError) {
    let file = RecordFile(path: path, log: collection.log)
    guard let log = try file.document(skipping: Self.skipped), let run = run(log, collection) else { return }
    guard log["samples"].exists else {
      return log["samples"].note(.missing(expected: "the samples (the log holds a header only)"))
    }
    for sample in log["samples"].elements("a list of samples") { run.take(sample) }
    run.finish()
  }

  private func readArchive(
    _ path: String, _ collection: AnswerCollection, _ sink: any ImportSink
  ) throws {
    let archive = try ZipArchive(path: path)
    // A run that was killed has no header, only what it wrote when it started.
    guard let header = archive.member(named: "header.json") ?? archive.member(named: "_journal/start.json")
    else {
      return collection.log.note(.missing(expected: "header.json in the archive"), file: path, line: nil)
    }
    guard let log = try record(header, archive, path, collection.log), let run = run(log, collection) else {
      return
    }
    for member in lastOfEachName(archive)
    where member.name.hasPrefix("samples/") && member.name.hasSuffix(".json") {
      if let sample = try record(member, archive, path, collection.log) { run.take(sample) }
      try collection.log.flush(to: sink)
    }
    run.finish()
  }

  /// A retried sample is written again under its name; the last one counts.
  private func lastOfEachName(_ archive: ZipArchive) -> [ZipMember] {
    var last: [ExactString: Int] = [:]
    for (index, member) in archive.members.enumerated() { last[ExactString(member.name)] = index }
    return archive.members.enumerated().filter { last[ExactString($0.element.name)] == $0.offset }
      .map(\.element)
  }

  private func record(
    _ member: ZipMember, _ archive: ZipArchive, _ path: String, _ log: FaultLog
  ) throws(InputError) -> RecordField? {
    // The name only appears in messages.
    let name = path + ": " + ImportFault.quoted(member.name)
    return RecordFile.document(
      try archive.content(of: member), file: name, log: log, skipping: Self.skipped)
  }

  /// What the log says of all its samples; `nil`, and noted, when it cannot be read.
  private func run(_ log: RecordField, _ collection: AnswerCollection) -> InspectRun? {
    guard log["version"].require("the version, \(Self.version)") else { return nil }
    guard log["version"].label() == Self.version else {
      log["version"].noteUnfit(expected: "version \(Self.version); write it anew with: inspect log convert")
      return nil
    }
    let eval = log["eval"]
    guard eval["task"].require("the task's name"), let task = eval["task"].name(),
      eval["model"].require("the model's name"), let model = eval["model"].name()
    else { return nil }
    if let status = log["status"].node?.string, status != "success" {
      collection.remark("\(log.file): the run's status is '\(status)'; its finished samples are taken")
    }
    return InspectRun(
      task: collection.options.workload ?? task, model: collection.options.model ?? model,
      loggedModel: model, collection: collection)
  }
}
