import RoutingCore
import TraceStore

/// Every grader the program knows: those of the core, and those that reach outside it.
enum GraderList {
  static let entries = GraderRegistry.entries + [CommandGrader.entry, judge]

  /// Asks a model first (``JudgeSession``), and is then made from the replies.
  private static let judge = GraderEntry(
    name: JudgeGrader.name, summary: "a model's score; its replies are recorded",
    arguments: JudgeSession.usage
  ) { _ throws(GraderError) in
    throw .missingArguments(grader: JudgeGrader.name, expected: JudgeSession.usage)
  }

  static func entry(named name: String) -> GraderEntry? { entries.first { $0.name == name } }
}
