package import RoutingCore

extension EndpointError {
  /// Whether the same request may succeed later: broken connections, silence, and the statuses 408, 409, 429 and 5xx.
  package var isRetryable: Bool { cause.isRetryable }

  /// What a trace keeps in a call's `error`: an object with `type`, and `status`, `message` and `code` where known.
  package var json: RawJSON { cause.json.raw }
}

extension EndpointError.Cause {
  var isRetryable: Bool {
    switch self {
    case .unusable, .cannotContinue, .contextTooLong, .cancelled: false
    case .unreachable, .broken, .silent, .tooSlow, .cutStream, .unreadable: true
    case .refused(let status, let fault): fault.isWorthRetrying(status: status)
    }
  }

  /// The name of the cause, stable in traces.
  package var type: String {
    switch self {
    case .unusable: "unusable"
    case .cannotContinue: "cannot_continue"
    case .unreachable: "unreachable"
    case .broken: "broken"
    case .silent: "silent"
    case .tooSlow: "too_slow"
    case .cutStream: "cut_stream"
    case .unreadable: "unreadable"
    case .refused(429, _): "rate_limited"
    case .refused: "refused"
    case .contextTooLong: "context_too_long"
    case .cancelled: "cancelled"
    }
  }

  var json: WireJSON {
    var members: [String: WireJSON] = ["type": .string(type)]
    switch self {
    case .refused(let status, let fault), .contextTooLong(let status, let fault):
      members["status"] = .integer(status)
      members["message"] = fault.message.map { .string($0) }
      members["code"] = (fault.code ?? fault.type).map { .string($0) }
    default: members["message"] = .string(sentence)
    }
    return .object(members)
  }
}

extension ServerFault {
  /// A status inside a reply with status 200 stands in `code`.
  func isWorthRetrying(status: Int) -> Bool {
    // Money that has run out comes as 429, and no wait brings it back.
    if code == "insufficient_quota" || type == "insufficient_quota" { return false }
    let status = status == 200 ? code.flatMap { Int($0) } ?? 500 : status
    return [408, 409, 429].contains(status) || (500...599).contains(status)
  }
}

extension EndpointError: CustomStringConvertible {
  package var description: String {
    let tries = attempts > 1 ? " (tried \(attempts) times)" : ""
    return "\(endpoint): \(cause.sentence)\(tries)"
  }
}

extension EndpointError.Cause {
  /// What happened and what to do, without the endpoint's name.
  var sentence: String {
    switch self {
    case .unusable(let why): why
    case .cannotContinue: "cannot write on from a prefix; set its 'continuation', or let it restart"
    case .unreachable(let why): "nobody answers: \(why); check its address and that it runs"
    case .broken(let why): "the connection broke before the reply was whole: \(why)"
    case .silent(let seconds): "no byte for \(Self.text(seconds)) s; raise its timeout, or check that it runs"
    case .tooSlow(let seconds): "not done after \(Self.text(seconds)) s, the deadline of a call"
    case .cutStream: "the stream ended before the answer did"
    case .unreadable(let what): "the reply cannot be read: \(what)"
    case .refused(let status, let fault): Self.opening(status) + fault.suffix + Self.advice(status)
    case .contextTooLong(let status, let fault):
      "prompt and answer are longer than the model takes (HTTP \(status))" + fault.suffix
    case .cancelled: "cancelled"
    }
  }

  private static func opening(_ status: Int) -> String {
    switch status {
    case 200: "the server reported an error inside its reply"
    case 429: "too many requests (HTTP 429)"
    case 401, 403: "the server refused the key (HTTP \(status))"
    default: "the server answered HTTP \(status)"
    }
  }

  private static func advice(_ status: Int) -> String {
    switch status {
    case 401, 403: "; check the environment variable that holds its key"
    case 404: "; check its address and the model's name"
    default: ""
    }
  }

  private static func text(_ seconds: Double) -> String { WireJSON.decimal(seconds)?.text ?? "\(seconds)" }
}

extension ServerFault {
  fileprivate var suffix: String {
    let words = [message, code ?? type].compactMap { $0 }
    guard let first = words.first else { return "" }
    return ": " + first + (words.count > 1 ? " (\(words[1]))" : "")
  }
}

extension EndpointError {
  /// Whether the request itself is refused, so that asking again in the same words would not help, while others may
  /// well succeed. Such a call is recorded as failed.
  var isAboutRequest: Bool {
    switch cause {
    case .contextTooLong: true
    case .refused(let status, _): !isRetryable && [200, 400, 413, 422].contains(status)
    default: false
    }
  }
}
