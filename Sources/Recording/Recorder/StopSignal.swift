import Synchronization

/// Asks a recording to end after the calls in flight.
package final class StopSignal: Sendable {
  /// Guards the one flag.
  private let flag = Mutex(false)

  package init() {}

  package func stop() { flag.withLock { $0 = true } }

  package var isStopping: Bool { flag.withLock { $0 } }
}
