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
  /// Live minus predicted, by query, in tokens.
  package private(set) var differences: [Int64] = []

  package struct Unpredicted: Sendable, Equatable {
    package var query: String
    package var reason: String
  }

  package init() {}

  /// Mean of live minus predicted tokens per query with ±1.96 standard errors; `nil` below two queries.
  package var difference: (mean: Double, low: Double, high: Double)? {
    guard differences.count > 1 else { return nil }
    let count = Double(differences.count)
    let mean = Double(differences.reduce(0, +)) / count
    let squares = differences.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let error = (squares / (count - 1) / count).squareRoot()
    return (mean, mean - 1.96 * error, mean + 1.96 * error)
  }

  /// Compares what was recorded for a query with what happened.
  ///
  /// - Parameter recorded: the query as the trace holds it.
  package mutating func add(
    _ outcome: SchemeOutcome, of policy: Policy, recorded: QueryRecord, header: TraceHeader
  ) async throws {
    let trace = try Trace.of(header: header, records: [Self.graded(recorded)]) { _ in .none }
    let options = ReplayOptions(prices: .tokens(for: trace))
    let replayer = try Replayer(trace: trace, policies: [policy], options: options)
    let replay = await replayer.replay(trace.workloads[0], minCoverage: .none)
    let gap = replay.outcomes[0].gaps[0]
    guard gap.isCovered else {
      unpredicted.append(Unpredicted(query: recorded.query, reason: gap.text(candidates: trace.candidates)))
      return
    }
    queries += 1
    compareTokens(outcome, replay.ledgers[0])
    compareTexts(outcome, recorded)
  }

  /// Tokens do not depend on scores, but only graded calls are replayed.
  private static func graded(_ query: QueryRecord) -> QueryRecord {
    var graded = query
    for index in graded.calls.indices where graded.calls[index].role != .ranking {
      graded.calls[index].score = graded.calls[index].score ?? Score(millionths: 0)
    }
    return graded
  }

  private mutating func compareTokens(_ outcome: SchemeOutcome, _ ledger: Ledger) {
    var difference: Int64 = 0
    for stage in Stage.allCases {
      var tokens = stages[stage] ?? Tokens()
      for payer in 0..<ledger.payerCount {
        let usage = ledger[stage, payer: payer]
        tokens.predictedInput += usage.input + usage.cachedInput
        tokens.predictedOutput += usage.output
        difference -= usage.input + usage.cachedInput + usage.output
      }
      for call in outcome.stages.lazy.filter({ $0.stage == stage }).flatMap(\.calls) {
        tokens.liveInput += Int64(call.inputTokens ?? 0)
        tokens.liveOutput += Int64(call.outputTokens ?? 0)
        difference += Int64(call.inputTokens ?? 0) + Int64(call.outputTokens ?? 0)
      }
      stages[stage] = tokens
    }
    differences.append(difference)
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
    guard call.role == .boot || call.role == .continuation else { return known[CallKey(call)]?.text }
    var whole = SchemeCall(role: .response)
    whole.model = call.model
    whole.sample = call.sample
    guard let response = known[CallKey(whole)], let text = response.text, let budget = call.bootBudget else {
      return nil
    }
    let cuttable = CuttableText(
      text, tokenEnds: response.tokenEnds, outputTokens: response.outputTokens ?? -1)
    let prefix = cuttable.prefix(budget.cut)
    return call.role == .boot ? String(prefix) : String(text[prefix.endIndex...])
  }
}
