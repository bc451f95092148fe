import Recording
import Testing

@Suite struct EndpointErrorTests {
  @Test(
    "An error is a sentence that names the endpoint, and an object for the trace",
    arguments: [
      (
        .refused(status: 429, ServerFault(message: "slow down", code: "rate_limit_exceeded")),
        "e: too many requests (HTTP 429): slow down (rate_limit_exceeded) (tried 3 times)",
        #"{"code":"rate_limit_exceeded","message":"slow down","status":429,"type":"rate_limited"}"#
      ),
      (
        .refused(status: 401, ServerFault()),
        "e: the server refused the key (HTTP 401); check the environment variable that holds its key (tried 3 times)",
        #"{"status":401,"type":"refused"}"#
      ),
      (
        .silent(seconds: 2.5),
        "e: no byte for 2.5 s; raise its timeout, or check that it runs (tried 3 times)",
        #"{"message":"no byte for 2.5 s; raise its timeout, or check that it runs","type":"silent"}"#
      ),
      (
        .cutStream, "e: the stream ended before the answer did (tried 3 times)",
        #"{"message":"the stream ended before the answer did","type":"cut_stream"}"#
      ),
    ] as [(EndpointError.Cause, String, String)])
  func forms(cause: EndpointError.Cause, sentence: String, json: String) {
    let error = EndpointError(endpoint: "e", attempts: 3, cause: cause)
    #expect("\(error)" == sentence)
    #expect(error.json.text == json)
  }
}
