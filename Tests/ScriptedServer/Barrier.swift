import Foundation
import Synchronization

/// Holds threads until a number of them has arrived, or it is opened.
package final class Barrier: Sendable {
  private let size: Int
  /// Guards the count of threads that wait, and whether none has to any more.
  private let state = Mutex((waiting: 0, isOpen: false))
  private let gate = DispatchSemaphore(value: 0)

  /// Opens by itself when `size` threads have arrived.
  package init(size: Int = .max) { self.size = size }

  /// How many have arrived.
  package var waiting: Int { state.withLock { $0.waiting } }

  package func open() {
    let waiting = state.withLock { state in
      defer { state.isOpen = true }
      return state.isOpen ? 0 : state.waiting
    }
    for _ in 0..<waiting { gate.signal() }
  }

  /// Returns when the barrier is open.
  package func arrive() {
    let (mustWait, isLast) = state.withLock { state in
      if state.isOpen { return (false, false) }
      state.waiting += 1
      return (true, state.waiting == size)
    }
    if isLast { open() }
    if mustWait { gate.wait() }
  }
}
