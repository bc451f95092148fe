package import RoutingCore

/// Every call made anew at its endpoint, once, and kept where a store is given.
package actor LiveSource: CallSource {
  private let query: QueryRecord
  private let calls: LiveCalls
  private let store: (any CallStore)?
  /// A stream that goes on is asked for at the boot and at the completion, and is one call.
  private var made: [CallIdentity: CallRecord] = [:]

  package init(_ query: QueryRecord, calls: LiveCalls, store: (any CallStore)? = nil) {
    self.query = query
    self.calls = calls
    self.store = store
  }

  package func make(_ call: SchemeCall) async throws -> CallRecord {
    if let record = made[CallIdentity(call)] { return record }
    let record = try await calls.make(call, for: query)
    made[CallIdentity(call)] = record
    try await store?.add(record, to: query.query)
    return record
  }
}
