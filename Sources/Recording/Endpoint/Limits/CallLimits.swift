/// How many calls may be begun: at once, and in any 60 seconds. Moments and lengths are microseconds.
///
/// Calls at once follow "too many requests": half as many after one, one more after each round that went well
/// (additive increase, multiplicative decrease; Chiu and Jain, 1989).
package struct CallLimits {
  /// The length of the window of requests and tokens per minute.
  package static let window: Int64 = 60_000_000

  package enum Verdict: Equatable {
    /// Begun under this number.
    case begun(Int)
    /// Not before this moment.
    case at(Int64)
    /// When a call under way ends.
    case whenOneEnds
  }

  package enum Ending: Equatable {
    case done
    /// The endpoint said that it is asked too often; wait this long, if it said how long.
    case tooMany(wait: Int64?)
    case failed
  }

  private struct Begun {
    let moment: Int64
    var tokens: Int
  }

  private let ceiling: Int
  private let requestsPerMinute: Int?
  private let tokensPerMinute: Int?

  private var allowed: Double
  package private(set) var inFlight = 0
  /// The calls of the last minute, oldest first; the first has number `firstNumber`.
  private var recent: [Begun] = []
  private var firstNumber = 0
  private var closedUntil = Int64.min
  private var halvedAt = Int64.min

  package init(concurrency: Int, requestsPerMinute: Int?, tokensPerMinute: Int?) {
    ceiling = concurrency
    allowed = Double(concurrency)
    self.requestsPerMinute = requestsPerMinute
    self.tokensPerMinute = tokensPerMinute
  }

  /// Calls that may be under way at once now.
  package var concurrency: Int { Int(allowed) }

  /// Begins a call expected to take `tokens` tokens, if it may be begun at `now`.
  package mutating func begin(tokens: Int, now: Int64) -> Verdict {
    forget(before: now - Self.window)
    guard inFlight < concurrency else { return .whenOneEnds }
    let moment = max(closedUntil, requestMoment, tokenMoment(tokens))
    guard moment <= now else { return .at(moment) }
    inFlight += 1
    recent.append(Begun(moment: now, tokens: tokens))
    return .begun(firstNumber + recent.count - 1)
  }

  /// Ends call `number`, begun at `begun`, which took `tokens` tokens if that is known.
  package mutating func end(_ number: Int, begun: Int64, tokens: Int?, _ ending: Ending, now: Int64) {
    inFlight -= 1
    if let tokens, number >= firstNumber { recent[number - firstNumber].tokens = tokens }
    switch ending {
    case .done: allowed = min(Double(ceiling), allowed + 1 / allowed)
    case .tooMany(let wait):
      if let wait { closedUntil = max(closedUntil, now + wait) }
      // Calls begun before the last halving were sent under the old limit.
      guard begun >= halvedAt else { return }
      allowed = max(1, allowed / 2)
      halvedAt = now
    case .failed: break
    }
  }

  /// When the window has room for one more request.
  private var requestMoment: Int64 {
    guard let limit = requestsPerMinute, recent.count >= limit else { return .min }
    return recent[recent.count - limit].moment + Self.window
  }

  /// When the window has room for `tokens` more; a call larger than the limit waits for an empty window.
  private func tokenMoment(_ tokens: Int) -> Int64 {
    guard let limit = tokensPerMinute else { return .min }
    var excess = recent.reduce(tokens) { $0 + $1.tokens } - limit
    for begun in recent where excess > 0 {
      excess -= begun.tokens
      if excess <= 0 || begun.moment == recent.last?.moment { return begun.moment + Self.window }
    }
    return .min
  }

  private mutating func forget(before moment: Int64) {
    let count = recent.prefix { $0.moment <= moment }.count
    recent.removeFirst(count)
    firstNumber += count
  }
}
