import RoutingCore

/// The calls of one query: recorded ones as they are, missing ones made and kept. Each distinct call is made once.
actor FillingSource: CallSource {
  private let query: QueryRecord
  private let recorder: Recorder
  private var known: [CallIdentity: CallRecord]

  init(_ query: QueryRecord, _ recorder: Recorder) {
    self.query = query
    self.recorder = recorder
    known = Dictionary(query.calls.map { (CallIdentity($0), $0) }, uniquingKeysWith: { first, _ in first })
  }

  func make(_ call: SchemeCall) async throws -> CallRecord {
    let key = CallIdentity(call)
    if let known = known[key] { return known }
    guard !recorder.signal.isStopping else { throw RecordingStop.asked }
    let (model, input, output) = try recorder.calls.mostTokens(call, for: query)
    // A ranking that cannot be read is asked for once more.
    let amount = try await recorder.spending.reserve(
      model: model, input: input, output: output, attempts: call.role == .ranking ? 2 : 1)
    do {
      let record = try await recorder.calls.make(call, for: query)
      try await recorder.store.add(record, to: query.query)
      known[key] = record
      await recorder.spending.settle(record, reserved: amount)
      await recorder.tally.note(record, spent: recorder.spending.total)
      return record
    } catch {
      await recorder.spending.settle(nil, reserved: amount)
      throw error
    }
  }
}
