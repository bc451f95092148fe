/// Why an endpoint did not answer, after all retries. It never holds a key, a header or a prompt.
package struct EndpointError: Error, Equatable {
  /// The endpoint's name in the configuration.
  package var endpoint: String
  /// How many times the call was sent; 0 where it could not be.
  package var attempts: Int
  package var cause: Cause

  package init(endpoint: String, attempts: Int, cause: Cause) {
    self.endpoint = endpoint
    self.attempts = attempts
    self.cause = cause
  }

  package enum Cause: Error, Equatable, Sendable {
    /// The settings or the request cannot be used: the sentence says which.
    case unusable(String)
    /// The request goes on from a prefix, and the endpoint cannot.
    case cannotContinue
    /// Nobody answers at the address.
    case unreachable(String)
    /// The connection broke before the end of the reply.
    case broken(String)
    /// Silence for longer than the timeout, in seconds.
    case silent(seconds: Double)
    /// Still not done at the deadline, in seconds.
    case tooSlow(seconds: Double)
    /// The stream ended before the answer did.
    case cutStream
    /// The reply is not what the protocol says.
    case unreadable(String)
    /// The server answered with an error; status 200 where it stands inside a reply.
    case refused(status: Int, ServerFault)
    /// Prompt and answer do not fit the model.
    case contextTooLong(status: Int, ServerFault)
    case cancelled
  }
}

/// A server's error in its own words, cut to 300 characters, prompt and key masked.
package struct ServerFault: Equatable, Sendable {
  package var message: String?
  package var type: String?
  package var code: String?

  package init(message: String? = nil, type: String? = nil, code: String? = nil) {
    self.message = message
    self.type = type
    self.code = code
  }
}
