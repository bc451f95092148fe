import Recording
import RoutingCore
import Testing

@Suite struct RequestBodyTests {
  private static let messages = [ChatMessage(.system, "Be brief."), ChatMessage(.user, "2 + 2?\n\"now\"")]
  private static let start = messages + [ChatMessage(.assistant, "It is")]

  private func body(
    _ messages: [ChatMessage] = messages, configure: (inout EndpointSettings) -> Void = { _ in },
    _ change: (inout ChatRequest) -> Void = { _ in }
  ) throws -> String {
    var settings = EndpointSettings(name: "e", baseURL: "http://127.0.0.1:1/v1")
    configure(&settings)
    var request = ChatRequest(model: "m", messages: messages)
    change(&request)
    return try RequestBody(of: request, to: settings).text()
  }

  @Test("Only what is set is sent")
  func smallest() throws {
    #expect(
      try body()
        == #"{"messages":[{"content":"Be brief.","role":"system"},{"content":"2 + 2?\n\"now\"","role":"user"}],"model":"m"}"#
    )
  }

  @Test("Everything that is set is sent, keys sorted")
  func everything() throws {
    let text = try body([ChatMessage(.user, "?")]) { settings in
      settings.tokenLimit = .maxCompletionTokens
      settings.extra = RawJSON(text: #"{"cache_prompt": false}"#)
    } _: { request in
      request.maxTokens = 7
      request.temperature = 0
      request.topP = 0.95
      request.seed = -9_007_199_254_740_993
      request.stop = ["\n\n", "END"]
      request.logprobs = true
      request.stream = true
      request.extra = RawJSON(text: #"{"grammar":"root ::= \"[\"","top_k":40}"#)
    }
    #expect(
      text
        == #"{"cache_prompt":false,"grammar":"root ::= \"[\"","logprobs":true,"max_completion_tokens":7,"messages":[{"content":"?","role":"user"}],"model":"m","seed":-9007199254740993,"stop":["\n\n","END"],"stream":true,"stream_options":{"include_usage":true},"temperature":0,"top_k":40,"top_logprobs":1,"top_p":0.95}"#
    )
  }

  @Test(
    "A prefix is continued in the endpoint's way",
    arguments: [
      (
        ContinuationStyle.prefix,
        #"{"messages":[{"content":"?","role":"user"},{"content":"It is","prefix":true,"role":"assistant"}],"model":"m"}"#
      ),
      (
        .continueFinalMessage,
        #"{"add_generation_prompt":false,"continue_final_message":true,"messages":[{"content":"?","role":"user"},{"content":"It is","role":"assistant"}],"model":"m"}"#
      ),
      (
        .prefill,
        #"{"messages":[{"content":"?","role":"user"},{"content":"It is","role":"assistant"}],"model":"m"}"#
      ),
    ])
  func continuation(style: ContinuationStyle, expected: String) throws {
    let text = try body([ChatMessage(.user, "?"), ChatMessage(.assistant, "It is")]) {
      $0.continuation = style
    } _: {
      $0.continuesLastMessage = true
    }
    #expect(text == expected)
  }

  @Test("An endpoint that cannot continue says so")
  func cannotContinue() {
    #expect(throws: EndpointError.Cause.cannotContinue) {
      try body(Self.start) { _ in
      } _: {
        $0.continuesLastMessage = true
      }
    }
  }

  @Test(
    "Only an answer that has begun can be continued",
    arguments: [messages, messages + [ChatMessage(.assistant, "")]])
  func nothingToContinue(messages: [ChatMessage]) {
    #expect(throws: EndpointError.Cause.self) {
      try body(messages) {
        $0.continuation = .prefill
      } _: {
        $0.continuesLastMessage = true
      }
    }
  }

  @Test(
    "An extra cannot set what has a setting of its own or decides what is billed",
    arguments: ["model", "messages", "n", "stream", "stream_options", "max_tokens", "max_completion_tokens"])
  func reserved(key: String) {
    #expect(
      throws: EndpointError.Cause.unusable(
        "'extra' cannot set '\(key)'; it has a setting of its own or decides what is billed")
    ) {
      try body { _ in
      } _: {
        $0.extra = RawJSON(text: "{\"\(key)\":1}")
      }
    }
  }

  @Test("An extra that contradicts the request is refused, one that agrees is not")
  func conflicts() throws {
    #expect(
      throws: EndpointError.Cause.unusable(
        "'extra' sets 'temperature' to another value than the request does; remove one of them")
    ) {
      try body { _ in
      } _: { request in
        request.temperature = 0.5
        request.extra = RawJSON(text: #"{"temperature":0.7}"#)
      }
    }
    let agreeing = try body([ChatMessage(.user, "?")]) {
      $0.extra = RawJSON(text: #"{"top_k":4}"#)
    } _: {
      $0.extra = RawJSON(text: #"{ "top_k" : 4 }"#)
    }
    #expect(agreeing == #"{"messages":[{"content":"?","role":"user"}],"model":"m","top_k":4}"#)
    #expect(throws: EndpointError.Cause.self) {
      try body {
        $0.extra = RawJSON(text: #"{"top_k":4}"#)
      } _: {
        $0.extra = RawJSON(text: #"{"top_k":5}"#)
      }
    }
  }

  @Test("What no server can make sense of is refused before it is sent")
  func senseless() {
    let changes: [@Sendable (inout ChatRequest) -> Void] = [
      { $0.model = "" }, { $0.messages = [] }, { $0.maxTokens = 0 }, { $0.temperature = .nan },
      { $0.topP = .infinity },
      { $0.extra = RawJSON(text: "[1]") }, { $0.extra = RawJSON(text: "{") },
    ]
    for change in changes {
      #expect(throws: EndpointError.Cause.self) {
        try body { _ in
        } _: {
          change(&$0)
        }
      }
    }
  }
}
