import Reporting
import RoutingCore
import TraceStore

/// What `import --dry-run` says.
struct ImportPreviewReport {
  private let preview: ImportPreview

  init(_ preview: ImportPreview) { self.preview = preview }

  /// What replay will have to do without, and what helps.
  var missing: [String] {
    let responses = preview.models.reduce(0) { $0 + $1.responses }
    func count(_ part: KeyPath<ImportPreview.Model, Int>) -> Int {
      preview.models.reduce(0) { $0 + $1[keyPath: part] }
    }
    func lacking(_ part: KeyPath<ImportPreview.Model, Int>) -> String? {
      let without = responses - count(part)
      return without > 0 ? "\(NumberText.count(without)) of \(NumberText.count(responses)) responses" : nil
    }
    var lines: [String] = []
    if let some = lacking(\.scored) { lines.append("\(some) have no score: grade them") }
    if let some = lacking(\.answers) { lines.append("\(some) have no extracted answer: 'vote' needs one") }
    if let some = lacking(\.texts) { lines.append("\(some) have no text: no prefixes, nothing to grade") }
    if let some = lacking(\.outputTokens) {
      lines.append("\(some) have no output tokens: estimated from the text, and marked so")
    }
    if let some = lacking(\.inputTokens) {
      lines.append("\(some) have no input tokens: estimated from the prompt, and marked so")
    }
    if preview.prompts < preview.queries {
      lines.append("\(NumberText.count(preview.queries - preview.prompts)) queries have no prompt")
    }
    if let some = lacking(\.times) { lines.append("\(some) have no times: latency unknown") }
    if preview.graders.count > 1 {
      lines.append(
        "no single score: choose one with --grader \(preview.graders.sorted().joined(separator: "|"))")
    }
    return lines
  }

  var table: String {
    var workloads = TextTable([("workload", .left), ("queries", .right)])
    for (name, queries) in preview.workloads { workloads.append([name, NumberText.count(queries)]) }
    var models = TextTable([
      ("model", .left), ("responses", .right), ("text", .right), ("score", .right), ("answer", .right),
      ("in", .right), ("out", .right), ("time", .right), ("cost", .right), ("failed", .right),
    ])
    for model in preview.models {
      let counts = [
        model.responses, model.texts, model.scored, model.answers, model.inputTokens, model.outputTokens,
        model.times, model.costs, model.errors,
      ]
      models.append([TextTable.clipped(model.name, to: 36)] + counts.map(NumberText.count))
    }
    let queries = NumberText.count(preview.queries)
    var text = "format \(preview.format), nothing written\n\n" + workloads.text + "\n" + models.text + "\n"
    text += "\(queries) queries, \(NumberText.count(preview.prompts)) with a prompt, "
    text += "\(NumberText.count(preview.references)) with a reference\n"
    text += missing.map { "missing  \($0)\n" }.joined()
    if let first = preview.first { text += "first    \(first)\n" }
    return text
  }

  var json: JSONValue {
    func count(_ value: Int) -> JSONValue { .integer(Int128(value)) }
    return .object([
      "format": .string("lightreplay.import-preview/1"), "source": .string(preview.format),
      "workloads": .array(
        preview.workloads.map { .object(["name": .string($0.name), "queries": count($0.queries)]) }),
      "models": .array(
        preview.models.map { model in
          .object([
            "name": .string(model.name), "responses": count(model.responses), "texts": count(model.texts),
            "scores": count(model.scored), "answers": count(model.answers),
            "input_tokens": count(model.inputTokens), "output_tokens": count(model.outputTokens),
            "times": count(model.times), "costs": count(model.costs), "errors": count(model.errors),
          ])
        }),
      "graders": .array(preview.graders.sorted().map(JSONValue.string)),
      "missing": .array(missing.map(JSONValue.string)),
      "remarks": .array(preview.remarks.map(JSONValue.string)),
      "first": preview.first.map(JSONValue.string) ?? .null,
    ])
  }
}
