/// What a recorded call bills under an accounting, and whether that is known.
struct Billing: Sendable {
  let accounting: Accounting
  /// Whether an amount recorded in dollars can stand in for unknown tokens.
  let takesRecordedCosts: Bool
  /// Whether a row with a failed call is left out instead of scoring 0.
  let excludesFailures: Bool

  /// Whether the whole call can be billed.
  func knowsWhole(_ calls: CallColumns, _ entry: Int) -> Bool {
    if calls.flags[entry].contains(.failed) { return true }
    if accounting == .paper { return calls.output[entry] >= 0 }
    return (calls.input[entry] >= 0 && calls.output[entry] >= 0)
      || (takesRecordedCosts && calls.recordedCost[entry] >= 0)
  }

  /// What is missing to bill a candidate's answer, `subject` being the candidate.
  func gap(_ calls: CallColumns, _ entry: Int, cut: Int32, subject: Int) -> Gap {
    let flags = calls.flags[entry]
    guard flags.contains(.present) else { return Gap(.noResponse, subject) }
    if flags.contains(.failed) { return excludesFailures ? Gap(.failedCall, subject) : .covered }
    if cut == .max, knowsWhole(calls, entry) { return .covered }
    if calls.output[entry] < 0 { return Gap(.noOutputTokens, subject) }
    if calls.input[entry] < 0, accounting == .billed { return Gap(.noInputTokens, subject) }
    return .covered
  }

  /// A call billed up to `cut` output tokens.
  func usage(_ calls: CallColumns, _ entry: Int, cut: Int32 = .max, costs: [Cost]) -> Usage {
    let output = calls.output[entry]
    if accounting == .paper { return Usage(output: Int64(min(cut, max(0, output)))) }
    let input = calls.input[entry]
    if input < 0 || output < 0, takesRecordedCosts, cut == .max, calls.recordedCost[entry] >= 0 {
      return Usage(recorded: costs[Int(calls.recordedCost[entry])].picodollars)
    }
    let known = max(0, input)
    let cached = min(calls.cachedInput[entry], known)
    return Usage(
      input: Int64(known - cached), cachedInput: Int64(cached), output: Int64(min(cut, max(0, output))))
  }

  /// The call in which a chosen candidate gets from its prefix of `cut` tokens to its full answer, for
  /// the continuation given (DESIGN §2). The answer is longer than the prefix.
  func completion(_ calls: CallColumns, _ entry: Int, cut: Int32, by continuation: Continuation) -> Usage {
    let input = Int64(max(0, calls.input[entry]))
    let output = Int64(calls.output[entry])
    let prefix = Int64(cut)
    return switch continuation {
    case .reprompt: Usage(input: input + prefix, output: output - prefix)
    case .cached: Usage(cachedInput: input + prefix, output: output - prefix)
    case .stream: Usage(output: output - prefix)
    case .restart: usage(calls, entry, costs: [])
    }
  }

  /// A model that cannot continue starts again, its whole input at the full price (DESIGN §6).
  func restartInFull(_ calls: CallColumns, _ entry: Int) -> Usage {
    Usage(input: Int64(max(0, calls.input[entry])), output: Int64(calls.output[entry]))
  }
}
