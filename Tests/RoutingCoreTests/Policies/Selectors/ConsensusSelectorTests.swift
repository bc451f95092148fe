import RoutingCore
import Testing

@Suite struct ConsensusSelectorTests {
  private func sketch(_ texts: [String?], answers: [String?] = []) -> TraceSketch {
    let names = ["a", "b", "c", "d"].prefix(texts.count)
    return TraceSketch(
      models: names.map { ModelDeclaration(name: $0) },
      queries: [
        query(
          zip(names, texts).enumerated().map { index, pair in
            response(pair.0, out: 5, answer: index < answers.count ? answers[index] : nil, text: pair.1)
          })
      ])
  }

  @Test("The prefix most similar to the others is first")
  func order() throws {
    // a–b 1/2, a–c 0, b–c 1/√2: sums 0.5, 1.207107, 0.707107.
    #expect(try sketch(["x y", "x z", "z"]).order("consensus") == ["b", "c", "a"])
  }

  @Test("Ties and texts without words stay in pool order")
  func ties() throws {
    #expect(try sketch(["x", "x", "x"]).order("consensus") == ["a", "b", "c"])
    #expect(try sketch(["…", "", "x"]).order("consensus") == ["a", "b", "c"])
    #expect(try sketch(["", "x", "x y"]).order("consensus") == ["b", "c", "a"])
  }

  @Test("A missing text leaves the query uncovered")
  func gap() throws {
    #expect(try sketch(["x", nil, "x"]).rankingGap("consensus") == Gap(.noText, 1))
  }

  @Test("consensus:answer ranks by how many others have the same answer; absent ones agree with nobody")
  func answers() throws {
    let texts = ["", "", "", ""] as [String?]
    #expect(
      try sketch(texts, answers: ["1", "2", "2", "1"]).order("consensus:answer") == ["a", "b", "c", "d"])
    #expect(
      try sketch(texts, answers: ["1", "2", "2", nil]).order("consensus:answer") == ["b", "c", "a", "d"])
    #expect(
      try sketch(texts, answers: [nil, nil, nil, "3"]).order("consensus:answer") == ["a", "b", "c", "d"])
  }

  @Test("consensus:answer sees what the cut shows: the response's answer if it fits, else the prefix's")
  func cutAnswers() throws {
    let sketch = sketch(["", "", ""], answers: ["1", "2", "2"]).changing { calls in
      calls[0].prefixes = [prefix(.tokens(3), answer: "2")]
      calls[1].prefixes = [prefix(.tokens(3), answer: "1")]
      calls[2].outputTokens = 3
    }
    // At B = 3: "2", "1", "2".
    #expect(try sketch.order("consensus:answer", boot: .tokens(3)) == ["a", "c", "b"])
    #expect(try sketch.order("consensus:answer", boot: .tokens(5)) == ["b", "c", "a"])
    #expect(try sketch.rankingGap("consensus:answer", boot: .tokens(4)) == Gap(.noPrefixAnswer, 0))
  }

  @Test("Where k shrinks, consensus compares the layer's own outputs, and needs their texts")
  func refinements() async throws {
    let boot = BootBudget.tokens(20)
    let trace = try LayerBench.progressive.changing { calls in
      for (name, score) in [("m1", 111), ("m3", 333)] {
        calls.append(refinement(name, of: name, boot: boot, in: 1, out: 1, score: score))
      }
    }.trace()
    let id = Bench.id(k: "2>1", layers: 3, selector: "consensus", ",schedule=progressive")
    var similarities = SimilarityColumns()
    // m1–m2 0, m1–m3 1, m2–m3 0: m1 and m3 are chosen.
    similarities.prefixes[20] = [0, 1_000_000, 0]
    #expect(try await trace.adding(similarities).replay(id).gap == Gap(.noText, 0))
    let members = CandidateSet([0, 2])
    let entries = [0, 2].map { candidate in
      Int32(
        trace.refinements.index(
          row: 0, key: SetCallKey(tool: -1, candidate: candidate, layer: 2, cut: 20, members: members)))
    }
    let pair = SimilarityColumns.RefinementPair(first: entries[0], second: entries[1], cut: 20)
    similarities.refinements[pair] = 500_000
    // Two outputs are equally similar to each other: pool order.
    #expect(try await trace.adding(similarities).replay(id).score == 111)
  }
}
