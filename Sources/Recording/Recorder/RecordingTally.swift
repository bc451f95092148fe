package import RoutingCore

/// Counts what a recording does.
package actor RecordingTally {
  package typealias Report = @Sendable (RecordingProgress) -> Void

  /// Queries that may fail one after the other before the recording stops.
  static let patience = 10

  private let report: Report
  private var progress = RecordingProgress()
  private var failures: [RecordingSummary.Failure] = []
  private(set) var failuresInARow = 0

  init(_ report: @escaping Report) { self.report = report }

  func note(_ call: CallRecord, spent: Cost) {
    progress.calls[call.role, default: 0] += 1
    progress.inputTokens += Int64(call.inputTokens ?? 0)
    progress.outputTokens += Int64(call.outputTokens ?? 0)
    progress.spent = spent
    if call.error != nil { progress.failedCalls += 1 }
    if call.order == .unparsable { progress.unreadableRankings += 1 }
    report(progress)
  }

  func finished(_ query: String) {
    progress.queries += 1
    failuresInARow = 0
    report(progress)
  }

  func failed(_ query: String, _ error: EndpointError) {
    failures.append(.init(query: query, reason: error.description))
    failuresInARow += 1
    progress.failedQueries += 1
    report(progress)
  }

  func summary(stop: RecordingStop?) -> RecordingSummary {
    RecordingSummary(progress: progress, failures: failures, stop: stop)
  }
}

/// How far a recording is.
package struct RecordingProgress: Sendable, Equatable {
  /// Calls made by this run.
  package var calls: [CallRole: Int] = [:]
  /// Queries of which everything is recorded.
  package var queries = 0
  /// Queries given up for now.
  package var failedQueries = 0
  /// Calls recorded with an error.
  package var failedCalls = 0
  package var unreadableRankings = 0
  package var inputTokens: Int64 = 0
  package var outputTokens: Int64 = 0
  package var spent = Cost(picodollars: 0)

  package var allCalls: Int { calls.values.reduce(0, +) }
}

/// What a recording did.
package struct RecordingSummary: Sendable {
  package let progress: RecordingProgress
  /// Queries that are not complete, for reasons that may pass.
  package let failures: [Failure]
  /// `nil` where it went through to the end.
  package let stop: RecordingStop?

  package struct Failure: Sendable, Equatable {
    package let query: String
    package let reason: String
  }
}
