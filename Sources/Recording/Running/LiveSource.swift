package import RoutingCore

/// Every call made anew at its endpoint, and kept where a store is given.
package struct LiveSource: CallSource {
  private let query: QueryRecord
  private let calls: LiveCalls
  private let store: (any CallStore)?

  package init(_ query: QueryRecord, calls: LiveCalls, store: (any CallStore)? = nil) {
    self.query = query
    self.calls = calls
    self.store = store
  }

  package func make(_ call: SchemeCall) async throws -> CallRecord {
    let record = try await calls.make(call, for: query)
    try await store?.add(record, to: query.query)
    return record
  }
}
