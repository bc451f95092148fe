/// Lets calls begin in the order in which they came, as the limits allow.
actor CallGate {
  /// The leave to send one call.
  struct Pass: Sendable {
    fileprivate let number: Int
    fileprivate let begun: Int64
  }

  private struct Waiting {
    let ticket: Int
    let tokens: Int
    let continuation: CheckedContinuation<Pass, any Error>
  }

  private let clock: any EndpointClock
  private var limits: CallLimits
  private var queue: [Waiting] = []
  private var nextTicket = 0
  /// The moment at which the queue is looked at again, if any.
  private var alarm: Int64?

  init(_ limits: CallLimits, clock: any EndpointClock) {
    self.limits = limits
    self.clock = clock
  }

  var load: EndpointLoad {
    EndpointLoad(inFlight: limits.inFlight, waiting: queue.count, concurrency: limits.concurrency)
  }

  /// Returns when a call of about `tokens` tokens may be sent; throws `CancellationError` with its task.
  func enter(tokens: Int) async throws -> Pass {
    try Task.checkCancellation()
    let ticket = nextTicket
    nextTicket += 1
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        queue.append(Waiting(ticket: ticket, tokens: tokens, continuation: continuation))
        admit()
      }
    } onCancel: {
      Task { await self.giveUp(ticket) }
    }
  }

  func leave(_ pass: Pass, tokens: Int?, _ ending: CallLimits.Ending) {
    limits.end(pass.number, begun: pass.begun, tokens: tokens, ending, now: clock.now)
    admit()
  }

  private func admit() {
    while let first = queue.first {
      let now = clock.now
      switch limits.begin(tokens: first.tokens, now: now) {
      case .begun(let number):
        queue.removeFirst()
        first.continuation.resume(returning: Pass(number: number, begun: now))
      case .at(let moment): return setAlarm(at: moment)
      case .whenOneEnds: return
      }
    }
  }

  private func setAlarm(at moment: Int64) {
    if let alarm, alarm <= moment { return }
    alarm = moment
    Task { [weak self, clock] in
      try? await clock.sleep(until: moment)
      await self?.ring(moment)
    }
  }

  private func ring(_ moment: Int64) {
    if alarm == moment { alarm = nil }
    admit()
  }

  private func giveUp(_ ticket: Int) {
    guard let place = queue.firstIndex(where: { $0.ticket == ticket }) else { return }
    queue.remove(at: place).continuation.resume(throwing: CancellationError())
    // The one behind may need fewer tokens.
    admit()
  }
}

/// How busy an endpoint is.
package struct EndpointLoad: Sendable, Equatable {
  package var inFlight: Int
  package var waiting: Int
  /// Calls allowed at once now: the setting, or less after "too many requests".
  package var concurrency: Int

  package init(inFlight: Int, waiting: Int, concurrency: Int) {
    self.inFlight = inFlight
    self.waiting = waiting
    self.concurrency = concurrency
  }
}
