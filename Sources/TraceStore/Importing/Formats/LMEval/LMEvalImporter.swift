import Foundation
import RoutingCore

/// Samples of the Language Model Evaluation Harness, as `lm_eval --log_samples` writes them.
///
/// `samples_TASK_TIME.jsonl` has one row for each question *and filter*; the model's name is in the
/// `results_TIME.json` beside it. Rows have no tokens, times or prices.
struct LMEvalImporter: TraceImporter {
  static let name = "lm-eval"
  static let summary = "folders of lm_eval --log_samples: samples_*.jsonl with results_*.json"

  private let options: ImportOptions

  init(options: ImportOptions) { self.options = options }

  static func recognises(_ file: FileOutline) -> Bool {
    isSamples(file) || file.keys.contains("lm_eval_version")
      || (file.name.hasPrefix("results_") && file.keys.isSuperset(of: ["results", "configs"]))
  }

  /// Known by its name too, so that a damaged file is not passed over.
  private static func isSamples(_ file: FileOutline) -> Bool {
    let isNamedSo = file.name.hasPrefix("samples_") && file.name.contains(".jsonl")
    let hasAnswers = file.keys.contains("resps") || file.keys.contains("filtered_resps")
    return isNamedSo || (file.keys.contains("doc_id") && hasAnswers)
  }

  func read(_ files: [String], into sink: any ImportSink) throws {
    let collection = AnswerCollection(format: Self.name, options: options)
    let selected = try InputFiles.selected(files, for: Self.self, log: collection.log)
    var models = LMEvalModels(given: options.model, log: collection.log)
    for (path, outline) in selected where Self.isSamples(outline) || !outline.name.hasPrefix("results_") {
      guard let model = try models.model(of: path) else { continue }
      let task = options.workload ?? LMEvalFileName(path).task
      var rows = LMEvalRows(model: model, task: task, collection: collection)
      try RecordFile(path: path, log: collection.log).lines(to: sink, skipping: ["doc"]) { rows.take($0) }
      rows.finish()
    }
    try collection.deliver(to: sink)
  }
}

/// `samples_TASK_TIME.jsonl` or `results_TIME.json` taken apart.
struct LMEvalFileName {
  let folder: String
  let task: String
  /// Such as `2026-11-21T03-00-27.859015`; empty where the name has none.
  let time: String

  init(_ path: String) {
    let url = URL(fileURLWithPath: path)
    folder = url.deletingLastPathComponent().path
    var stem = url.lastPathComponent
    for suffix in [".gz", ".zst", ".jsonl", ".json"] where stem.hasSuffix(suffix) {
      stem.removeLast(suffix.count)
    }
    if stem.hasPrefix("samples_") { stem.removeFirst("samples_".count) }
    if stem.hasPrefix("results_") { stem.removeFirst("results_".count) }
    let parts = stem.split(separator: "_", omittingEmptySubsequences: false)
    let last = parts.last.map(String.init) ?? ""
    let isTime = last.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d.*/) != nil
    time = isTime ? last : ""
    task = isTime && parts.count > 1 ? parts.dropLast().joined(separator: "_") : stem
  }
}

/// Finds out which model a samples file is about.
struct LMEvalModels {
  private let given: String?
  private let log: FaultLog
  private var known: [String: String?] = [:]

  init(given: String?, log: FaultLog) {
    self.given = given
    self.log = log
  }

  /// The model named by the user, or by the results file of the same time in the same folder, or by the only
  /// results there; `nil`, and noted, when nothing says it.
  mutating func model(of samples: String) throws(InputError) -> String? {
    if let given { return given }
    let name = LMEvalFileName(samples)
    let all = ((try? FileManager.default.contentsOfDirectory(atPath: name.folder)) ?? [])
      .filter { $0.hasPrefix("results_") && $0.hasSuffix(".json") }.sorted()
    let sameTime = all.filter { !name.time.isEmpty && LMEvalFileName($0).time == name.time }
    var models: Set<String> = []
    for file in sameTime.isEmpty ? all : sameTime {
      if let model = try read(name.folder + "/" + file) { models.insert(model) }
    }
    if models.count == 1 { return models.first }
    let found =
      models.isEmpty ? "no results_*.json beside it that names the model" : "results of several models"
    log.note(
      .unfit(found: found, expected: "the results file of the same run, or --model NAME"), file: samples,
      line: nil)
    return nil
  }

  private mutating func read(_ path: String) throws(InputError) -> String? {
    if let model = known[path] { return model }
    let skipped: Set<String> = [
      "results", "configs", "groups", "samples", "chat_template", "pretty_env_info",
    ]
    let document = try RecordFile(path: path, log: log).document(skipping: skipped)
    let config = document?["config"]
    var model = document?["model_name"].node?.string
    if model?.isEmpty ?? true {
      let arguments = config?["model_args"]
      model =
        arguments?["model"].node?.string ?? arguments?["pretrained"].node?.string
        ?? arguments?.node?.string.flatMap(Self.model)
    }
    known[path] = .some(model)
    return model
  }

  /// Older versions write arguments as one text, `pretrained=M,dtype=…`.
  private static func model(inArguments text: String) -> String? {
    for part in text.split(separator: ",") {
      for key in ["pretrained=", "model="] where part.hasPrefix(key) {
        return String(part.dropFirst(key.count))
      }
    }
    return nil
  }
}
