import RoutingCore

/// Whether what is imported belongs into a trace that has a header already.
enum HeaderAgreement {
  /// Models and pool must be the same; selectors and aggregators of one name must be declared alike, and new
  /// ones are added. The names and the `extra` of the headers may differ: the trace keeps its own.
  static func faults(
    of found: TraceHeader, with inTrace: TraceHeader
  ) -> [(field: String, fault: ImportFault)] {
    models(found.models, inTrace.models)
      + list("pool", found.pool, inTrace.pool)
      + tools("selectors", found.selectors, inTrace.selectors)
      + tools("aggregators", found.aggregators, inTrace.aggregators)
  }

  private static func models(
    _ found: [ModelDeclaration], _ inTrace: [ModelDeclaration]
  ) -> [(field: String, fault: ImportFault)] {
    let names = list("models", found.map(\.name), inTrace.map(\.name))
    guard names.isEmpty else { return names }
    return zip(found, inTrace).enumerated().flatMap { index, pair in
      differences(
        "models[\(index)]",
        [
          ("skills", pair.0.skills.joined(separator: ", "), pair.1.skills.joined(separator: ", ")),
          ("continuation", pair.0.continuation?.rawValue, pair.1.continuation?.rawValue),
          ("extra", pair.0.extra?.text, pair.1.extra?.text),
        ])
    }
  }

  private static func tools(
    _ key: String, _ found: [ToolDeclaration], _ inTrace: [ToolDeclaration]
  ) -> [(field: String, fault: ImportFault)] {
    found.enumerated().flatMap { index, tool -> [(field: String, fault: ImportFault)] in
      guard let known = inTrace.first(where: { ExactString($0.name) == ExactString(tool.name) }) else {
        return []
      }
      return differences(
        "\(key)[\(index)]",
        [
          ("model", tool.model, known.model), ("prompt", tool.prompt, known.prompt),
          ("extra", tool.extra?.text, known.extra?.text),
        ])
    }
  }

  /// The first place where two lists of names differ.
  private static func list(
    _ key: String, _ found: [String], _ inTrace: [String]
  ) -> [(field: String, fault: ImportFault)] {
    for (index, (name, known)) in zip(found, inTrace).enumerated() where ExactString(name) != ExactString(known) {
      return [
        (
          "\(key)[\(index)]",
          .otherHeader(found: ImportFault.quoted(name), inTrace: ImportFault.quoted(known))
        )
      ]
    }
    guard found.count != inTrace.count else { return [] }
    return [(key, .otherHeader(found: "\(found.count) names", inTrace: "\(inTrace.count)"))]
  }

  private static func differences(
    _ place: String, _ values: [(key: String, found: String?, inTrace: String?)]
  ) -> [(field: String, fault: ImportFault)] {
    values.compactMap { key, found, inTrace in
      guard found.map(ExactString.init) != inTrace.map(ExactString.init) else { return nil }
      let fault = ImportFault.otherHeader(
        found: found.map(ImportFault.quoted) ?? "none", inTrace: inTrace.map(ImportFault.quoted) ?? "none")
      return (place + "." + key, fault)
    }
  }
}
