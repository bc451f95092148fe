/// One query with every call recorded for it: a line of the interchange format (Traces.md, "Queries").
package struct QueryRecord: Sendable, Equatable {
  /// Unique in a trace.
  package var query: String
  package var workload: String
  /// Queries of one group are resampled together; `nil` = the query is its own group.
  package var group: String?
  /// Skills needed; a candidate that declares skills is active only if it has one of these.
  package var skills: [String] = []
  /// Position in recorded order.
  package var ordinal: Int64?
  package var prompt: String?
  /// A JSON array of chat messages, instead of `prompt`.
  package var messages: RawJSON?
  package var reference: String?
  package var extra: RawJSON?
  /// In the order of roles, then as recorded.
  package var calls: [CallRecord] = []

  package init(query: String, workload: String) {
    self.query = query
    self.workload = workload
  }

  /// Bytes of what the models were shown, to estimate input tokens by; of messages with their framing.
  package var promptBytes: Int? { prompt?.utf8.count ?? messages?.text.utf8.count }

  /// What the query is resampled with.
  package var effectiveGroup: String { group ?? query }
}
