import Recording
import Testing

@Suite struct RetryPolicyTests {
  private let broken = CallFailure(cause: .broken("cut"))

  @Test("Waits lie between nothing and a bound that doubles up to a minute, evenly")
  func bounds() throws {
    let policy = RetryPolicy(retries: 20, seed: 1)
    for (attempt, bound) in [(1, 0.5), (2, 1), (3, 2), (7, 32), (8, 60), (20, 60)] {
      let waits = try (0..<400).map { call in
        try #require(policy.wait(after: broken, attempt: attempt, call: UInt64(call)))
      }
      let longest = Int64(bound * 1e6)
      #expect(waits.allSatisfy { (0...longest).contains($0) })
      // 400 even draws: the mean is within 4 standard errors of the middle, and the ends are reached.
      let mean = Double(waits.reduce(0, +)) / 400
      #expect(abs(mean / Double(longest) - 0.5) < 4 * 0.2887 / 20)
      #expect(try #require(waits.max()) > longest * 95 / 100)
      #expect(try #require(waits.min()) < longest * 5 / 100)
    }
  }

  @Test("The same seed waits the same, another seed does not")
  func seeds() {
    func waits(seed: UInt64) -> [Int64?] {
      (0..<10).map { RetryPolicy(retries: 3, seed: seed).wait(after: broken, attempt: 1, call: $0) }
    }
    #expect(waits(seed: 1) == waits(seed: 1))
    #expect(waits(seed: 1) != waits(seed: 2))
  }

  @Test("After the last retry there is no wait, and a cancelled call is never sent again")
  func ends() {
    let policy = RetryPolicy(retries: 2, seed: 1)
    #expect(policy.wait(after: broken, attempt: 2, call: 0) != nil)
    #expect(policy.wait(after: broken, attempt: 3, call: 0) == nil)
    var cancelled = CallFailure(cause: .cancelled)
    cancelled.advice.shouldRetry = true
    #expect(policy.wait(after: cancelled, attempt: 1, call: 0) == nil)
  }
}
