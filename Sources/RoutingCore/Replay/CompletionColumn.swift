/// For a block of rows: what it takes each candidate to finish, at one boot budget and continuation.
///
/// Shared by every policy that chooses among these candidates, so that a policy only adds up.
struct CompletionColumn {
  /// Input, cached input and output tokens, below 2³² each; entry `row · candidates + candidate`, nothing where the prefix
  /// is the whole answer.
  private(set) var tokens: ContiguousArray<SIMD4<UInt32>>
  /// Recorded amounts where tokens are unknown; empty where the trace has none.
  private(set) var recorded: ContiguousArray<Int128>
  /// In the price table's units.
  private(set) var costs: ContiguousArray<Int128>
  /// Microseconds from the selection on; −1 where unknown. Of `stream`: until the whole answer is written.
  private(set) var times: ContiguousArray<Int64>
  let width: Int

  /// What decides a completion: shared columns are found by it.
  struct Key: Hashable {
    let cut: Int32
    let continuation: Continuation
    /// Whether answers are booted and then go on; otherwise they are used as booted, or made in one call.
    let goesOn: Bool
  }

  init(_ scope: BlockScope, _ key: Key) {
    width = scope.trace.poolCount
    let count = scope.rows.count * width
    tokens = .init(repeating: .zero, count: count)
    recorded = .init(repeating: 0, count: scope.trace.recordedCosts.isEmpty ? 0 : count)
    costs = .init(repeating: 0, count: count)
    times = .init(repeating: 0, count: count)
    let calls = scope.trace.responses
    for offset in 0..<scope.rows.count {
      for candidate in 0..<width {
        fill(offset * width + candidate, scope, calls, scope.response(offset, candidate), candidate, key)
      }
    }
  }

  private mutating func fill(
    _ index: Int, _ scope: BlockScope, _ calls: CallColumns, _ entry: Int, _ candidate: Int,
    _ key: Key
  ) {
    guard calls.flags[entry].contains(.present) else {
      times[index] = -1
      return
    }
    let restarts = key.continuation == .restart || scope.trace.restarting.contains(candidate)
    let goesOn = key.goesOn && calls.output[entry] > key.cut
    let usage = Self.usage(scope, calls, entry, candidate, key, goesOn: goesOn)
    tokens[index] = SIMD4(UInt32(usage.input), UInt32(usage.cachedInput), UInt32(usage.output), 0)
    if !recorded.isEmpty { recorded[index] = usage.recorded }
    costs[index] = usage.cost(at: scope.prices.rates[candidate])
    let timing = StreamTiming(calls, entry)
    if key.cut == 0 {
      times[index] = timing.bootTime(cut: .max)
    } else if key.goesOn, key.cut != .max, key.continuation == .stream, !restarts {
      times[index] = timing.bootTime(cut: .max)
    } else if goesOn {
      times[index] = restarts ? timing.bootTime(cut: .max) : timing.remainingTime(cut: key.cut)
    }
  }

  private static func usage(
    _ scope: BlockScope, _ calls: CallColumns, _ entry: Int, _ candidate: Int, _ key: Key,
    goesOn: Bool
  ) -> Usage {
    let billing = scope.billing
    // Nothing was booted, so the answer is one call.
    if key.cut == 0 { return billing.usage(calls, entry, costs: scope.trace.recordedCosts) }
    if billing.accounting == .paper {
      return billing.usage(calls, entry, cut: key.goesOn ? .max : key.cut, costs: [])
    }
    guard goesOn else { return Usage() }
    return scope.trace.restarting.contains(candidate)
      ? billing.restartInFull(calls, entry)
      : billing.completion(calls, entry, cut: key.cut, by: key.continuation)
  }
}
