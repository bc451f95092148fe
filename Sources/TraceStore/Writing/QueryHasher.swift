import Dispatch
import RoutingCore
import Synchronization

/// The hash of a query's interchange text, computed on a second thread while the first stores its texts.
final class QueryHasher: Sendable {
  private struct State {
    var encoder = InterchangeEncoder()
    var hash: TextHash?
  }

  private let queue = DispatchQueue(label: "lightreplay.query-hash")
  private let state = Mutex(State())

  func begin(_ record: QueryRecord) {
    queue.async {
      self.state.withLock { state in
        state.encoder.clear()
        state.encoder.encode(record)
        state.hash = state.encoder.bytes.withUnsafeBytes { TextHash($0) }
      }
    }
  }

  /// Of the query begun last; waits for it. It can be asked for once.
  func hash() -> TextHash {
    guard let hash = queue.sync(execute: { state.withLock { $0.hash.take() } }) else {
      preconditionFailure("a hash is asked for after its query was begun")
    }
    return hash
  }
}
