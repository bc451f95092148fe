import ArgumentParser
import RoutingCore

/// How the judging model is asked.
struct JudgeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "For judge: the trace that keeps its replies. Default: beside the trace, named after the grades.",
      valueName: "file"))
  var calls: String?

  @Option(help: ArgumentHelp("For judge: a price book, to count dollars.", valueName: "file"))
  var prices: String?

  @Option(
    help: ArgumentHelp("For judge: stop before it has spent more; needs --prices.", valueName: "dollars"))
  var maxSpend: String?

  var limit: Cost? { maxSpend.flatMap { Cost(dollars: $0) } }

  func validate(grader: String) throws {
    if grader != JudgeGrader.name, calls != nil || prices != nil || maxSpend != nil {
      throw ValidationError("--calls, --prices and --max-spend belong to --grader judge")
    }
    try SpendingLimit.validate(maxSpend, prices: prices)
  }
}

/// The flag that limits dollars.
enum SpendingLimit {
  static func validate(_ text: String?, prices: String?) throws {
    guard let text else { return }
    guard prices != nil else {
      throw ValidationError("--max-spend counts dollars; give a price book with --prices")
    }
    guard let limit = Cost(dollars: text), limit > .zero else {
      throw ValidationError("--max-spend is '\(text)'; expected dollars, such as 5 or 0.25")
    }
  }
}
