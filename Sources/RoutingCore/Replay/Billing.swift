/// What a recorded call bills under an accounting, and whether that is known.
struct Billing: Sendable {
  let accounting: Accounting
  /// Whether an amount recorded in dollars can stand in for unknown tokens.
  let takesRecordedCosts: Bool
  /// Whether a row with a failed call is left out instead of scoring 0.
  let excludesFailures: Bool

  /// Whether the call can be billed up to `cut` output tokens.
  func knows(_ calls: CallColumns, _ entry: Int, cut: Int32 = .max) -> Bool {
    if calls.flags[entry].contains(.failed) { return true }
    let output = calls.output[entry]
    // Whether the cut takes in the whole call, and so what was billed for it, is not known.
    if output < 0, cut < .max { return false }
    if accounting == .paper { return output >= 0 }
    return (calls.input[entry] >= 0 && output >= 0) || billsRecordedCost(calls, entry, cut: cut)
  }

  /// Whether a ranking can be billed; the paper bills none.
  func knowsRanking(_ calls: CallColumns, _ entry: Int) -> Bool {
    accounting == .paper || knows(calls, entry)
  }

  /// What is missing to bill a candidate's answer, `subject` being the candidate.
  func gap(_ calls: CallColumns, _ entry: Int, cut: Int32, subject: Int) -> Gap {
    let flags = calls.flags[entry]
    guard flags.contains(.present) else { return Gap(.noResponse, subject) }
    if flags.contains(.failed) { return excludesFailures ? Gap(.failedCall, subject) : .covered }
    if knows(calls, entry, cut: cut) { return .covered }
    return Gap(calls.output[entry] < 0 ? .noOutputTokens : .noInputTokens, subject)
  }

  /// What is missing to boot a candidate. The paper's formula bills no boots, so only the call is needed.
  func bootGap(_ calls: CallColumns, _ entry: Int, cut: Int32, subject: Int) -> Gap {
    let gap = gap(calls, entry, cut: cut, subject: subject)
    let isNumber = gap.kind == .noOutputTokens || gap.kind == .noInputTokens
    return accounting == .paper && isNumber ? .covered : gap
  }

  /// A call billed up to `cut` output tokens.
  func usage(_ calls: CallColumns, _ entry: Int, cut: Int32 = .max, costs: [Cost]) -> Usage {
    if accounting == .billed, billsRecordedCost(calls, entry, cut: cut) {
      return Usage(recorded: costs[Int(calls.recordedCost[entry])].picodollars)
    }
    return knownUsage(calls, entry, cut: cut)
  }

  /// Whether a recorded amount stands in for unknown tokens: it covers the whole call, never a part of it.
  private func billsRecordedCost(_ calls: CallColumns, _ entry: Int, cut: Int32) -> Bool {
    (calls.input[entry] < 0 || calls.output[entry] < 0) && calls.output[entry] <= cut
      && takesRecordedCosts && calls.recordedCost[entry] >= 0
  }

  /// The tokens known of a call, up to `cut` output tokens; unknown ones of a failed call count 0.
  private func knownUsage(_ calls: CallColumns, _ entry: Int, cut: Int32 = .max) -> Usage {
    let output = Int64(min(cut, max(0, calls.output[entry])))
    if accounting == .paper { return Usage(output: output) }
    let input = max(0, calls.input[entry])
    let cached = min(calls.cachedInput[entry], input)
    return Usage(input: Int64(input - cached), cachedInput: Int64(cached), output: output)
  }

  /// The call in which a chosen candidate gets from its prefix of `cut` tokens to its full answer, for
  /// the continuation given (Scheme.md, "Continuations"). The answer is longer than the prefix.
  func completion(_ calls: CallColumns, _ entry: Int, cut: Int32, by continuation: Continuation) -> Usage {
    let input = Int64(max(0, calls.input[entry]))
    let output = Int64(calls.output[entry])
    let prefix = Int64(cut)
    return switch continuation {
    case .reprompt: Usage(input: input + prefix, output: output - prefix)
    case .cached: Usage(cachedInput: input + prefix, output: output - prefix)
    case .stream: Usage(output: output - prefix)
    case .restart: knownUsage(calls, entry)
    }
  }

  /// A model that cannot continue starts again, its whole input at the full price (Scheme.md, "Continuations").
  func restartInFull(_ calls: CallColumns, _ entry: Int) -> Usage {
    Usage(input: Int64(max(0, calls.input[entry])), output: Int64(calls.output[entry]))
  }
}
