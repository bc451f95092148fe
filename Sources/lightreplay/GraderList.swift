import RoutingCore
import TraceStore

/// Every grader the program knows: those of the core, and those that reach outside it.
///
/// A grader that calls a model is listed here too; its calls belong to the target that records.
enum GraderList {
  static let entries = GraderRegistry.entries + [CommandGrader.entry]

  static func entry(named name: String) -> GraderEntry? { entries.first { $0.name == name } }
}
