import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

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

  private let session: URLSession
  private let delegate: TransferDelegate

  /// - Parameter connections: the most connections to one host.
  init(connections: Int, clock: any EndpointClock) {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpMaximumConnectionsPerHost = connections
    configuration.httpShouldSetCookies = false
    configuration.httpCookieStorage = nil
    configuration.urlCache = nil
    configuration.urlCredentialStorage = nil
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    // Silence is watched here: Foundation on Linux takes no notice of a request's own timeout.
    configuration.timeoutIntervalForRequest = 1e6
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = 1
    delegate = TransferDelegate(clock: clock)
    session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: queue)
  }

  deinit { session.invalidateAndCancel() }

  /// Posts `call`. The stream begins with the head; dropping it ends the transfer.
  func post(_ call: Call) -> Events {
    var request = URLRequest(url: call.url)
    request.httpMethod = "POST"
    request.httpBody = Data(call.body)
    for header in call.headers { request.setValue(header.value, forHTTPHeaderField: header.name) }
    let task = session.dataTask(with: request)
    return Events { continuation in
      delegate.begin(task, continuation, silence: call.silence)
      continuation.onTermination = { ending in
        if case .cancelled = ending { task.cancel() }
      }
      task.resume()
    }
  }
}

/// The status line and headers of a reply.
struct HTTPHead: Sendable {
  let status: Int
  private let headers: [String: String]

  init(_ response: HTTPURLResponse) {
    status = response.statusCode
    headers = response.allHeaderFields.reduce(into: [:]) { headers, field in
      guard let name = field.key as? String, let value = field.value as? String else { return }
      headers[name.lowercased()] = value
    }
  }

  /// A header, whatever the case of its name.
  subscript(name: String) -> String? { headers[name.lowercased()] }
}
