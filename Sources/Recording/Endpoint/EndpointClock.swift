import Foundation

/// Where an endpoint takes its time from.
package protocol EndpointClock: Sendable {
  /// Microseconds since a fixed moment; never goes back.
  var now: Int64 { get }
  /// Seconds since 1970, for dates that servers name.
  var unixSeconds: Double { get }
  /// Returns at `moment` (as in `now`) or later; throws when the task is cancelled.
  func sleep(until moment: Int64) async throws
}

/// The machine's clock.
package struct SystemClock: EndpointClock {
  private static let origin = ContinuousClock.now

  package init() {}

  package var now: Int64 {
    let (seconds, attoseconds) = (ContinuousClock.now - Self.origin).components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }

  package var unixSeconds: Double { Date().timeIntervalSince1970 }

  package func sleep(until moment: Int64) async throws {
    let wait = moment - now
    if wait > 0 { try await Task.sleep(for: .microseconds(wait)) }
  }
}
