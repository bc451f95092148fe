/// Why a shard cannot be swept by itself, or partial results cannot be put together.
package enum PartialError: Error, Equatable {
  /// A part of the grid needs the rows of other shards.
  case needsWhole(flag: String, value: String, why: String)
  case tooManyPatterns(workload: String, found: Int)
  case noPartials
  case differ(file: String, other: String, what: String, value: String, otherValue: String)
  case sharedQuery(file: String, other: String)
  /// `recorded` stands for one recorded tool only.
  case tools(kind: String, recorded: [String], wanted: String?)
  /// Whether one or several aggregators are recorded decides which merges are looked up.
  case chain(file: String, recorded: [String], all: [String])
  case noWorkload(String, known: [String])
}

extension PartialError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .needsWhole(let flag, let value, let why):
      return "\(flag) \(value) does not work on a shard: \(why)"
    case .tooManyPatterns(let workload, let found):
      return """
        \(workload): its queries are covered by \(found) different sets of policies, and a partial keeps at most \
        \(PartialWorkload.patternLimit); ask for fewer policies, or sweep every shard with --min-coverage 1, \
        which compares only policies that cover every query
        """
    case .noPartials: return "no partial results; make them with: lightreplay sweep SHARD --partial -o FILE"
    case .differ(let file, let other, let what, let value, let otherValue):
      return """
        \(file) and \(other) are not of one sweep: \(what) is \(value) in the first and \(otherValue) in the \
        second; sweep every shard with the same flags
        """
    case .sharedQuery(let file, let other):
      return "\(file) and \(other) hold a query by the same name; every query must be in one shard only"
    case .tools(let kind, let recorded, nil):
      return PolicyError.ambiguousRecorded(kind: kind, recorded: recorded).description
    case .tools(let kind, let recorded, let wanted?):
      return PolicyError.unknown(kind: "recorded \(kind)", name: wanted, known: recorded).description
    case .chain(let file, let recorded, let all):
      return """
        \(file): only \(recorded.joined(separator: ", ")) of the recorded aggregators \
        \(all.joined(separator: ", ")) is in this shard, and with one recorded aggregator an offline one at 3 \
        layers takes its earlier merges; with several it takes none. Ask for recorded:NAME, or for 2 layers
        """
    case .noWorkload(let name, let known):
      return PolicyError.unknown(kind: "workload", name: name, known: known).description
    }
  }
}
