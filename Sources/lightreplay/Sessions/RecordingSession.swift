import ConfigFiles
import Foundation
import Recording
import Reporting
import RoutingCore
import TraceStore

/// A configuration opened for recording: its endpoints, its prompts, its prices.
struct RecordingSession {
  let config: LiveConfig
  let queries: [QueryRecord]
  let prices: PriceBook?
  let calls: LiveCalls

  /// Checks everything that can be checked before anything is asked.
  init(config path: String, prices: String?) throws {
    let config = try LiveConfigFile.read(ConfigText.read(path), name: path)
    try self.init(config, try Self.queries(config, beside: path), prices: prices)
  }

  init(_ config: LiveConfig, _ queries: [QueryRecord], prices: String?) throws {
    let book = try prices.map(PriceBooks.read)
    let unpriced = book.map { book in config.models.filter { book.prices[$0.name] == nil } } ?? []
    guard unpriced.isEmpty else {
      let unused = Set(book?.prices.keys.map { $0 } ?? []).subtracting(config.models.map(\.name))
      throw PolicyError.noPrice(payers: unpriced.map(\.name), known: unused.sorted())
    }
    calls = LiveCalls(config: config, clients: try Self.clients(config))
    self.config = config
    self.queries = queries
    self.prices = book
  }

  static func clients(_ config: LiveConfig) throws -> [String: any ChatClient] {
    var clients: [String: any ChatClient] = [:]
    for endpoint in config.endpoints {
      let settings = try EndpointSettings(endpoint, environment: ProcessInfo.processInfo.environment)
      clients[endpoint.name] = try Endpoint(settings: settings, seed: config.seed)
    }
    return clients
  }

  /// The prompts of every file, found beside the configuration.
  private static func queries(_ config: LiveConfig, beside path: String) throws -> [QueryRecord] {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    var queries: [QueryRecord] = []
    for file in config.prompts {
      let path = file.hasPrefix("/") ? file : folder.appendingPathComponent(file).relativePath
      queries += try PromptFile.read(path)
    }
    guard !queries.isEmpty else {
      throw ConfigError.missing(
        file: path, line: 1, field: "prompts", expected: "files of queries (JSON Lines, or traces)")
    }
    return queries
  }

  // MARK: Plan

  func showPlan(trace: String) async throws {
    var known: [String: QueryRecord] = [:]
    if FileManager.default.fileExists(atPath: trace) {
      try TraceDatabase(reading: trace).forEachQuery { known[$0.query] = $0 }
    }
    let plan = try await RecordingPlan.make(queries.map { known[$0.query] ?? $0 }, calls)
    try Messages.result(RecordingPlanReport(plan: plan, prices: prices).table)
  }

  // MARK: Recording

  func record(into path: String, limit: Cost?) async throws -> RecordingSummary {
    let store = try TraceRecording(path: path, header: config.header)
    let stored = try await store.begin(queries)
    let plan = try await RecordingPlan.make(stored, calls)
    Messages.note(RecordingPlanReport(plan: plan, prices: prices).line)
    let signal = StopSignal()
    let interrupt = Interrupt { signal.stop() }
    defer { interrupt.end() }
    let line = RecordingLine(plan: plan, showsDollars: prices != nil)
    let recorder = Recorder(
      calls: calls, store: store, spending: Spending(prices: prices?.prices ?? [:], limit: limit),
      signal: signal
    ) { line.show($0) }
    let summary = try await recorder.record(stored)
    line.clear()
    try await store.close()
    say(summary, path)
    return summary
  }

  private func say(_ summary: RecordingSummary, _ path: String) {
    let progress = summary.progress
    var text =
      "\(path): \(NumberText.count(progress.allCalls)) calls recorded, \(progress.queries) of \(queries.count) queries complete"
    if prices != nil { text += ", \(RecordingPlanReport.dollars(progress.spent.picodollars)) spent" }
    Messages.note(text)
    if progress.failedCalls > 0 {
      Messages.note("\(progress.failedCalls) calls were refused and are recorded as failed")
    }
    if progress.unreadableRankings > 0 {
      Messages.note("\(progress.unreadableRankings) rankings could not be read; they are gaps, not orders")
    }
    for failure in summary.failures.prefix(10) {
      Messages.note("query '\(failure.query)': \(failure.reason)")
    }
    if summary.failures.count > 10 { Messages.note("… and \(summary.failures.count - 10) more") }
    if let stop = summary.stop {
      Messages.note("stopped: \(stop)")
    }
    if summary.stop != nil || !summary.failures.isEmpty {
      Messages.note("run the same command again to go on; nothing recorded is asked twice")
    }
  }
}

/// Turns the first Ctrl-C (or SIGTERM) into a request to stop; the second ends the program.
final class Interrupt {
  private let sources: [any DispatchSourceSignal]

  init(_ body: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        signal(number, SIG_DFL)
        Messages.note(
          "\nstopping after the calls in flight; again to stop at once (nothing recorded is lost)")
        body()
      }
      source.resume()
      return source
    }
  }

  func end() {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}

/// A line that shows how far a recording is; only on a terminal.
final class RecordingLine: Sendable {
  private let plan: RecordingPlan
  private let showsDollars: Bool
  private let start = Date()
  private let isShown = Messages.isInteractive

  init(plan: RecordingPlan, showsDollars: Bool) {
    self.plan = plan
    self.showsDollars = showsDollars
  }

  func show(_ progress: RecordingProgress) {
    guard isShown else { return }
    let seconds = max(0.001, Date().timeIntervalSince(start))
    let total = plan.entries.reduce(0) { $0 + ($1.calls.lowerBound + $1.calls.upperBound) / 2 }
    let done = progress.allCalls
    var text = "\(done) of about \(total) calls, \(progress.queries) of \(plan.queries) queries"
    if done > 0, total > done {
      let left = seconds * Double(total - done) / Double(done)
      text += ", \(RecordingLine.time(left)) left"
    }
    text += ", \(NumberText.fixed(Double(progress.outputTokens) / seconds, places: 1)) tokens/s"
    if showsDollars { text += ", \(RecordingPlanReport.dollars(progress.spent.picodollars))" }
    if progress.failedCalls + progress.failedQueries > 0 {
      text += ", \(progress.failedCalls + progress.failedQueries) failed"
    }
    Messages.raw("\r\u{1B}[K\(text)")
  }

  func clear() {
    if isShown { Messages.raw("\r\u{1B}[K") }
  }

  private static func time(_ seconds: Double) -> String {
    let minutes = Int((seconds / 60).rounded(.up))
    return minutes < 90 ? "\(minutes) min" : "\(NumberText.fixed(Double(minutes) / 60, places: 1)) h"
  }
}
