/// Takes the calls of a recording as they come in.
package protocol CallStore: Sendable {
  /// Keeps a call for good before it returns.
  func add(_ call: CallRecord, to query: String) async throws
}
