import RoutingCore

/// When a failed call is sent again: exponential backoff with full jitter, or when the server says.
///
/// How often is `EndpointSettings.retries`; which failures are worth it, `EndpointError.Cause.isRetryable`; `Endpoint`
/// does the waiting. A ranking that nobody can read is asked for once more by `LiveCalls`, which is no retry.
///
/// Source of "full jitter": M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
package struct RetryPolicy: Sendable {
  /// Microseconds before the first retry at most; each further one may wait twice as long.
  package static let base: Int64 = 500_000
  /// The longest wait of our own choosing, in microseconds.
  package static let cap: Int64 = 60_000_000
  /// A server that asks for a longer wait than this is taken to refuse, in microseconds.
  package static let longestAdvice: Int64 = 600_000_000

  package let retries: Int
  private let random: Philox

  package init(retries: Int, seed: UInt64) {
    self.retries = retries
    random = Philox(seed: seed)
  }

  /// Microseconds to wait after the `attempt`-th attempt (from 1) of call `call` failed; `nil`: give up.
  package func wait(after failure: CallFailure, attempt: Int, call: UInt64) -> Int64? {
    guard attempt <= retries, failure.cause != .cancelled,
      failure.advice.shouldRetry ?? failure.cause.isRetryable
    else { return nil }
    if let advised = failure.advice.wait { return advised <= Self.longestAdvice ? advised : nil }
    let longest = min(Self.cap, Self.base << Int64(min(attempt - 1, 30)))
    let bits = random.bits(item: call, draw: UInt32(clamping: attempt))
    return Int64((bits.multipliedFullWidth(by: UInt64(longest) + 1)).high)
  }
}

/// Why one attempt failed, and what the server said about another.
package struct CallFailure: Error, Equatable {
  package var cause: EndpointError.Cause
  package var advice = RetryAdvice()

  package init(cause: EndpointError.Cause, advice: RetryAdvice = RetryAdvice()) {
    self.cause = cause
    self.advice = advice
  }
}

/// What the headers of a reply say about asking again.
package struct RetryAdvice: Equatable, Sendable {
  /// Microseconds.
  package var wait: Int64?
  package var shouldRetry: Bool?

  package init() {}

  /// Reads `retry-after-ms`, else `retry-after` (seconds or an HTTP date), and `x-should-retry`.
  init(_ head: HTTPHead, unixSeconds: Double) {
    let seconds =
      head["retry-after-ms"].flatMap { Double($0) }.map { $0 / 1000 }
      ?? head["retry-after"].flatMap { Double($0) ?? HTTPDate.unixSeconds($0).map { $0 - unixSeconds } }
    if let seconds, seconds.isFinite { wait = Int64(min(max(0, seconds), 1e9) * 1_000_000) }
    shouldRetry = head["x-should-retry"].flatMap { Bool($0) }
  }
}
