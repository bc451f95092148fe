import Recording
import RoutingCore
import Synchronization

/// A model that answers from its request alone, and remembers what it was asked.
final class FakeModel: ChatClient {
  enum Habit: Sendable {
    case wellBehaved
    /// Rankings nobody can read.
    case mumbles
    /// Every answer to a prompt with this text is refused for good.
    case refuses(String)
    /// Out of reach from the given request on.
    case goesAway(after: Int)
  }

  private let habit: Habit
  /// Guards the requests so far.
  private let log = Mutex<[ChatRequest]>([])

  init(_ habit: Habit = .wellBehaved) { self.habit = habit }

  var requests: [ChatRequest] { log.withLock { $0 } }

  func send(_ request: ChatRequest) async throws -> ChatReply {
    let count = log.withLock { log in
      log.append(request)
      return log.count
    }
    let question = request.messages.last?.content ?? ""
    switch habit {
    case .goesAway(let after) where count > after:
      throw EndpointError(endpoint: "fake", attempts: 3, cause: .unreachable("connection refused"))
    case .refuses(let part) where question.contains(part):
      throw EndpointError(
        endpoint: "fake", attempts: 1, cause: .refused(status: 400, ServerFault(message: "no")))
    default: break
    }
    var reply = ChatReply(text: text(of: request, question))
    reply.finishReason = "stop"
    reply.inputTokens = Int32(question.utf8.count / 4 + 1)
    reply.outputTokens = Int32(reply.text.split(separator: " ").count)
    reply.timeToFirstToken = Microseconds(count: 100_000)
    reply.duration = Microseconds(count: 100_000 + Int128(reply.outputTokens ?? 0) * 10_000)
    var ends: [Int32] = []
    for (offset, byte) in reply.text.utf8.enumerated() where byte == UInt8(ascii: " ") {
      ends.append(Int32(offset))
    }
    reply.tokenEnds = ends + [Int32(reply.text.utf8.count)]
    return reply
  }

  private func text(of request: ChatRequest, _ question: String) -> String {
    var hash = UInt64(14_695_981_039_346_656_037)
    for byte in (request.model + question).utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    if question.contains("square brackets") {
      if case .mumbles = habit { return "they are all fine" }
      let names = (1...9).map { "LLM\($0)" }.filter { question.contains("\($0):\n") }
      let turned = Int(hash % UInt64(names.count))
      return "[" + (names[turned...] + names[..<turned]).joined(separator: ", ") + "]"
    }
    return (0..<(6 + Int(hash % 7))).map { "w\((hash >> UInt64($0)) % 50)" }.joined(separator: " ")
  }
}

/// Keeps recorded calls in memory.
actor MemoryStore: CallStore {
  private(set) var calls: [String: [CallRecord]] = [:]

  func add(_ call: CallRecord, to query: String) { calls[query, default: []].append(call) }

  /// The queries with their calls, every answer graded.
  func records(_ queries: [QueryRecord]) -> [QueryRecord] {
    queries.map { query in
      var record = query
      record.calls =
        query.calls
        + (calls[query.query] ?? []).map { call in
          var graded = call
          graded.score = call.role == .ranking ? nil : Score(millionths: 500_000)
          return graded
        }
      return record
    }
  }
}

enum Setup {
  static func queries(_ count: Int) -> [QueryRecord] {
    (0..<count).map { index in
      var query = QueryRecord(query: "q\(index)", workload: "w")
      query.prompt = "What is \(index) and \(index + 1)?"
      return query
    }
  }

  /// Four candidates, one selector, one aggregator.
  static func config(_ grids: [RecordingGrid]) -> LiveConfig {
    let names = ["a", "b", "c", "d", "tool"]
    var config = LiveConfig(
      name: "test", endpoints: [EndpointConfig(name: "fake", url: "http://fake")],
      models: names.map { LiveModel(name: $0, endpoint: "fake", remoteName: $0) },
      pool: ["a", "b", "c", "d"],
      selectors: [LiveTool(name: "judge", model: "tool", prompt: DefaultPrompts.selector)],
      aggregators: [LiveTool(name: "merger", model: "tool", prompt: DefaultPrompts.aggregator)])
    config.grids = grids
    return config
  }

  static func grid(
    k: [String] = ["1", "2", "3", "4"], boots: [BootBudget] = [.tokens(3), .full], layers: [Int] = [2],
    schedules: [LayerSchedule] = [.completion]
  ) -> RecordingGrid {
    var grid = RecordingGrid(
      k: k.compactMap { KSchedule($0) }, boots: boots, layers: layers, selectors: ["judge"],
      aggregators: ["merger"])
    grid.schedules = schedules
    return grid
  }

  static func recorder(
    _ config: LiveConfig, _ model: FakeModel, _ store: MemoryStore, _ spending: Spending = Spending()
  )
    -> Recorder
  {
    Recorder(calls: LiveCalls(config: config, clients: ["fake": model]), store: store, spending: spending)
  }
}
