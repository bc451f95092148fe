import Foundation
import Synchronization

/// Sends requests and hands out replies as they arrive, many at once over kept connections.
///
/// It follows no redirect (a key must not travel to another host), keeps no cookies and no cache, and honours the
/// proxy variables of the environment.
final class HTTPClient: Sendable {
  struct Call: Sendable {
    var url: URL
    var headers: [(name: String, value: String)]
    var body: [UInt8]
    /// The longest silence, in seconds.
    var silence: Double
  }

  enum Event: Sendable {
    case head(HTTPHead)
    /// Part of the body, and when it came (`EndpointClock.now`).
    case bytes(Data, at: Int64)
  }

  /// Fails with an `EndpointError.Cause`.
  typealias Events = AsyncThrowingStream<Event, any Error>

  private let loop: CurlLoop.Door

  /// - Parameter connections: the most connections to one host.
  init(connections: Int, clock: any EndpointClock) {
    OpenFileLimit.raise(toHold: connections)
    loop = CurlLoop.start(connections: connections, clock: clock)
  }

  deinit { loop.send(.end) }

  /// Posts `call`. The stream begins with the head; dropping it ends the transfer.
  func post(_ call: Call) -> Events {
    let loop = loop
    return Events { continuation in
      let id = loop.nextID()
      continuation.onTermination = { ending in
        if case .cancelled = ending { loop.send(.cancel(id)) }
      }
      loop.send(.begin(id, call, continuation))
    }
  }
}

/// The status line and headers of a reply.
struct HTTPHead: Sendable {
  let status: Int
  private let headers: [String: String]

  init(status: Int, headers: [String: String]) {
    self.status = status
    self.headers = Dictionary(headers.map { ($0.lowercased(), $1) }, uniquingKeysWith: { first, _ in first })
  }

  /// A header, whatever the case of its name.
  subscript(name: String) -> String? { headers[name.lowercased()] }
}
