import RoutingCore
import Testing

/// A policy whose calls are not all recorded for a query does not cover it, and says why.
@Suite struct GapTests {
  @Test("A missing answer of any active candidate is needed to boot everyone", arguments: ["m1", "m2", "m3"])
  func missingResponse(model: String) async throws {
    let sketch = Bench.sketch.removing(where: isResponse(model))
    #expect(try await sketch.replay(Bench.id()).reason == "no recorded answer of \(model)")
  }

  @Test("A missing answer of a candidate that is not started does not matter")
  func missingIdle() async throws {
    let sketch = Bench.sketch.removing(where: isResponse("m2"))
    #expect(try await sketch.replay("single:m1").gap == .covered)
    let fixed = Bench.id(boot: "none", selector: "static:m1>m3")
    #expect(try await sketch.replay(fixed).gap == .covered)
  }

  @Test("A missing ranking, merge or refinement is named with its layer or writer")
  func missingCalls() async throws {
    let noRanking = try await Bench.sketch.removing(where: isRole(.ranking)).replay(
      Bench.id(selector: "length"))
    #expect(noRanking.gap == .covered)
    let otherBudget = Bench.sketch.changing(where: isRole(.ranking)) { $0.bootBudget = .tokens(10) }
    #expect(try await otherBudget.replay(Bench.id()).reason == "no recorded ranking at layer 1")
    let otherMembers = Bench.sketch.changing(where: isRole(.merge)) { $0.members = ["m1", "m2"] }
    #expect(
      try await otherMembers.replay(Bench.id()).reason == "no recorded merge of the chosen set at layer 2")
    let noRefinement = LayerBench.sketch.removing { $0.role == .refinement && $0.model == "m3" }
    #expect(
      try await noRefinement.replay(Bench.id(layers: 3)).reason == "no recorded refinement by m3")
  }

  @Test("A ranking that answered but could not be read is not covered")
  func unparsable() async throws {
    let sketch = Bench.sketch.changing(where: isRole(.ranking)) { $0.order = .unparsable }
    #expect(
      try await sketch.replay(Bench.id()).reason == "the recorded ranking at layer 1 could not be read")
  }

  @Test("Rankings and merges of another layer, sample or name do not serve")
  func otherCoordinates() async throws {
    let otherLayer = Bench.sketch.changing(where: isRole(.ranking)) { $0.layer = 2 }
    #expect(try await otherLayer.replay(Bench.id()).gap == Gap(.noRanking, 1))
    let otherSample = Bench.sketch.changing(where: isRole(.merge)) { $0.sample = 1 }
    await #expect(throws: PolicyError.ambiguousRecorded(kind: "aggregator", recorded: [])) {
      try await otherSample.replay(Bench.id())
    }
    let byBudget = Bench.sketch.changing(where: isRole(.merge)) { $0.bootBudget = .tokens(20) }
    #expect(try await byBudget.replay(Bench.id()).gap == Gap(.noMerge, 2))
  }

  @Test("Unknown tokens are a gap where they are billed, and only there")
  func unknownTokens() async throws {
    let noInput = Bench.sketch.changing(where: isResponse("m2")) { $0.inputTokens = nil }
    #expect(try await noInput.replay(Bench.id()).reason == "input tokens unknown (m2)")
    #expect(try await noInput.replay(Bench.id(), .paper).gap == .covered)
    #expect(try await noInput.replay("single:m1").gap == .covered)
    let noOutput = Bench.sketch.changing(where: isResponse("m2")) { $0.outputTokens = nil }
    #expect(try await noOutput.replay(Bench.id()).reason == "output tokens unknown (m2)")
    let ranking = Bench.sketch.changing(where: isRole(.ranking)) { $0.outputTokens = nil }
    #expect(try await ranking.replay(Bench.id()).gap == Gap(.noRankingTokens, 1))
    #expect(try await ranking.replay(Bench.id(), .paper).gap == .covered)
    let merge = Bench.sketch.changing(where: isRole(.merge)) { $0.outputTokens = nil }
    #expect(try await merge.replay(Bench.id()).gap == Gap(.noMergeTokens, 2))
    let refinement = LayerBench.sketch.changing(where: isRole(.refinement)) { $0.inputTokens = nil }
    #expect(try await refinement.replay(Bench.id(layers: 3)).gap.kind == .noRefinementTokens)
  }

  @Test("An ungraded answer is a gap where its score is needed")
  func ungraded() async throws {
    let sketch = Bench.sketch.changing(where: isResponse("m1")) { $0.score = nil }
    #expect(try await sketch.replay(Bench.id()).gap == .covered)
    #expect(try await sketch.replay(Bench.id(aggregator: "first")).gap == .covered)
    #expect(try await sketch.replay(Bench.id(aggregator: "mean")).reason == "the answer of m1 is not graded")
    #expect(try await sketch.replay("single:m1").reason == "the answer of m1 is not graded")
    #expect(try await sketch.replay("oracle").reason == "the answer of m1 is not graded")
    let merge = Bench.sketch.changing(where: isRole(.merge)) { $0.score = nil }
    #expect(try await merge.replay(Bench.id()).reason == "the merge at layer 2 is not graded")
  }

  @Test("The reason names the answer that is not graded, whatever its rank", arguments: ["mean", "best"])
  func ungradedLater(aggregator: String) async throws {
    // m3 is ranked first and graded; m1 is not.
    let sketch = LayerBench.sketch.changing { calls in
      for index in calls.indices where calls[index].model == "m1" { calls[index].score = nil }
    }
    for layers in [2, 3] {
      let row = try await sketch.replay(Bench.id(layers: layers, aggregator: aggregator))
      #expect(row.reason == "the answer of m1 is not graded")
    }
  }

  @Test("An ungraded prefix at layer 1 is a gap that names it", arguments: ["mean", "best", "vote"])
  func ungradedPrefix(aggregator: String) async throws {
    // m3's prefix is graded at 20; m1's answer is longer than 20 and has no grade there.
    let row = try await Bench.sketch.replay(Bench.id(layers: 1, aggregator: aggregator))
    #expect(row.reason == "the prefix of m1 is not graded at this boot budget")
  }

  @Test("The reason names the candidate whose text is missing", arguments: ["m1", "m2", "m3"])
  func missingText(model: String) async throws {
    let sketch = Bench.sketch.changing { calls in
      for index in 0..<3 { calls[index].text = calls[index].model == model ? nil : "some words" }
    }
    let row = try await sketch.replay(Bench.id(selector: "consensus", aggregator: "first"))
    #expect(row.reason == "no text of \(model) to compare")
  }
}
