import Recording
import Testing

@Suite struct CallLimitsTests {
  private let second: Int64 = 1_000_000

  @Test("Calls at once stop at the concurrency")
  func concurrency() {
    var limits = CallLimits(concurrency: 2, requestsPerMinute: nil, tokensPerMinute: nil)
    #expect(limits.begin(tokens: 0, now: 0) == .begun(0))
    #expect(limits.begin(tokens: 0, now: 0) == .begun(1))
    #expect(limits.begin(tokens: 0, now: 0) == .whenOneEnds)
    limits.end(0, begun: 0, tokens: nil, .failed, now: 5)
    #expect(limits.begin(tokens: 0, now: 5) == .begun(2))
  }

  @Test("A full minute of requests waits for the oldest to be a minute old")
  func requests() {
    var limits = CallLimits(concurrency: 9, requestsPerMinute: 2, tokensPerMinute: nil)
    #expect(limits.begin(tokens: 0, now: 0) == .begun(0))
    #expect(limits.begin(tokens: 0, now: 10 * second) == .begun(1))
    #expect(limits.begin(tokens: 0, now: 20 * second) == .at(60 * second))
    #expect(limits.begin(tokens: 0, now: 60 * second) == .begun(2))
    #expect(limits.begin(tokens: 0, now: 61 * second) == .at(70 * second))
  }

  @Test("A full minute of tokens waits until enough of them are a minute old")
  func tokens() {
    var limits = CallLimits(concurrency: 9, requestsPerMinute: nil, tokensPerMinute: 100)
    #expect(limits.begin(tokens: 30, now: 0) == .begun(0))
    #expect(limits.begin(tokens: 30, now: 10 * second) == .begun(1))
    #expect(limits.begin(tokens: 40, now: 20 * second) == .begun(2))
    #expect(limits.begin(tokens: 30, now: 21 * second) == .at(60 * second))
    #expect(limits.begin(tokens: 31, now: 21 * second) == .at(70 * second))
    // What a call really took counts once it is known.
    limits.end(1, begun: 10 * second, tokens: 5, .done, now: 22 * second)
    #expect(limits.begin(tokens: 25, now: 22 * second) == .begun(3))
  }

  @Test("A call larger than a minute's tokens waits for an empty minute, not for ever")
  func largeCall() {
    var limits = CallLimits(concurrency: 9, requestsPerMinute: nil, tokensPerMinute: 100)
    #expect(limits.begin(tokens: 10, now: 0) == .begun(0))
    #expect(limits.begin(tokens: 10, now: 3 * second) == .begun(1))
    #expect(limits.begin(tokens: 500, now: 4 * second) == .at(63 * second))
    #expect(limits.begin(tokens: 500, now: 63 * second) == .begun(2))
  }

  @Test("One burst of \"too many\" halves once, down to one; calls that go well win it back slowly")
  func additiveIncrease() {
    var limits = CallLimits(concurrency: 8, requestsPerMinute: nil, tokensPerMinute: nil)
    for _ in 0..<8 { _ = limits.begin(tokens: 0, now: 0) }
    for number in 0..<8 {
      limits.end(number, begun: 0, tokens: nil, .tooMany(wait: nil), now: 1 + Int64(number))
    }
    #expect(limits.concurrency == 4)
    for (round, expected) in [(10, 2), (20, 1), (30, 1)] {
      guard case .begun(let number) = limits.begin(tokens: 0, now: Int64(round)) else { continue }
      limits.end(number, begun: Int64(round), tokens: nil, .tooMany(wait: nil), now: Int64(round) + 1)
      #expect(limits.concurrency == expected)
    }
    var calls = 0
    while limits.concurrency < 8, calls < 1000 {
      guard case .begun(let number) = limits.begin(tokens: 0, now: 40) else { break }
      limits.end(number, begun: 40, tokens: nil, .done, now: 40)
      calls += 1
    }
    // About 1 + 2 + … + 7 calls.
    #expect((24...36).contains(calls))
  }

  @Test("A wait that the server asks for holds all calls")
  func closed() {
    var limits = CallLimits(concurrency: 4, requestsPerMinute: nil, tokensPerMinute: nil)
    #expect(limits.begin(tokens: 0, now: 0) == .begun(0))
    limits.end(0, begun: 0, tokens: nil, .tooMany(wait: 7 * second), now: second)
    #expect(limits.begin(tokens: 0, now: 2 * second) == .at(8 * second))
    #expect(limits.begin(tokens: 0, now: 8 * second) == .begun(1))
  }
}
