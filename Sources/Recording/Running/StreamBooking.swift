import RoutingCore

/// How the calls of a stream are booked: what is written up to the boot budget at the boot, the rest at the completion,
/// without input (Scheme.md, "Continuations"). Nobody is cut off, so the losers' rest is booked too.
struct StreamBooking {
  let boot: BootBudget

  func booked(_ outcome: SchemeOutcome) -> SchemeOutcome {
    let begun = outcome.stages.filter { $0.stage == .boot }.flatMap(\.calls)
    let rests = begun.filter { ($0.outputTokens ?? 0) > boot.cut }.map(rest)
    var booked = outcome
    booked.stages.removeAll { $0.stage == .completion }
    for index in booked.stages.indices where booked.stages[index].stage == .boot {
      booked.stages[index].calls = booked.stages[index].calls.map(cut)
    }
    let place = booked.stages.lastIndex { $0.stage == .boot || $0.stage == .selection }
    if !rests.isEmpty, let place {
      booked.stages.insert(SchemeStage(stage: .completion, calls: rests), at: place + 1)
    }
    return booked
  }

  private func cut(_ call: CallRecord) -> CallRecord {
    var call = call
    call.outputTokens = call.outputTokens.map { min($0, boot.cut) }
    return call
  }

  private func rest(_ call: CallRecord) -> CallRecord {
    var call = call
    call.inputTokens = 0
    call.cachedInputTokens = nil
    call.outputTokens = call.outputTokens.map { $0 - boot.cut }
    return call
  }
}
