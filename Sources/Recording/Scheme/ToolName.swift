import RoutingCore

/// The recorded selector or aggregator that an id names.
struct ToolName: Sendable {
  let name: String

  init(name: String) { self.name = name }

  /// `nil` for an id of another kind, such as `consensus`.
  ///
  /// - Throws: `SchemeGap.unknownTool` where the name is not declared, or none is given and there are several.
  init?(_ id: String, _ declared: [ToolDeclaration], _ what: String) throws {
    guard ToolID.isRecorded(id) else { return nil }
    let known = declared.map(\.name)
    if let name = ToolID(id).argument {
      guard known.contains(name) else { throw SchemeGap.unknownTool(kind: what, name: name, known: known) }
      self.name = name
    } else {
      guard known.count == 1 else { throw SchemeGap.unknownTool(kind: what, name: id, known: known) }
      name = known[0]
    }
  }
}
