import Recording
import RoutingCore
import Testing

@Suite struct ReplyAssemblerTests {
  /// A reply from events at given moments, in microseconds after a sending at 1000.
  private func reply(_ events: [(String, Int64)], continuing prefix: String? = nil) throws -> ChatReply {
    var assembler = ReplyAssembler(sentAt: 1000)
    for (event, moment) in events { try assembler.take(event: Array(event.utf8), at: 1000 + moment) }
    return assembler.reply(isStreamed: true, continuing: prefix)
  }

  /// A reply that came whole.
  private func reply(_ document: String, continuing prefix: String? = nil) throws -> ChatReply {
    var assembler = ReplyAssembler(sentAt: 0)
    try assembler.take(document: Array(document.utf8), at: 5)
    return assembler.reply(isStreamed: false, continuing: prefix)
  }

  private static func whole(_ content: String, logprobs: String = "null", usage: String = "null") -> String {
    #"{"choices":[{"message":{"content":"\#(content)"},"logprobs":\#(logprobs),"finish_reason":"stop"}],"usage":\#(usage)}"#
  }

  @Test("The first token is the first that shows; the end is the end mark")
  func times() throws {
    let reply = try reply([
      (#"{"choices":[{"delta":{"role":"assistant","content":""}}]}"#, 100),
      (#"{"choices":[{"delta":{"reasoning_content":"hm"}}]}"#, 150),
      (#"{"choices":[{"delta":{"content":"a"}}]}"#, 250), (#"{"choices":[{"delta":{"content":"b"}}]}"#, 300),
      (#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#, 310), ("[DONE]", 400), ("garbage", 900),
    ])
    #expect(reply.text == "ab")
    #expect(reply.timeToFirstToken == Microseconds(count: 250))
    #expect(reply.duration == Microseconds(count: 400))
    #expect(reply.hidesReasoning)
  }

  @Test("An answer without text has its first token at its end")
  func emptyAnswer() throws {
    let reply = try reply([(#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#, 80), ("[DONE]", 90)])
    #expect(reply.text == "")
    #expect(reply.timeToFirstToken == Microseconds(count: 90))
  }

  @Test(
    "Usage is read in the dialects of OpenAI, DeepSeek and llama.cpp",
    arguments: [
      (
        #"{"prompt_tokens":9,"completion_tokens":4,"total_tokens":13,"prompt_tokens_details":{"cached_tokens":8},"completion_tokens_details":{"reasoning_tokens":2}}"#,
        "", [9, 8, 4, 2], false
      ),
      (
        #"{"prompt_tokens":9,"completion_tokens":4,"prompt_tokens_details":null,"completion_tokens_details":null}"#,
        "",
        [9, nil, 4, nil], false
      ),
      (
        #"{"prompt_tokens":9,"completion_tokens":4,"prompt_cache_hit_tokens":6,"prompt_cache_miss_tokens":3}"#,
        "",
        [9, 6, 4, nil], false
      ),
      (
        #"{"prompt_tokens":9,"completion_tokens":4}"#, #","timings":{"cache_n":5,"prompt_n":4}"#,
        [9, 5, 4, nil], false
      ),
      (#"{"prompt_tokens":9.0,"completion_tokens":4}"#, "", [9, nil, 4, nil], false),
      ("null", #","timings":{"cache_n":5}"#, [nil, nil, nil, nil], false),
      (#"{"prompt_tokens":0,"completion_tokens":0}"#, "", [nil, nil, nil, nil], true),
      (#"{"prompt_tokens":1e12,"completion_tokens":4}"#, "", [nil, nil, 4, nil], true),
      (#"{"prompt_tokens":9.5,"completion_tokens":true}"#, "", [nil, nil, nil, nil], true),
      (
        #"{"prompt_tokens":9,"completion_tokens":4,"prompt_tokens_details":{"cached_tokens":10}}"#, "",
        [9, nil, 4, nil], true
      ),
      (#"{"prompt_tokens":9,"completion_tokens":4,"total_tokens":99}"#, "", [9, nil, 4, nil], true),
    ] as [(String, String, [Int32?], Bool)])
  func usage(usage: String, more: String, counts: [Int32?], isFlagged: Bool) throws {
    let document = Self.whole("hi", usage: usage).dropLast() + more + "}"
    let reply = try reply(String(document))
    #expect(
      [reply.inputTokens, reply.cachedInputTokens, reply.outputTokens, reply.reasoningTokens] == counts)
    #expect(reply.hasImplausibleUsage == isFlagged)
    #expect(reply.hidesReasoning == (counts[3] ?? 0 > 0))
  }

  @Test(
    "Token ends are known where the bytes of the tokens are the text",
    arguments: [
      (
        "größe", #"{"content":[{"bytes":[103,114,195]},{"bytes":[182]},{"bytes":[195,159,101]}]}"#, [3, 4, 7]
      ),
      ("ab", #"{"content":[{"token":"a","bytes":null},{"token":"b"}]}"#, [1, 2]),
      ("ab", #"{"content":[{"bytes":[97]},{"bytes":[98]},{"bytes":[]}]}"#, [1, 2]),
      // Not the text: rewritten, a token missing, a token without text between others, no bytes.
      ("xy", #"{"content":[{"bytes":[97]},{"bytes":[98]}]}"#, nil),
      ("abc", #"{"content":[{"bytes":[97,98]}]}"#, nil),
      ("ab", #"{"content":[{"bytes":[97]},{"bytes":[]},{"bytes":[98]}]}"#, nil),
      ("ab", #"{"content":[{"bytes":[97]},{"bytes":[398]}]}"#, nil), ("ab", #"{"content":null}"#, nil),
      ("ab", "null", nil),
    ] as [(String, String, [Int32]?)])
  func tokenEnds(text: String, logprobs: String, ends: [Int32]?) throws {
    #expect(try self.reply(Self.whole(text, logprobs: logprobs)).tokenEnds == ends)
  }

  @Test("Token ends go on over the chunks of a stream")
  func streamedTokenEnds() throws {
    let reply = try reply([
      (#"{"choices":[{"delta":{"content":"It"},"logprobs":{"content":[{"bytes":[73,116]}]}}]}"#, 1),
      (#"{"choices":[{"delta":{"content":" is"},"logprobs":{"content":[{"bytes":[32,105,115]}]}}]}"#, 2),
      (#"{"choices":[{"delta":{},"finish_reason":"length"}]}"#, 3),
    ])
    #expect(reply.tokenEnds == [2, 5])
  }

  @Test(
    "A repeated prefix is taken off a continued answer",
    arguments: [
      ("It is 4 and 2.", "null", "It is 4 ", "and 2."), (" and 2.", "null", "It is 4", " and 2."),
      // Too short to be sure of, unless the tokens tell.
      ("11", "null", "1", "11"), ("11", #"{"content":[{"bytes":[49]}]}"#, "1", "1"),
      ("11", #"{"content":[{"bytes":[49]},{"bytes":[49]}]}"#, "1", "11"),
    ])
  func echo(content: String, logprobs: String, prefix: String, text: String) throws {
    #expect(try self.reply(Self.whole(content, logprobs: logprobs), continuing: prefix).text == text)
  }

  @Test("Contents that are null, refusals or lists of parts are texts too")
  func contents() throws {
    #expect(try reply(#"{"choices":[{"message":{"content":null},"finish_reason":"tool_calls"}]}"#).text == "")
    #expect(try reply(#"{"choices":[{"message":{"content":null,"refusal":"No."}}]}"#).text == "No.")
    let parts = #"[{"type":"thinking","thinking":[]},{"type":"text","text":"4"},{"type":"text","text":"2"}]"#
    let reply = try reply(#"{"choices":[{"message":{"content":\#(parts)}}]}"#)
    #expect(reply.text == "42")
    #expect(reply.hidesReasoning)
  }

  @Test("Only the first choice is the answer")
  func choices() throws {
    let reply = try reply([
      (#"{"choices":[{"index":1,"delta":{"content":"no"}},{"index":0,"delta":{"content":"yes"}}]}"#, 1),
      ("[DONE]", 2),
    ])
    #expect(reply.text == "yes")
  }
}
