import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Carries what a session reports to the stream of its transfer, and ends transfers that have fallen silent.
final class TransferDelegate: NSObject, URLSessionDataDelegate, Sendable {
  private struct Transfer {
    let events: HTTPClient.Events.Continuation
    /// The longest silence, in seconds.
    let silence: Double
    let watch: Task<Void, Never>
    var lastSign = ContinuousClock.now
    var hasHead = false
  }

  private let clock: any EndpointClock
  /// Guards the transfers under way, by task.
  private let transfers = Mutex<[Int: Transfer]>([:])

  init(clock: any EndpointClock) { self.clock = clock }

  func begin(_ task: URLSessionTask, _ events: HTTPClient.Events.Continuation, silence: Double) {
    transfers.withLock { transfers in
      // Under the lock, so that the watch finds the transfer.
      let watch = Task { [weak self] in
        while let wait = self?.remainingSilence(of: task) {
          guard wait > .zero else {
            self?.finish(task, cause: .silent(seconds: silence))
            return task.cancel()
          }
          // Cancelled when the transfer ends.
          guard (try? await Task.sleep(for: wait)) != nil else { return }
        }
      }
      transfers[task.taskIdentifier] = Transfer(events: events, silence: silence, watch: watch)
    }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let now = clock.now
    transfers.withLock { transfers in
      guard let events = Self.withHead(of: dataTask, in: &transfers) else { return }
      transfers[dataTask.taskIdentifier]?.lastSign = .now
      events.yield(.bytes(data, at: now))
    }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    finish(task, cause: error.map(Self.cause))
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }

  /// A server that asks for a password gets none: the reply it came with (401) is the reply. Left to itself,
  /// Foundation on Linux would wait for ever.
  func urlSession(
    _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
    completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
  ) {
    guard Self.passwordMethods.contains(challenge.protectionSpace.authenticationMethod) else {
      return completionHandler(.performDefaultHandling, nil)
    }
    finish(task, cause: nil)
    completionHandler(.cancelAuthenticationChallenge, nil)
  }

  private static let passwordMethods = [
    NSURLAuthenticationMethodDefault, NSURLAuthenticationMethodHTTPBasic, NSURLAuthenticationMethodHTTPDigest,
  ]

  /// `nil` once the transfer has ended.
  private func remainingSilence(of task: URLSessionTask) -> Duration? {
    transfers.withLock { transfers in
      transfers[task.taskIdentifier].map { .seconds($0.silence) - (.now - $0.lastSign) }
    }
  }

  /// Ends the stream; the first cause holds.
  private func finish(_ task: URLSessionTask, cause: EndpointError.Cause?) {
    let transfer = transfers.withLock { transfers in
      _ = Self.withHead(of: task, in: &transfers)
      return transfers.removeValue(forKey: task.taskIdentifier)
    }
    transfer?.events.finish(throwing: cause)
    transfer?.watch.cancel()
  }

  /// The transfer's stream, which has the head by then if there is one.
  private static func withHead(
    of task: URLSessionTask, in transfers: inout [Int: Transfer]
  ) -> HTTPClient.Events.Continuation? {
    guard let transfer = transfers[task.taskIdentifier] else { return nil }
    if !transfer.hasHead, let response = task.response as? HTTPURLResponse {
      transfers[task.taskIdentifier]?.hasHead = true
      transfer.events.yield(.head(HTTPHead(response)))
    }
    return transfer.events
  }

  private static func cause(of error: any Error) -> EndpointError.Cause {
    let why = error.localizedDescription
    switch (error as? URLError)?.code {
    case .cancelled: return .cancelled
    case .cannotFindHost, .cannotConnectToHost, .dnsLookupFailed, .notConnectedToInternet,
      .secureConnectionFailed,
      .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot:
      return .unreachable(why)
    // The address has been checked before: it is the answer that is not HTTP.
    case .unsupportedURL, .cannotParseResponse: return .unreadable("not HTTP: " + why)
    default: return .broken(why)
    }
  }
}
