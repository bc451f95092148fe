/// Why a policy cannot be read or does not fit a trace.
package enum PolicyError: Error, Equatable {
  case malformed(id: String, part: String, expected: String)
  /// A name that no registry, pool or trace knows.
  case unknown(kind: String, name: String, known: [String])
  /// Bare `recorded` where the trace has none or several.
  case ambiguousRecorded(kind: String, recorded: [String])
  case kAbovePool(k: Int, pool: Int)
  case emptyGrid(reason: String)
  /// An adaptive k that no selector of the grid offers the signal for.
  case unfitK(k: String, missing: String)
  /// A price is needed and missing; without payers, that of every model. `known` are names in the price book that
  /// nobody goes by.
  case noPrice(payers: [String], known: [String] = [])
}

extension PolicyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let id, let part, let expected):
      return "policy '\(id)': '\(part)' is not understood; expected \(expected)"
    case .unknown(let kind, let name, let known) where known.isEmpty:
      let isRecorded = kind.hasPrefix("recorded ")
      return "unknown \(kind) '\(name)'; \(isRecorded ? "the trace has no \(kind)s" : "there is none")"
    case .unknown(let kind, let name, let known):
      let hint = NearMiss.suggestion(for: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
      return "unknown \(kind) '\(name)'\(hint) (known: \(known.joined(separator: ", ")))"
    case .ambiguousRecorded(let kind, let recorded) where recorded.isEmpty:
      return """
        the trace has no recorded \(kind); record one, or choose another \(kind) \
        (known: \(kind == "selector" ? SelectorRegistry.usage : AggregatorRegistry.usage))
        """
    case .ambiguousRecorded(let kind, let recorded):
      return """
        several \(kind)s are recorded; say which: \
        \(recorded.map { ToolID.recorded($0) }.joined(separator: ", "))
        """
    case .kAbovePool(let k, let pool):
      return "k=\(k) is more than the \(pool) candidates of the pool"
    case .emptyGrid(let reason):
      return "the grid holds no policy: \(reason)"
    case .unfitK(let k, let missing):
      return "k=\(k) fits no selector of the grid: it needs \(missing)"
    case .noPrice(let payers, let known):
      let names = payers.map { payer in
        let near = NearMiss.suggestion(for: payer, among: known)
        return "'\(payer)'" + (near.map { " (the price book has '\($0)')" } ?? "")
      }
      return """
        no price for \(names.isEmpty ? "any model" : names.joined(separator: ", ")): add \
        \(payers.count == 1 ? "it" : "them") to the price book (--prices FILE), or count in tokens \
        (--cost-unit tokens)
        """
    }
  }
}
