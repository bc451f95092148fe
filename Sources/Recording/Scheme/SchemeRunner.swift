package import RoutingCore

/// One policy carried out on one query, call by call (Scheme.md, "The scheme").
///
/// Recording, running live and replaying from a trace differ only in the source of the calls.
package struct SchemeRunner: Sendable {
  let header: TraceHeader
  let policy: SchemePolicy
  let sample: Int32
  /// Where prefixes come from.
  let drafting: Drafting
  /// Of the orders in which candidates are shown.
  let seed: UInt64
  /// Reads an answer out of a text, for votes on calls that nobody graded.
  let answer: (@Sendable (QueryRecord, String) -> String?)?

  /// Where a candidate's prefix comes from, and how it goes on.
  package enum Drafting: Sendable {
    /// Prefixes are cuts of full answers; going on costs nothing.
    case cuts
    /// Prefixes are calls of their own; chosen candidates go on by a further call, except those named, which
    /// start again.
    case calls(restarting: Set<String>)
  }

  package init(
    _ policy: SchemePolicy, header: TraceHeader, drafting: Drafting, sample: Int32 = 0, seed: UInt64,
    answer: (@Sendable (QueryRecord, String) -> String?)? = nil
  ) {
    self.policy = policy
    self.header = header
    self.drafting = drafting
    self.sample = sample
    self.seed = seed
    self.answer = answer
  }

  /// Carries the policy out.
  ///
  /// - Throws: `SchemeGap` where it gives no answer; what `source` throws.
  package func run(_ query: QueryRecord, from source: some CallSource) async throws -> SchemeOutcome {
    var run = SchemeRun(runner: self, query: query, source: source)
    return try await run.outcome()
  }
}

/// What a policy did on a query.
package struct SchemeOutcome: Sendable {
  package var answer: String
  /// The candidates chosen first, best-ranked first.
  package var chosen: [String]
  /// Every call made, stage by stage; candidates of a stage in pool order.
  package var stages: [SchemeStage]
}

/// Calls that run side by side.
package struct SchemeStage: Sendable {
  package var stage: Stage
  package var calls: [CallRecord]
}

/// A text that a candidate hands on.
struct SchemeOutput: Sendable {
  var candidate: String
  var text: String
  var tokens: Int32
  var answer: String?
  /// Whether its author wanted to say more than was let.
  var isCut: Bool
}
