import RoutingCore
import Testing

/// Signals of hand-made queries of two to four candidates a, b, c, d (Scheme.md, "Adaptive k").
@Suite struct SignalColumnTests {
  private static let names = ["a", "b", "c", "d"]

  private func sketch(_ texts: [String?], answers: [String?] = []) -> TraceSketch {
    let names = Self.names.prefix(texts.count)
    return TraceSketch(
      models: names.map { ModelDeclaration(name: $0) },
      queries: [
        query(
          zip(names, texts).enumerated().map { index, pair in
            response(pair.0, out: 5, answer: index < answers.count ? answers[index] : nil, text: pair.1)
          })
      ])
  }

  /// Of the only query, for a ranking in the order given or by a selector.
  private func signal(
    _ kind: StopSignalKind, _ sketch: TraceSketch, order: [Int]? = nil, selector: String = "consensus",
    cut: Int32 = .max, comparesAnswers: Bool = false
  ) throws -> SignalColumn {
    let trace = try sketch.trace()
    let scope = RankingScope(
      trace: trace, rows: 0..<1, layer: 1, cut: cut, members: trace.rows.active, outputs: .responses)
    var ranking = RankingColumn(rows: 1, poolCount: trace.poolCount)
    if let order {
      ranking.rank(0, trace.rows.active[0]) { candidate in -Int64(order.firstIndex(of: candidate) ?? 9) }
    } else {
      try SelectorRegistry.selector(selector, for: trace).rank(scope, into: &ranking)
    }
    return SignalColumn(kind, scope, ranking: ranking, comparesAnswers: comparesAnswers)
  }

  @Test(
    "Agreement is the mean similarity of the first-ranked prefix to the others, half to even",
    arguments: [
      // a–b 1/2, a–c 0, b–c 1/√2 = 0.707107.
      ([0, 1, 2], 250_000), ([1, 0, 2], 603_554), ([1, 2, 0], 603_554), ([2, 0, 1], 353_554),
    ] as [([Int], Int64)])
  func agreement(order: [Int], expected: Int64) throws {
    // (0.5 + 0.707107) / 2 = 0.6035535 and 0.707107 / 2 = 0.3535535: both ties, both to the even neighbour.
    let signal = try signal(.agreement, sketch(["x y", "x z", "z"]), order: order)
    #expect(signal.gaps[0] == .covered)
    #expect(signal.values[0] == expected)
  }

  @Test("A tie of ranks is read from the candidate that the pool puts first")
  func ties() throws {
    // b and c are equal texts; a shares half of theirs.
    let signal = try signal(.agreement, sketch(["x q", "x y", "x y"]))
    // First is b: a–b 0.5, b–c 1.
    #expect(signal.values[0] == 750_000)
  }

  @Test("Texts without words agree with nobody, a missing text leaves the signal unknown")
  func texts() throws {
    #expect(try signal(.agreement, sketch(["", "", "x"]), order: [0, 1, 2]).values[0] == 0)
    #expect(
      try signal(.agreement, sketch(["x", nil, "x"]), order: [0, 1, 2]).gaps[0] == Gap(.noText, 1))
    #expect(
      try signal(.agreement, sketch([nil, "x", "x"]), order: [0, 1, 2]).gaps[0] == Gap(.noText, 0))
  }

  @Test("With consensus:answer those agree that have the same answer; absent ones agree with nobody")
  func answers() throws {
    func agreement(_ answers: [String?]) throws -> Int64 {
      try signal(
        .agreement, sketch(["", "", "", ""], answers: answers), selector: "consensus:answer",
        comparesAnswers: true
      ).values[0]
    }
    #expect(try agreement(["1", "1", "1", "1"]) == 1_000_000)
    #expect(try agreement(["2", "1", "1", "1"]) == 666_667)
    #expect(try agreement(["1", "2", "2", nil]) == 333_333)
    #expect(try agreement([nil, nil, nil, nil]) == 0)
  }

  @Test("An answer that the cut does not show is unknown")
  func cutAnswer() throws {
    let sketch = sketch(["", ""], answers: ["1", "1"])
    let signal = try signal(.agreement, sketch, order: [1, 0], cut: 3, comparesAnswers: true)
    #expect(signal.gaps[0] == Gap(.noPrefixAnswer, 1))
  }

  private func judged(_ scores: [Int64]?) -> TraceSketch {
    TraceSketch(
      "m1", "m2", "m3", "judge", pool: ["m1", "m2", "m3"],
      queries: [
        query(Bench.responses + [ranking("m3 m1 m2", boot: .tokens(20)).with { $0.scores = scores }])
      ])
  }

  @Test(
    "The margin is the first recorded ranking score less the second, whatever its sign and scale",
    arguments: [
      ([900_000, 400_000, 100_000], 500_000), ([400_000, 900_000, 0], -500_000), ([0, 0, 0], 0),
      ([9_000_000_000_000_000_000, -9_000_000_000_000_000_000, 0], .max),
    ] as [([Int64], Int64)])
  func margin(scores: [Int64], expected: Int64) throws {
    let signal = try signal(.margin, judged(scores), selector: "recorded", cut: 20)
    #expect(signal.gaps[0] == .covered)
    #expect(signal.values[0] == expected)
  }

  @Test("A ranking without scores has no margin, and neither has one that is missing")
  func noMargin() throws {
    #expect(
      try signal(.margin, judged(nil), selector: "recorded", cut: 20).gaps[0] == Gap(.noRankingScores, 1))
    #expect(
      try signal(.margin, judged([1, 0, 0]), selector: "recorded", cut: 50).gaps[0] == Gap(.noRanking, 1))
  }
}
