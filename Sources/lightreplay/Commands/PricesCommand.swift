import ArgumentParser
import ConfigFiles
import Reporting
import RoutingCore
import TraceStore

struct PricesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prices",
    abstract: "Make, show and compare price books.",
    discussion: """
      Example:
        lightreplay prices show traces/prices.yaml

      Nothing is fetched: sources are files you have. Prices are exact; their source, its SHA-256 and the date \
      you give stand in the book.
      """,
    subcommands: [Import.self, Show.self, Diff.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Make a price book from a published list.",
      discussion: """
        Example (needs the list of LiteLLM):
          \(ExampleTrace.made)
          lightreplay prices import litellm model_prices_and_context_window.json \\
            --trace demo.sqlite --model stork=openai/gpt-4o-mini \\
            --date 2026-11-21 -o book.yaml

        Sources: \(PriceSourceRegistry.sources.map { "\($0.name) (\($0.summary))" }.joined(separator: "; ")).
        Without --model and --trace every model of the list is taken under its key there.
        """)

    @Argument(help: ArgumentHelp("The kind of list.", valueName: "source"))
    var source: String

    @Argument(help: "The file of the list.")
    var file: String

    @Option(
      help: ArgumentHelp(
        "Take the price of a key for a model, or a key as it is; repeatable.", valueName: "name=key"))
    var model: [String] = []

    @Option(help: ArgumentHelp("Take the models of this trace that the list names.", valueName: "file"))
    var trace: String?

    @Option(help: ArgumentHelp("The day the prices were taken, e.g. 2026-11-21.", valueName: "date"))
    var date: String?

    @Option(
      name: [.short, .long], help: ArgumentHelp("A file instead of standard output.", valueName: "file"))
    var output: String?

    func validate() throws {
      guard PriceSourceRegistry.source(named: source) != nil else {
        let known = PriceSourceRegistry.sources.map { $0.name }
        throw ValidationError(PolicyError.unknown(kind: "source", name: source, known: known).description)
      }
      try OutputFile.check(output)
    }

    func run() throws {
      guard let kind = PriceSourceRegistry.source(named: source) else { return }
      var list = try PriceBooks.list(file, source: kind)
      list.date = date
      let wanted = try PriceSelection(
        models: model, trace: trace.map { try TraceDatabase(reading: $0).header() })
      let (selected, notes) = try wanted.select(from: list, file: file)
      try OutputFile.write(to: output) { try $0.write(Array(selected.yaml.utf8)) }
      for note in notes { Messages.note(note) }
      if date == nil { Messages.note("the book has no date; --date says when the prices were taken") }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show a price book, a built-in one by name, or a published list.",
      discussion: """
        Example:
          lightreplay prices show traces/prices.yaml

        Built in: \(BuiltInPriceBooks.names).
        """)

    @Argument(help: "A price book or list.")
    var book: String

    @Option(help: ArgumentHelp("Only models whose names contain this.", valueName: "text"))
    var model: String?

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
      var list = try PriceBooks.list(book)
      if let model {
        let near = list.suggestions(for: model)
        list.rows = list.rows.filter { $0.model.lowercased().contains(model.lowercased()) }
        guard !list.rows.isEmpty else { throw PriceSelectionError(file: book, keys: [(model, near)]) }
      }
      let report = PriceReport(list)
      switch output.format {
      case .json: try output.write(report.json.document)
      case .csv: try output.write(report.csv)
      case .table: try output.write(report.table)
      }
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "What changed from one price book or list to another.",
      discussion: """
        Example:
          lightreplay prices diff paper-2505.16221 traces/prices.yaml
        """)

    @Argument(help: "The older book or list.")
    var before: String

    @Argument(help: "The newer one.")
    var after: String

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
      let report = PriceDiffReport(
        before: try PriceBooks.list(before), after: try PriceBooks.list(after), names: (before, after))
      switch output.format {
      case .json: try output.write(report.json.document)
      case .csv: try output.write(report.csv)
      case .table: try output.write(report.table)
      }
    }
  }
}

extension PriceBooks {
  /// A book or list with its notes.
  static func list(_ name: String, source: (any PriceSource.Type)? = nil) throws -> PriceList {
    let (text, sha256) = try text(of: name)
    guard let source else { return try PriceList.read(text, name: name, sha256: sha256) }
    return try PriceList.read(text, source: source, name: name, sha256: sha256)
  }
}
