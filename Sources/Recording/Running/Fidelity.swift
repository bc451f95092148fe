package import RoutingCore

/// How well a replay predicted a live run of the same policy on the same queries.
package struct Fidelity: Sendable, Equatable {
  /// Tokens of a stage, summed over queries.
  package struct Tokens: Sendable, Equatable {
    package var predictedInput: Int64 = 0
    package var predictedOutput: Int64 = 0
    package var liveInput: Int64 = 0
    package var liveOutput: Int64 = 0

    package init() {}
  }

  /// Live calls that the trace holds too, and how many said the same.
  package struct Texts: Sendable, Equatable {
    package var same: Int
    package var compared: Int

    package init(same: Int = 0, compared: Int = 0) {
      self.same = same
      self.compared = compared
    }
  }

  package private(set) var stages: [Stage: Tokens] = [:]
  package private(set) var texts: [CallRole: Texts] = [:]
  /// Queries that the trace predicts.
  package private(set) var queries = 0
  /// Queries it does not, and why.
  package private(set) var unpredicted: [Unpredicted] = []
  /// All tokens of a query, input and output.
  package private(set) var tokens = FidelityPairs()
  /// Dollars; empty without prices.
  package private(set) var dollars = FidelityPairs()
  /// Queries with recorded times only.
  package private(set) var seconds = FidelityPairs()
  /// Queries scored on both sides only.
  package private(set) var scores = FidelityPairs()

  /// By model; `nil` = dollars are not compared.
  private let prices: [String: ModelPrice]?

  package struct Unpredicted: Sendable, Equatable {
    package var query: String
    package var reason: String
  }

  package init(prices: [String: ModelPrice]? = nil) { self.prices = prices }

  /// Compares what was recorded for a query with what happened.
  ///
  /// - Parameter recorded: the query as the trace holds it.
  package mutating func add(
    _ outcome: SchemeOutcome, _ measured: LiveMeasurement = LiveMeasurement(), of policy: Policy,
    recorded: QueryRecord, header: TraceHeader
  ) async throws {
    let trace = try Trace.of(header: header, records: [Self.graded(recorded)]) { _ in .none }
    let options = ReplayOptions(prices: .tokens(for: trace))
    let replayer: Replayer
    do throws(PolicyError) {
      replayer = try Replayer(trace: trace, policies: [policy], options: options)
    } catch {
      // A query without any ranking or merge is a trace without that tool.
      unpredicted.append(Unpredicted(query: recorded.query, reason: error.description))
      return
    }
    let replay = await replayer.replay(trace.workloads[0], minCoverage: .none)
    let gap = replay.outcomes[0].gaps[0]
    guard gap.isCovered else {
      unpredicted.append(Unpredicted(query: recorded.query, reason: gap.text(candidates: trace.candidates)))
      return
    }
    queries += 1
    compareTokens(outcome, replay.ledgers[0], payers: trace.payers)
    compareTexts(outcome, recorded)
    let latency = replay.outcomes[0].latencies[0]
    if let live = measured.seconds, latency >= 0 {
      seconds.add(predicted: Double(latency) / 1e6, live: live)
    }
    if let live = measured.score, Self.isScored(recorded) {
      scores.add(
        predicted: Double(replay.outcomes[0].scores[0]) / Double(Score.unit),
        live: Double(live.millionths) / Double(Score.unit))
    }
  }

  /// Tokens do not depend on scores, but only graded calls are replayed.
  private static func graded(_ query: QueryRecord) -> QueryRecord {
    var graded = query
    for index in graded.calls.indices where graded.calls[index].role != .ranking {
      graded.calls[index].score = graded.calls[index].score ?? Score(millionths: 0)
    }
    return graded
  }

  /// Whether the predicted score is one that somebody gave.
  private static func isScored(_ query: QueryRecord) -> Bool {
    query.calls.allSatisfy { $0.role == .ranking || $0.error != nil || $0.score != nil }
  }

  private mutating func compareTokens(_ outcome: SchemeOutcome, _ ledger: Ledger, payers: [String]) {
    var (predicted, live) = (Int64(0), Int64(0))
    var bill = FidelityBill(prices: prices)
    for stage in Stage.allCases {
      var tokens = stages[stage] ?? Tokens()
      for payer in 0..<ledger.payerCount {
        let usage = ledger[stage, payer: payer]
        tokens.predictedInput += usage.input + usage.cachedInput
        tokens.predictedOutput += usage.output
        predicted += usage.allTokens
        bill.predict(usage, by: payers[payer])
      }
      for call in outcome.stages.lazy.filter({ $0.stage == stage }).flatMap(\.calls) {
        tokens.liveInput += Int64(call.inputTokens ?? 0)
        tokens.liveOutput += Int64(call.outputTokens ?? 0)
        let usage = Usage(of: call)
        live += usage.allTokens
        bill.book(usage, by: call.model)
      }
      stages[stage] = tokens
    }
    tokens.add(predicted: Double(predicted), live: Double(live))
    if let cost = bill.dollars { dollars.add(predicted: cost.predicted, live: cost.live) }
  }

  private mutating func compareTexts(_ outcome: SchemeOutcome, _ recorded: QueryRecord) {
    let known = RecordedCalls(recorded)
    for call in outcome.stages.flatMap(\.calls) {
      guard let expected = Self.expectedText(of: call, known) else { continue }
      var texts = texts[call.role] ?? Texts()
      texts.compared += 1
      if expected == call.text { texts.same += 1 }
      self.texts[call.role] = texts
    }
  }

  /// What the trace says the call should say; of a boot the cut of the whole answer, of a continuation the rest.
  private static func expectedText(of call: CallRecord, _ known: RecordedCalls) -> String? {
    guard call.role == .boot || call.role == .continuation else { return known[CallIdentity(call)]?.text }
    var whole = SchemeCall(role: .response)
    whole.model = call.model
    whole.sample = call.sample
    guard let response = known[CallIdentity(whole)], let text = response.text, let budget = call.bootBudget
    else {
      return nil
    }
    let cuttable = CuttableText(
      text, tokenEnds: response.tokenEnds, outputTokens: response.outputTokens ?? -1)
    let prefix = cuttable.prefix(budget.cut)
    return call.role == .boot ? String(prefix) : String(text[prefix.endIndex...])
  }
}

/// What a query was predicted to cost, and cost.
private struct FidelityBill {
  private let prices: [String: ModelPrice]
  private var predicted: Int128 = 0
  private var live: Int128 = 0
  /// Whether everyone who was paid has a price.
  private var isComplete: Bool

  init(prices: [String: ModelPrice]?) {
    self.prices = prices ?? [:]
    isComplete = prices != nil
  }

  mutating func predict(_ usage: Usage, by payer: String) { predicted += cost(usage, payer) }
  mutating func book(_ usage: Usage, by payer: String?) { live += cost(usage, payer) }

  private mutating func cost(_ usage: Usage, _ payer: String?) -> Int128 {
    guard usage.allTokens > 0 || usage.recorded > 0 else { return 0 }
    guard let price = payer.flatMap({ prices[$0] }) else {
      isComplete = false
      return 0
    }
    return usage.cost(at: price)
  }

  /// `nil` where a price is missing.
  var dollars: (predicted: Double, live: Double)? {
    isComplete ? (Double(predicted) / CostUnit.usd.scale, Double(live) / CostUnit.usd.scale) : nil
  }
}
