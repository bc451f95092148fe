import ArgumentParser
import TraceStore

/// What files of other tools do not say themselves.
struct ImportMeaning: ParsableArguments {
  @Option(
    help: ArgumentHelp("The scale of the scores, such as 0,10; brought to 0 … 1.", valueName: "low,high"))
  var scoreRange: String?

  @Option(
    name: [.customLong("grader"), .customLong("filter")],
    help: ArgumentHelp(
      "Of several graders (lm-eval filters, Inspect scorers, annotators) the one that is the score.",
      valueName: "name"))
  var grader: String?

  @Option(help: ArgumentHelp("The workload, instead of what the files say.", valueName: "name"))
  var workload: String?

  @Option(help: ArgumentHelp("The model, where the files do not say it.", valueName: "name"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Columns of a table: query=…,prompt=…,model=…,text=…,score=…,input_tokens=…,cost=…; `*` stands for the "
        + "model where a row holds several: text=*|model_response.", valueName: "fields"))
  var map: String?

  @Option(
    help: ArgumentHelp(
      "A known table: \(ColumnMap.presets.map(\.name).joined(separator: ", ")).", valueName: "name"))
  var preset: String?

  @Flag(help: "Keep answers of models that were asked a query in different words (the first prompt is kept).")
  var allowDifferentPrompts = false

  /// - Throws: `ValidationError`.
  func options() throws -> ImportOptions {
    var options = ImportOptions()
    if let scoreRange {
      guard let range = ScoreRange(scoreRange) else {
        throw ValidationError("--score-range is '\(scoreRange)'; expected LOW,HIGH such as 0,10")
      }
      options.scoreRange = range
    }
    guard map == nil || preset == nil else { throw ValidationError("--map and --preset exclude each other") }
    do throws(ColumnMapError) {
      if let map { options.columns = try ColumnMap(map) }
      if let preset { options.columns = try ColumnMap(preset: preset) }
    } catch {
      throw ValidationError("--\(map == nil ? "preset" : "map"): \(error)")
    }
    options.grader = grader
    options.workload = workload
    options.model = model
    options.allowsDifferentPrompts = allowDifferentPrompts
    return options
  }
}
