import Recording
import Synchronization

/// A clock that stands still, except that whoever sleeps finds it where they wanted to wake.
final class JumpClock: EndpointClock {
  static let unixStart = 784_111_777.0  // Sun, 06 Nov 1994 08:49:37 GMT

  /// Guards the moment and what was slept, in microseconds.
  private let state = Mutex((now: Int64(0), sleeps: [Int64]()))

  var now: Int64 { state.withLock { $0.now } }
  var unixSeconds: Double { Self.unixStart + Double(now) / 1e6 }

  /// The length of every sleep, in microseconds.
  var sleeps: [Int64] { state.withLock { $0.sleeps } }

  func sleep(until moment: Int64) async throws {
    try Task.checkCancellation()
    state.withLock { state in
      state.sleeps.append(moment - state.now)
      state.now = max(state.now, moment)
    }
  }
}
