/// Every importer by name.
package enum ImporterRegistry {
  package static let importers: [any TraceImporter.Type] = [
    JSONLinesImporter.self,
    LMEvalImporter.self,
    InspectLogImporter.self,
    OpenAIBatchImporter.self,
    PromptfooImporter.self,
    OpenCompassImporter.self,
    AlpacaEvalImporter.self,
    TableImporter.self,
  ]

  package static func importer(named name: String) -> (any TraceImporter.Type)? {
    importers.first { $0.name == name }
  }

  package static var names: [String] { importers.map { $0.name } }
}
