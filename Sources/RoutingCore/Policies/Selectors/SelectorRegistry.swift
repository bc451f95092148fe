/// Every selector by name. A new one is a file in this folder and a line in `entries`.
package enum SelectorRegistry {
  package static let entries: [SelectorEntry] = [
    RecordedSelector.entry,
    ConsensusSelector.entry,
    LengthSelector.entry,
    StaticSelector.entry,
    PriorSelector.entry,
    RandomSelector.entry,
    OracleSelector.entry,
  ]

  /// What ranks where nothing is recorded and nobody says.
  package static let usual = ConsensusSelector.entry.name
  /// What is compared with it beside.
  package static let prior = PriorSelector.entry.name

  /// The names with their arguments, for messages and help.
  package static var usage: String { entries.map(\.usage).joined(separator: ", ") }

  /// `text` if it names a selector; the names of models and recorded selectors are checked later.
  package static func canonicalID(_ text: String) throws(PolicyError) -> String {
    _ = try entry(of: text)
    return text
  }

  package static func needsPrefixes(_ id: String) -> Bool { (try? entry(of: id))?.0.needsPrefixes ?? true }
  package static func isBound(_ id: String) -> Bool { (try? entry(of: id))?.0.isBound ?? false }

  package static func learnsFromOtherQueries(_ id: String) -> Bool {
    (try? entry(of: id))?.0.learnsFromOtherQueries ?? false
  }

  /// Whether it can rank while a query is answered; otherwise only in a replay.
  package static func runsLive(_ id: String) -> Bool { (try? entry(of: id))?.0.runsLive ?? true }

  /// What the selector compares prefixes by; `nil` where it compares none.
  package static func comparison(_ id: String) -> PrefixComparison? {
    (try? entry(of: id)).flatMap { $0.0.comparison($0.1) }
  }

  /// What it does to `objects`, in words; `nil` where its name says it.
  package static func words(_ id: String, _ objects: String) -> String? {
    (try? entry(of: id))?.0.words.map { $0(objects) }
  }

  /// The selector `id` for a trace.
  package static func selector(_ id: String, for trace: Trace, options: SelectorOptions = SelectorOptions())
    throws(PolicyError) -> any CandidateSelector
  {
    let (entry, argument) = try entry(of: id)
    return try entry.make(argument, trace, options)
  }

  private static func entry(of id: String) throws(PolicyError) -> (SelectorEntry, String?) {
    let parts = ToolID(id)
    guard let entry = entries.first(where: { $0.name == parts.name }), entry.argument.accepts(parts.argument)
    else {
      throw .unknown(kind: "selector", name: id, known: entries.flatMap(\.examples))
    }
    return (entry, parts.argument)
  }
}

/// What a selector may need to know of the replay it ranks for.
package struct SelectorOptions: Sendable {
  package var seed: UInt64 = 0
  /// Rows with a failed call are left out instead of scoring 0.
  package var excludesFailures = false

  package init(seed: UInt64 = 0) { self.seed = seed }
}

/// One line of the selector registry.
package struct SelectorEntry: Sendable {
  package let name: String
  package let argument: ToolArgument
  /// Whether candidates are booted; otherwise only the chosen ones are started.
  package let needsPrefixes: Bool
  /// Whether it is a bound: shown beside the others, never recommended, never run.
  package let isBound: Bool
  /// Whether a query's ranking depends on the calls of other queries: a shard cannot tell it, and production needs it
  /// frozen (`FrozenPrior`).
  var learnsFromOtherQueries = false
  /// What prefixes are compared by, if they are.
  var comparison: @Sendable (_ argument: String?) -> PrefixComparison? = { _ in nil }
  /// What is done, in words, to what `objects` names.
  var words: (@Sendable (_ objects: String) -> String)?
  package let make:
    @Sendable (_ argument: String?, _ trace: Trace, _ options: SelectorOptions) throws(PolicyError) ->
      any CandidateSelector

  package var runsLive: Bool { !isBound && !learnsFromOtherQueries }
  var usage: String { name + argument.usage }
  var examples: [String] { argument.examples.map { $0.isEmpty ? name : "\(name):\($0)" } }
}

/// What makes two prefixes alike.
package enum PrefixComparison: Sendable {
  /// Their counts of words (`WordCounts`), which must be computed for the trace first (`SimilarityNeeds`).
  case words
  /// Their extracted answers.
  case answers
}
