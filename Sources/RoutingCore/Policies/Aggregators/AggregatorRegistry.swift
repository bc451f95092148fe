/// Every aggregator by name. A new one is a file in this folder and a line in `entries`.
package enum AggregatorRegistry {
  package static let entries: [AggregatorEntry] = [
    AggregatorEntry(name: ToolID.recorded, argument: .optional("NAME"), isBound: false, merging: nil),
    VoteAggregator.entry,
    FirstAggregator.entry,
    MeanAggregator.entry,
    BestAggregator.entry,
  ]

  /// What merges where nothing is recorded and nobody says.
  package static let usual = VoteAggregator.entry.name
  package static let first = FirstAggregator.entry.name

  /// The names with their arguments, for messages and help.
  package static var usage: String { entries.map(\.usage).joined(separator: ", ") }

  /// `text` if it names an aggregator; the names of recorded ones are checked later.
  package static func canonicalID(_ text: String) throws(PolicyError) -> String {
    _ = try entry(of: text)
    return text
  }

  package static func isBound(_ id: String) -> Bool { (try? entry(of: id))?.0.isBound ?? false }

  package static func takesFirst(_ id: String) -> Bool { (try? entry(of: id))?.0.takesFirst ?? false }

  /// The place of the output that stands for the merge of `answers`, best-ranked first; `nil` where only a replay can
  /// merge them, or a call must.
  package static func place(_ id: String, among answers: [String?]) -> Int? {
    var places: [ExactString: Int32] = [:]
    var known: ContiguousArray<Int32> = []
    for answer in answers {
      guard let answer = answer.map(ExactString.init) else {
        known.append(CallColumns.unknown)
        continue
      }
      let next = Int32(places.count)
      known.append(places[answer, default: next])
      places[answer] = known.last
    }
    return (try? entry(of: id))?.0.merging?.place(among: known)
  }

  /// What it does to `objects`, in words; `nil` where its name says it.
  package static func words(_ id: String, _ objects: String) -> String? {
    (try? entry(of: id))?.0.words.map { $0(objects) }
  }

  /// The aggregator `id` for a trace.
  static func aggregator(_ id: String, for trace: Trace) throws(PolicyError) -> ResolvedAggregator {
    let (entry, argument) = try entry(of: id)
    if let offline = entry.merging { return .offline(offline) }
    return .recorded(
      tool: try RecordedTool.position(argument, among: trace.aggregators, kind: "aggregator"))
  }

  private static func entry(of id: String) throws(PolicyError) -> (AggregatorEntry, String?) {
    let parts = ToolID(id)
    guard let entry = entries.first(where: { $0.name == parts.name }), entry.argument.accepts(parts.argument)
    else {
      throw .unknown(kind: "aggregator", name: id, known: entries.flatMap(\.examples))
    }
    return (entry, parts.argument)
  }
}

/// One line of the aggregator registry.
package struct AggregatorEntry: Sendable {
  package let name: String
  package let argument: ToolArgument
  /// Whether it is a bound: shown beside the others, never recommended, never run.
  package let isBound: Bool
  /// Whether it hands on the first-ranked output whatever the others say, so that nothing is merged.
  var takesFirst = false
  /// What is done, in words, to what `objects` names.
  var words: (@Sendable (_ objects: String) -> String)?
  /// `nil` = merges are looked up in the trace.
  package let merging: (any AnswerAggregator)?

  var usage: String { name + argument.usage }
  var examples: [String] { argument.examples.map { $0.isEmpty ? name : "\(name):\($0)" } }
}

/// An aggregator as a replay uses it.
enum ResolvedAggregator: Sendable {
  /// Position in `Trace.aggregators`.
  case recorded(tool: Int32)
  case offline(any AnswerAggregator)
}
