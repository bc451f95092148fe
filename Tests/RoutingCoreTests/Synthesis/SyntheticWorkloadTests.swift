import RoutingCore
import Testing

@Suite struct SyntheticWorkloadTests {
  private let made = SyntheticWorkload(queries: 20_000, candidates: 3, correlation: 0.4)

  private func scores(_ made: SyntheticWorkload) -> [[Double]] {
    (0..<made.queries).map { made.query(at: $0).calls.map { $0.score == .one ? 1 : 0 } }
  }

  @Test("Mean scores are as strong as the header says, within 4 standard errors")
  func strengths() {
    let scores = scores(made)
    for candidate in 0..<3 {
      let mean = scores.reduce(0) { $0 + $1[candidate] } / 20_000
      #expect(abs(mean - (0.9 - 0.05 * Double(candidate))) < 4 * (0.25 / 20_000).squareRoot())
    }
    #expect(made.header.extra?.text.contains("\"m2\":0.85") == true)
    #expect(made.header.extra?.text.contains("\"made_up\":true") == true)
    #expect(made.header.extra?.text.contains("\"correlation\":0.4,\"seed\":7") == true)
  }

  @Test("Scores correlate as asked", arguments: [0, 0.4, 1])
  func correlation(_ asked: Double) {
    var made = made
    made.correlation = asked
    let scores = scores(made)
    let (p, q) = (made.strength(0), made.strength(1))
    let both = scores.reduce(0) { $0 + $1[0] * $1[1] } / 20_000
    // One draw for both makes the weaker's success the stronger's too.
    let expected = asked * q + (1 - asked) * p * q
    #expect(abs(both - expected) < 4 * (0.25 / 20_000).squareRoot())
    // As the documentation says, of scores that are unequally strong.
    let correlation = (expected - p * q) / (p * (1 - p) * q * (1 - q)).squareRoot()
    #expect(abs(correlation - asked * (q * (1 - p) / (p * (1 - q))).squareRoot()) < 1e-12)
  }

  @Test("A query follows from seed and position, whatever else is made")
  func reproducible() {
    var other = made
    other.queries = 12_345
    #expect(made.query(at: 77) == other.query(at: 77))
    other.seed = 8
    #expect(made.query(at: 77) != other.query(at: 77))
  }

  @Test("Texts are as long as the tokens say and end in the answer")
  func texts() throws {
    var made = made
    made.hasTexts = true
    for call in made.query(at: 5).calls {
      let text = try #require(call.text)
      let answer = try #require(call.answer)
      #expect(text.hasSuffix(": " + answer))
      let words = text.dropLast(answer.count + 2).split(separator: " ").count
      #expect(words == call.outputTokens.map { Int($0) })
    }
  }
}
