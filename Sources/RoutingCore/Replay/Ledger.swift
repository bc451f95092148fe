/// The stages in which tokens are billed (Scheme.md, "Token accounting").
package enum Stage: Int, Sendable, CaseIterable {
  case boot, selection, completion, merge, refinement

  package var name: String {
    switch self {
    case .boot: "boot"
    case .selection: "selection"
    case .completion: "completion"
    case .merge: "merge"
    case .refinement: "refinement"
    }
  }
}

/// Billed tokens.
package struct Usage: Sendable, Equatable {
  /// At the full input price.
  package var input: Int64 = 0
  /// At the cached-input price.
  package var cachedInput: Int64 = 0
  package var output: Int64 = 0
  /// Recorded amounts in picodollars, where tokens are unknown.
  package var recorded: Int128 = 0

  /// Input tokens, cached or not, and output tokens.
  package var allTokens: Int64 { input + cachedInput + output }

  package static func += (left: inout Usage, right: Usage) {
    left.input += right.input
    left.cachedInput += right.cachedInput
    left.output += right.output
    left.recorded += right.recorded
  }

  /// In the table's integer units.
  package func cost(at rate: ModelPrice) -> Int128 {
    // Tokens are below 2⁶³ and rates at most 10¹², so neither a product nor their sum can wrap.
    Int128(input) &* Int128(rate.input) &+ Int128(cachedInput) &* Int128(rate.cachedInput)
      &+ Int128(output) &* Int128(rate.output) &+ recorded
  }
}

extension Usage {
  /// The tokens that a recorded call counts.
  package init(of call: CallRecord) {
    let cached = Int64(call.cachedInputTokens ?? 0)
    self.init(
      input: Int64(call.inputTokens ?? 0) - cached, cachedInput: cached, output: Int64(call.outputTokens ?? 0)
    )
  }
}

/// Everything billed, by stage and payer, summed over rows. Re-pricing reads this and replays nothing.
package struct Ledger: Sendable, Equatable {
  /// Entry `stage · payers + payer`.
  package private(set) var usage: ContiguousArray<Usage>
  package let payerCount: Int

  package init(payers: Int) {
    payerCount = payers
    usage = .init(repeating: Usage(), count: payers * Stage.allCases.count)
  }

  package mutating func add(_ amount: Usage, stage: Stage, payer: Int) {
    usage[stage.rawValue * payerCount + payer] += amount
  }

  package static func += (left: inout Ledger, right: Ledger) {
    for index in left.usage.indices { left.usage[index] += right.usage[index] }
  }

  package subscript(stage: Stage, payer payer: Int) -> Usage { usage[stage.rawValue * payerCount + payer] }

  /// What one stage costs, in the table's integer units.
  package func cost(_ stage: Stage, at prices: PriceTable) -> Int128 {
    (0..<payerCount).reduce(0) { $0 + self[stage, payer: $1].cost(at: prices.rates[$1]) }
  }

  /// Input (cached included) and output tokens over all stages and payers.
  package var tokens: (input: Int64, output: Int64) {
    usage.reduce((0, 0)) { ($0.0 + $1.input + $1.cachedInput, $0.1 + $1.output) }
  }
}
