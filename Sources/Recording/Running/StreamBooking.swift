import RoutingCore

/// How the calls of a stream are booked: what is written up to the boot budget at the boot, the rest of those that
/// go on at the completion, without input (DESIGN §2).
struct StreamBooking {
  let boot: BootBudget

  func booked(_ outcome: SchemeOutcome) -> SchemeOutcome {
    var booked = outcome
    for index in outcome.stages.indices {
      switch outcome.stages[index].stage {
      case .boot: booked.stages[index].calls = outcome.stages[index].calls.map(begun)
      case .completion: booked.stages[index].calls = outcome.stages[index].calls.map(rest)
      case .selection, .merge, .refinement: break
      }
    }
    return booked
  }

  private func begun(_ call: CallRecord) -> CallRecord {
    var call = call
    call.outputTokens = call.outputTokens.map { min($0, boot.cut) }
    return call
  }

  private func rest(_ call: CallRecord) -> CallRecord {
    var call = call
    call.inputTokens = 0
    call.cachedInputTokens = nil
    call.outputTokens = call.outputTokens.map { max(0, $0 - boot.cut) }
    return call
  }
}
