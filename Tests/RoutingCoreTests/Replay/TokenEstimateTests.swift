import RoutingCore
import Testing

/// Missing token counts are estimated from texts, four bytes a token, and flagged (Traces.md, "What is missing").
@Suite struct TokenEstimateTests {
  @Test(
    "A missing output count is estimated from the text",
    arguments: [("", 0), ("abcd", 1), ("abcde", 2), ("ééé", 2)] as [(String, Int64)])
  func output(text: String, tokens: Int64) async throws {
    let sketch = TraceSketch("a", queries: [query([response("a", in: 7, score: 1, text: text)])])
    let trace = try sketch.trace()
    #expect(try await trace.replay("single:a", .tokens).tokens(.boot) == Tokens(input: 7, output: tokens))
    #expect(trace.responses.flags[0].contains(.estimatedTokens))
  }

  @Test("Recorded token ends count the output exactly as recorded")
  func tokenEnds() async throws {
    let call = response("a", in: 7, score: 1, text: "abcdefgh").with { $0.tokenEnds = [1, 2, 8] }
    let row = try await TraceSketch("a", queries: [query([call])]).replay("single:a", .tokens)
    #expect(row.tokens(.boot).output == 3)
  }

  @Test("A missing input count is estimated from the prompt")
  func input() async throws {
    let sketch = TraceSketch("a", queries: [query([response("a", out: 3, score: 1)], prompt: "What is it?")])
    let trace = try sketch.trace()
    // 11 bytes.
    #expect(try await trace.replay("single:a", .tokens).tokens(.boot) == Tokens(input: 3, output: 3))
    #expect(trace.responses.flags[0].contains(.estimatedTokens))
  }

  @Test("Without a text or prompt the count stays unknown")
  func unknown() async throws {
    let noText = TraceSketch("a", queries: [query([response("a", in: 1, score: 1)])])
    #expect(try await noText.replay("single:a", .tokens).gap.kind == .noOutputTokens)
    let noPrompt = TraceSketch("a", queries: [query([response("a", out: 1, score: 1)])])
    #expect(try await noPrompt.replay("single:a", .tokens).gap.kind == .noInputTokens)
  }

  @Test("Recorded counts are not flagged, unless they were recorded as estimated")
  func flags() throws {
    let calls = [
      response("a", in: 1, out: 1, text: "x"),
      response("b", in: 1, out: 1).with { $0.tokenSource = .estimated },
    ]
    let trace = try TraceSketch("a", "b", queries: [query(calls)]).trace()
    #expect(!trace.responses.flags[0].contains(.estimatedTokens))
    #expect(trace.responses.flags[1].contains(.estimatedTokens))
  }
}
