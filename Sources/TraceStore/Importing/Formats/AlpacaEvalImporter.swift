import RoutingCore

/// Answers and judgements of AlpacaEval: `model_outputs.json` and `annotations.json`.
///
/// Questions have no ids: models are lined up by the instruction. The score is `preference` − 1: how much the
/// judge prefers the answer to that of the reference model, which is kept as the query's reference.
struct AlpacaEvalImporter: TraceImporter {
  static let name = "alpaca-eval"
  static let summary = "AlpacaEval's model_outputs.json and annotations.json"

  private let options: ImportOptions
  /// Preferences go from 1, the reference model's answer, to 2.
  private let preferences: ScoreRange

  init(options: ImportOptions) {
    self.options = options
    preferences = options.scoreRange == .unit ? ScoreRange("1,2") ?? .unit : options.scoreRange
  }

  static func recognises(_ file: FileOutline) -> Bool {
    // Known by their names too, so that a damaged file is not passed over.
    if file.kind == .json, ["model_outputs.json", "annotations.json"].contains(file.name) { return true }
    return file.keys.contains("[].instruction")
      && (file.keys.contains("[].generator") || file.keys.contains("[].preference")
        || file.keys.contains("[].generator_2"))
  }

  func read(_ files: [String], into sink: any ImportSink) throws {
    let collection = AnswerCollection(format: Self.name, options: options)
    var pairs = AlpacaPairs(collection: collection)
    for (path, _) in try InputFiles.selected(files, for: Self.self, log: collection.log) {
      let file = RecordFile(path: path, log: collection.log)
      guard let document = try file.document(skipping: ["raw_completion"]) else { continue }
      guard document.node?.elements != nil else {
        document.noteUnfit(expected: "a list of outputs or annotations")
        continue
      }
      for row in document.elements() { take(row, &pairs) }
      try collection.log.flush(to: sink)
    }
    pairs.finish()
    try collection.deliver(to: sink)
  }

  private func take(_ row: RecordField, _ pairs: inout AlpacaPairs) {
    guard row["instruction"].require("the instruction"), let prompt = row["instruction"].text() else {
      return
    }
    let isAnnotation = row["generator_2"].exists || row["preference"].exists
    let name = isAnnotation ? row["generator_2"] : row["generator"]
    let output = isAnnotation ? row["output_2"] : row["output"]
    guard name.require("the model's name"), let model = options.model ?? name.name() else { return }
    guard output.require("the model's answer"), let text = output.text() else { return }
    let dataset = row["dataset"].text("a name").map { "\(Self.name)/\($0)" }
    var answer = ImportedAnswer(
      workload: options.workload ?? dataset ?? Self.name, id: nil, model: model, place: row.place)
    answer.prompt = ImportedPrompt(text: prompt)
    answer.call.text = text
    guard isAnnotation else { return pairs.add(answer) }
    answer.reference = row["output_1"].text()
    let annotator = row["annotator"].name() ?? "annotator"
    if let reference = row["generator_1"].name() { pairs.meet(reference: reference, at: row) }
    if row["preference"].exists {
      answer.grade(annotator, score: row["preference"].score(preferences))
    } else {
      pairs.collection.leaveOut("annotations without a preference", at: row.place)
    }
    pairs.annotate(answer)
  }
}

/// Joins outputs and annotations of the same model and instruction.
struct AlpacaPairs {
  private struct Key: Hashable {
    let workload: ExactString
    let model: ExactString
    let prompt: TextHash?

    init(_ answer: ImportedAnswer) {
      workload = ExactString(answer.workload)
      model = ExactString(answer.call.model ?? "")
      prompt = answer.prompt?.hash
    }
  }

  let collection: AnswerCollection
  private var answers: [ImportedAnswer] = []
  /// Whether an answer's outputs row, and not only an annotation, was met.
  private var hasOutput: [Bool] = []
  private var places: [Key: Int] = [:]
  private var reference: (name: String, place: ImportPlace)?

  init(collection: AnswerCollection) { self.collection = collection }

  /// Scores against different reference models are no common scale.
  mutating func meet(reference name: String, at row: RecordField) {
    guard let reference else {
      reference = (name, row.place)
      return
    }
    guard reference.name != name else { return }
    row["generator_1"].note(
      .unfit(
        found: ImportFault.quoted(name),
        expected: "the reference model of the other annotations, "
          + "\(ImportFault.quoted(reference.name)) at \(reference.place)"))
  }

  mutating func add(_ answer: ImportedAnswer) {
    guard let place = places[Key(answer)] else { return append(answer, isOutput: true) }
    guard !hasOutput[place] else { return noteSecond(answer, answers[place].place) }
    hasOutput[place] = true
    checkText(answer, answers[place])
  }

  mutating func annotate(_ answer: ImportedAnswer) {
    guard let place = places[Key(answer)] else { return append(answer, isOutput: false) }
    checkText(answer, answers[place])
    for grade in answer.call.grades {
      if answers[place].call.grades.contains(where: { $0.name == grade.name }) {
        noteSecond(answer, answers[place].place)
      }
      answers[place].call.grades.append(grade)
    }
    answers[place].reference = answers[place].reference ?? answer.reference
  }

  func finish() { answers.forEach(collection.add) }

  private mutating func append(_ answer: ImportedAnswer, isOutput: Bool) {
    places[Key(answer)] = answers.count
    answers.append(answer)
    hasOutput.append(isOutput)
  }

  private func noteSecond(_ answer: ImportedAnswer, _ first: ImportPlace) {
    let model = ImportFault.quoted(answer.call.model ?? "")
    collection.log.note(
      .unfit(found: "a second row of \(model) for an instruction, first at \(first)", expected: "one"),
      file: answer.place.file, line: answer.place.line)
  }

  private func checkText(_ answer: ImportedAnswer, _ other: ImportedAnswer) {
    guard answer.call.text != other.call.text else { return }
    let model = ImportFault.quoted(answer.call.model ?? "")
    collection.log.note(
      .unfit(
        found: "another answer of \(model) than at \(other.place)", expected: "the answer that was judged"),
      file: answer.place.file, line: answer.place.line)
  }
}
