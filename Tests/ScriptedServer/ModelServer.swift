import Foundation
import Synchronization

/// A deterministic model behind the OpenAI wire format, with faults on order.
///
/// `GET /requests` returns a JSON array of what was asked, in the order of arrival:
/// `{"number","path","model","body","outcome"}`, the outcome `null` while a request is being served.
package final class ModelServer: Sendable {
  package struct Options: Sendable {
    package var port: UInt16 = 0
    /// Before every reply.
    package var delayMilliseconds = 0
    /// How many of a hundred requests fail; the same request at most twice.
    package var faultPercent = 0
    package var faultSeed = 0

    package init() {}
  }

  /// The server underneath, with its log.
  package let server: LoopbackServer

  package init(_ options: Options = Options()) throws {
    let model = DeterministicModel()
    let faults = FaultPlan(percent: options.faultPercent, seed: options.faultSeed)
    let log = LogSource()
    server = try LoopbackServer(port: options.port) { request in
      if request.method == "GET" { return log.reply(to: request) }
      guard let asked = ModelRequest(request.body) else {
        return .json(
          #"{"error":{"code":400,"message":"not a chat request","type":"invalid_request_error"}}"#,
          status: 400)
      }
      let delay = ScriptedReply.Step.pause(milliseconds: options.delayMilliseconds)
      var reply = faults.fault(of: request) ?? ChatWriter(asked, tokens: model.tokens(for: asked)).reply
      if options.delayMilliseconds > 0 { reply.steps.insert(delay, at: 0) }
      return reply
    }
    log.server.withLock { $0 = server }
  }

  /// Hands out the log of a server that is made after its script.
  private final class LogSource: Sendable {
    /// Guards the reference, set once.
    let server = Mutex<LoopbackServer?>(nil)

    func reply(to request: ReceivedRequest) -> ScriptedReply {
      guard request.path == "/requests" else {
        return .json(#"{"error":{"message":"no such page","code":404}}"#, status: 404)
      }
      let log = server.withLock { $0 }?.log ?? []
      let entries = log.filter { $0.request.method == "POST" }.map { entry -> [String: Any] in
        [
          "number": entry.request.number, "path": entry.request.path, "body": entry.request.bodyText,
          "model": ModelRequest(entry.request.body)?.model ?? "",
          "outcome": entry.outcome?.rawValue as Any? ?? NSNull(),
        ]
      }
      return .json(JSONText.of(entries))
    }
  }
}

/// Which requests fail, and how: a function of the seed, the request and how often it has been asked.
private final class FaultPlan: Sendable {
  private let percent: Int
  private let seed: Int
  /// Guards how often each body has been asked.
  private let asked = Mutex<[[UInt8]: Int]>([:])

  init(percent: Int, seed: Int) {
    self.percent = percent
    self.seed = seed
  }

  func fault(of request: ReceivedRequest) -> ScriptedReply? {
    guard percent > 0 else { return nil }
    let times = asked.withLock { asked in
      asked[request.body, default: 0] += 1
      return asked[request.body] ?? 1
    }
    var hash = StableHash()
    hash.combine(seed)
    hash.combine(request.bodyText)
    hash.combine(times)
    guard times <= 2, hash.number(0, below: 100) < percent else { return nil }
    // A short wait asked for, so that tests are quick.
    let soon = [(name: "retry-after-ms", value: "1")]
    switch hash.number(1, below: 5) {
    case 0:
      return .json(
        #"{"error":{"message":"slow down","code":"rate_limit_exceeded"}}"#, status: 429, headers: soon)
    case 1: return .json(#"{"error":{"message":"oops","code":500}}"#, status: 500, headers: soon)
    case 2: return .json("{\"choices\": garbage", headers: soon)
    case 3: return .json("<html>bad gateway</html>", status: 502, headers: soon)
    default:
      var reply = ScriptedReply.stream(["data: {\"choices\":[{\"delta\":{\"content\":\"hal"], end: [.cut])
      reply.headers += soon
      return reply
    }
  }
}
