import RoutingCore
import Testing

/// Offline aggregators over outputs in order of rank (Scheme.md, "Aggregators").
@Suite struct AggregatorTests {
  /// Merges one row of (answer, score) outputs, −1 standing for none.
  private func merge(_ name: String, _ outputs: [(Int32, Int32)]) throws -> Int32 {
    var inputs = MergeInputs(rows: 1, stride: 5)
    inputs.counts[0] = Int32(outputs.count)
    for (place, output) in outputs.enumerated() {
      inputs.answers[place] = output.0
      inputs.scores[place] = output.1
    }
    var scores: ContiguousArray<Int32> = [0]
    let entry = try #require(AggregatorRegistry.entries.first { $0.name == name })
    try #require(entry.merging).merge(inputs, into: &scores)
    return scores[0]
  }

  @Test(
    "vote takes the plurality; ties go to the best-ranked holder, whose score counts",
    arguments: [
      ([(1, 10), (2, 20), (2, 30)], 20), ([(1, 10), (2, 20)], 10),
      ([(1, 10), (2, 20), (2, 21), (1, 11)], 10),
      ([(3, 5), (1, 10), (2, 20), (2, 21), (1, 11)], 10), ([(1, 10)], 10),
    ] as [([(Int32, Int32)], Int32)])
  func vote(outputs: [(Int32, Int32)], expected: Int32) throws {
    #expect(try merge("vote", outputs) == expected)
  }

  @Test(
    "An absent answer does not vote; if none votes, the first-ranked answer counts",
    arguments: [
      ([(-1, 10), (-1, 11), (4, 20)], 20), ([(-1, 10), (-1, 11)], 10), ([(-1, 10), (1, 20), (2, 30)], 20),
    ] as [([(Int32, Int32)], Int32)])
  func abstentions(outputs: [(Int32, Int32)], expected: Int32) throws {
    #expect(try merge("vote", outputs) == expected)
  }

  @Test("vote needs the winner's score only, and everybody's answer")
  func voteGaps() throws {
    #expect(try merge("vote", [(1, -1), (2, 20), (2, -1)]) == 20)
    #expect(try merge("vote", [(1, 10), (2, -1), (2, 30)]) == -1)
    #expect(try merge("vote", [(2, 10), (2, 20), (MergeInputs.unseen, -1)]) == -1)
  }

  @Test("first is the first-ranked answer's score, and needs no other")
  func first() throws {
    #expect(try merge("first", [(1, 10), (2, -1)]) == 10)
    #expect(try merge("first", [(1, -1), (2, 20)]) == -1)
  }

  @Test(
    "mean is rounded half to even",
    arguments: [([1, 2], 2), ([2, 3], 2), ([1, 1, 2], 1), ([1_000_000, 0, 0], 333_333), ([7], 7)]
      as [([Int32], Int32)])
  func mean(scores: [Int32], expected: Int32) throws {
    #expect(try merge("mean", scores.map { (1, $0) }) == expected)
  }

  @Test("best is the highest score")
  func best() throws {
    #expect(try merge("best", [(1, 10), (1, 30), (1, 20)]) == 30)
    #expect(try merge("best", [(1, 0)]) == 0)
  }

  @Test("mean and best need every score", arguments: ["mean", "best"])
  func gaps(name: String) throws {
    #expect(try merge(name, [(1, 10), (1, -1)]) == -1)
  }

  @Test("A row without outputs is left alone", arguments: ["vote", "first", "mean", "best"])
  func empty(name: String) throws {
    #expect(try merge(name, []) == 0)
  }

  @Test("Only best and mean are bounds")
  func bounds() {
    #expect(AggregatorRegistry.entries.filter(\.isBound).map(\.name) == ["mean", "best"])
    #expect(SelectorRegistry.entries.filter(\.isBound).map(\.name) == ["random", "oracle"])
    #expect(SelectorRegistry.entries.filter { !$0.needsPrefixes }.map(\.name) == ["static", "prior"])
  }

  @Test("Answers are compared as exact strings: composed and decomposed é are two answers")
  func exactStrings() async throws {
    let sketch = TraceSketch(
      "a", "b", "c",
      queries: [
        query([
          response("a", in: 1, out: 1, answer: "x", score: 100_000),
          response("b", in: 1, out: 1, answer: "\u{E9}", score: 200_000),
          response("c", in: 1, out: 1, answer: "e\u{301}", score: 300_000),
        ])
      ])
    // Three different answers: the first-ranked counts. As equal ones, b and c would have won.
    let row = try await sketch.trace().replay(all: [.moa(aggregator: "vote")], .tokens)[0]
    #expect(row.score == 100_000)
  }

  @Test("The empty string is an answer, and answers are not trimmed")
  func emptyAnswer() async throws {
    func winner(_ answers: [String?]) async throws -> Int32 {
      let calls = zip(["a", "b", "c"], answers).enumerated().map { index, pair in
        response(pair.0, in: 1, out: 1, answer: pair.1, score: index + 1)
      }
      return try await TraceSketch("a", "b", "c", queries: [query(calls)]).trace()
        .replay(all: [.moa(aggregator: "vote")], .tokens)[0].score
    }
    #expect(try await winner(["5", "", ""]) == 2)
    #expect(try await winner(["5", nil, ""]) == 1)
    #expect(try await winner(["5", "7", "7 "]) == 1)
  }
}
