import Foundation
import RoutingCore
import Synchronization

/// One place that answers chat requests, with its limits, its retries and its clock.
package final class Endpoint: Sendable {
  package let settings: EndpointSettings
  private let address: URL
  private let client: HTTPClient
  private let gate: CallGate
  private let retry: RetryPolicy
  private let clock: any EndpointClock
  private let callCount = Atomic<UInt64>(0)

  /// - Parameters:
  ///   - seed: of the jitter between retries; results do not depend on it.
  ///   - clock: of limits, waits and times recorded.
  /// - Throws: `EndpointError` when the settings cannot be used.
  package init(
    settings: EndpointSettings, seed: UInt64 = 0, clock: any EndpointClock = SystemClock()
  ) throws(EndpointError) {
    do throws(EndpointError.Cause) {
      address = try settings.checkedAddress()
    } catch {
      throw EndpointError(endpoint: settings.name, attempts: 0, cause: error)
    }
    self.settings = settings
    self.clock = clock
    // A reply may be drained while the next call is sent.
    client = HTTPClient(connections: settings.concurrency * 2, clock: clock)
    retry = RetryPolicy(retries: settings.retries, seed: seed)
    let limits = CallLimits(
      concurrency: settings.concurrency, requestsPerMinute: settings.requestsPerMinute,
      tokensPerMinute: settings.tokensPerMinute)
    gate = CallGate(limits, clock: clock)
  }

  /// How busy the endpoint is now.
  package var load: EndpointLoad { get async { await gate.load } }

  /// Asks, again where that may help, and returns the whole answer.
  ///
  /// Waits its turn under the endpoint's limits. Cancelling the task ends the transfer.
  package func send(_ request: ChatRequest) async throws(EndpointError) -> ChatReply {
    var attempts = 0
    do throws(CallFailure) {
      let body = try body(of: request)
      let call = callCount.wrappingAdd(1, ordering: .relaxed).oldValue
      while true {
        let result = try await attempt(request, body: body, attempts: &attempts)
        switch result {
        case .success(var reply):
          reply.attempts = attempts
          return reply
        case .failure(let failure):
          guard let wait = retry.wait(after: failure, attempt: attempts, call: call) else { throw failure }
          try await pause(for: wait)
        }
      }
    } catch {
      throw EndpointError(endpoint: settings.name, attempts: attempts, cause: error.cause)
    }
  }

  private func body(of request: ChatRequest) throws(CallFailure) -> String {
    do {
      return try RequestBody(of: request, to: settings).text()
    } catch {
      throw CallFailure(cause: error)
    }
  }

  /// Sends once, when the limits allow. Throws only when cancelled.
  private func attempt(
    _ request: ChatRequest, body: String, attempts: inout Int
  ) async throws(CallFailure) -> Result<ChatReply, CallFailure> {
    let pass: CallGate.Pass
    do {
      pass = try await gate.enter(tokens: request.expectedTokens)
    } catch {
      throw CallFailure(cause: .cancelled)
    }
    guard !Task.isCancelled else {
      await gate.leave(pass, tokens: 0, .failed)
      throw CallFailure(cause: .cancelled)
    }
    attempts += 1
    let exchange = ChatExchange(request: request, settings: settings, clock: clock)
    let call = HTTPClient.Call(
      url: address, headers: settings.headers, body: Array(body.utf8), silence: settings.timeoutSeconds)
    let sentAt = clock.now
    let result = await exchange.reply(from: client.post(call), sentAt: sentAt)
    await gate.leave(pass, tokens: result.reportedTokens, result.ending)
    return result
  }

  private func pause(for microseconds: Int64) async throws(CallFailure) {
    do {
      try await clock.sleep(until: clock.now + microseconds)
    } catch {
      throw CallFailure(cause: .cancelled)
    }
  }
}

extension EndpointSettings {
  fileprivate var headers: [(name: String, value: String)] {
    var headers = [
      ("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream"),
      ("User-Agent", "lightreplay"),
    ]
    if let apiKey { headers.append(("Authorization", "Bearer " + apiKey.secret)) }
    return headers
  }
}

extension ChatRequest {
  /// Estimated input and the most output: what a limit of tokens has to hold ready.
  fileprivate var expectedTokens: Int {
    let input = messages.reduce(0) { $0 + Int(TokenEstimator.tokens(bytes: $1.content.utf8.count)) }
    return input + (maxTokens ?? 0)
  }
}

extension Result<ChatReply, CallFailure> {
  fileprivate var reportedTokens: Int? {
    guard let reply = try? get(), let input = reply.inputTokens, let output = reply.outputTokens else {
      return nil
    }
    return Int(input) + Int(output)
  }

  fileprivate var ending: CallLimits.Ending {
    switch self {
    case .success: .done
    case .failure(let failure):
      if case .refused(429, _) = failure.cause { .tooMany(wait: failure.advice.wait) } else { .failed }
    }
  }
}
