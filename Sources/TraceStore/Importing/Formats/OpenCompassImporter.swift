import Foundation
import RoutingCore

/// Predictions and results of OpenCompass: `predictions/MODEL/DATASET.json` with `results/MODEL/DATASET.json`.
///
/// Model and dataset are told by the path only. Scores are in the results' `details`, which OpenCompass writes
/// with `--dump-eval-details`; token counts are its tokenizer's, not billed ones.
struct OpenCompassImporter: TraceImporter {
  static let name = "opencompass"
  static let summary = "OpenCompass work folders: predictions/MODEL/DATASET.json, results/MODEL/DATASET.json"

  private let options: ImportOptions

  init(options: ImportOptions) { self.options = options }

  static func recognises(_ file: FileOutline) -> Bool {
    // Known by its folder too, so that a damaged file is not passed over.
    file.keys.contains("0.prediction") || file.keys.contains("0.origin_prompt") || isResults(file)
      || (file.name.hasSuffix(".json") && file.path.contains("/predictions/"))
  }

  private static func isResults(_ file: FileOutline) -> Bool {
    file.keys.contains("details.0") || file.keys.isSuperset(of: ["details.type"])
  }

  func read(_ files: [String], into sink: any ImportSink) throws {
    let collection = AnswerCollection(format: Self.name, options: options)
    let selected = try InputFiles.selected(files, for: Self.self, log: collection.log)
    for (path, outline) in selected where !Self.isResults(outline) {
      let place = OpenCompassPath(path, model: options.model, workload: options.workload)
      let file = RecordFile(path: path, log: collection.log)
      guard let document = try file.document(skipping: ["in-context examples"]) else { continue }
      let details = try details(place, collection.log)
      for (index, record) in document.members("an object of predictions by number") {
        take(record, index: index, place, details[index], collection)
      }
      try collection.log.flush(to: sink)
    }
    if selected.allSatisfy({ Self.isResults($0.outline) }), let only = selected.first {
      let fault = ImportFault.missing(
        expected: "predictions/MODEL/DATASET.json too; results have no token counts")
      try sink.note(ImportProblem(file: only.path, line: nil, fault: fault))
    }
    try collection.deliver(to: sink)
  }

  /// The graded rows of the results file that belongs to a predictions file, by number.
  private func details(
    _ place: OpenCompassPath, _ log: FaultLog
  ) throws(InputError) -> [String: RecordField] {
    guard let path = place.results, SystemCall.fileSize(path) != nil else { return [:] }
    guard let document = try RecordFile(path: path, log: log).document(skipping: ["prompt"]) else {
      return [:]
    }
    let details = document["details"]
    // Some evaluators write a list.
    if details.node?.elements != nil {
      return Dictionary(
        details.elements().enumerated().map { (String($0.offset), $0.element) }, uniquingKeysWith: { $1 })
    }
    let rows = details.members("graded rows by number").filter { $0.field.node?.members != nil }
    return Dictionary(rows.map { ($0.key, $0.field) }, uniquingKeysWith: { $1 })
  }

  private func take(
    _ record: RecordField, index: String, _ place: OpenCompassPath, _ detail: RecordField?,
    _ collection: AnswerCollection
  ) {
    let members = record.members("a prediction")
    guard !members.contains(where: { $0.key.hasPrefix("label: ") || $0.key == "choices" }) else {
      return collection.leaveOut(
        "multiple-choice rows judged by likelihood, without a text", at: record.place)
    }
    let prediction = record["prediction"]
    guard prediction.require("the model's answer") else { return }
    let texts = prediction.node?.elements == nil ? [prediction] : prediction.elements()
    let lengths =
      record["res_length"].node?.elements == nil
      ? [record["res_length"]] : record["res_length"].elements()
    for (number, text) in texts.enumerated() {
      var answer = ImportedAnswer(
        workload: place.dataset, id: "\(place.dataset)/\(index)", model: place.model, place: record.place)
      answer.call.sample = Int32(clamping: number)
      answer.call.text = text.text("a text")
      answer.prompt = prompt(record["origin_prompt"])
      answer.reference = reference(detail?["references"] ?? detail?["answer"] ?? record["gold"])
      let output = number < lengths.count ? lengths[number].tokens() : nil
      answer.setTokens(input: record["all_input_length"].tokens(), output: output, source: .estimated)
      if texts.count == 1, let detail { grade(&answer, detail, collection) }
      collection.add(answer)
    }
  }

  private func prompt(_ field: RecordField) -> ImportedPrompt? {
    guard field.require("the prompt") else { return nil }
    if let text = field.node?.string { return ImportedPrompt(text: text) }
    let roles = ["HUMAN": "user", "BOT": "assistant", "SYSTEM": "system"]
    let turns = field.elements("a prompt or a list of turns").map { turn in
      let role = turn["role"].text("a role") ?? "user"
      return (
        roles[role] ?? role.lowercased(), turn["prompt"].text("a prompt") ?? turn["content"].text() ?? ""
      )
    }
    return turns.isEmpty ? nil : ImportedPrompt(turns: turns)
  }

  /// One text; of several only where they are a list of one.
  private func reference(_ field: RecordField) -> String? {
    switch field.node?.value {
    case .array(let nodes)?: nodes.count == 1 ? nodes[0].string : nil
    case .object?: nil
    default: field.label()
    }
  }

  private func grade(
    _ answer: inout ImportedAnswer, _ detail: RecordField, _ collection: AnswerCollection
  ) {
    let field = detail["predictions"].exists ? detail["predictions"] : detail["pred"]
    let correct = detail["correct"]
    let verdict = correct.node?.elements?.count == 1 ? correct.elements()[0] : correct
    guard verdict.exists else {
      return collection.leaveOut("graded rows without 'correct'", at: detail.place)
    }
    var given: String?
    if let list = field.node?.elements { given = list.first?.string } else { given = field.node?.string }
    answer.grade("correct", answer: given, score: verdict.score(collection.options.scoreRange))
  }
}

/// `…/predictions/MODEL/DATASET.json` taken apart.
struct OpenCompassPath {
  let model: String
  let dataset: String
  /// Where the results of the same model and dataset would be.
  let results: String?

  init(_ path: String, model: String?, workload: String?) {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent()
    let root = folder.deletingLastPathComponent()
    self.model = model ?? folder.lastPathComponent
    var name = url.lastPathComponent
    if name.hasSuffix(".json") { name.removeLast(".json".count) }
    dataset = workload ?? name
    results =
      root.lastPathComponent == "predictions"
      ? root.deletingLastPathComponent().appendingPathComponent("results")
        .appendingPathComponent(folder.lastPathComponent).appendingPathComponent(url.lastPathComponent).path
      : nil
  }
}
