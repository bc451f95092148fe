/// Mean tokens and dollars of recorded calls, to estimate those of like ones that were not recorded.
///
/// Like is the same role by the same selector, aggregator or model; merges over as many answers where there are any.
struct LikeCalls {
  private var sums: [Key: Sum] = [:]

  private struct Key: Hashable {
    let role: CallRole
    /// Position of the selector or aggregator; of the candidate where a candidate answers.
    let who: Int32
    /// Answers merged; 0 = any number.
    let size: Int
  }

  private struct Sum {
    var count = 0
    var input: Int64 = 0
    var output: Int64 = 0
    /// Picodollars; `nil` = the price is not known.
    var cost: Int128? = 0

    mutating func add(_ calls: CallColumns, _ entry: Int, _ price: ModelPrice?) {
      let input = Int64(calls.input[entry])
      let cached = min(Int64(calls.cachedInput[entry]), input)
      let usage = Usage(input: input - cached, cachedInput: cached, output: Int64(calls.output[entry]))
      count += 1
      self.input += input
      output += usage.output
      cost = cost.flatMap { sum in price.map { sum + usage.cost(at: $0) } }
    }
  }

  /// - Parameter prices: `nil` where tokens are counted.
  init(_ trace: Trace, prices: PriceBook?) {
    let rates = trace.payers.map { prices?.prices[$0] }
    func isUsable(_ calls: CallColumns, _ entry: Int) -> Bool {
      let flags = calls.flags[entry]
      return flags.contains(.present) && !flags.contains(.failed) && calls.input[entry] >= 0
        && calls.output[entry] >= 0
    }
    func add(_ calls: CallColumns, _ entry: Int, _ role: CallRole, _ who: Int32, size: Int = 0) {
      guard isUsable(calls, entry) else { return }
      let rate = rates[Int(calls.payer[entry])]
      sums[Key(role: role, who: who, size: 0), default: Sum()].add(calls, entry, rate)
      if size > 0 { sums[Key(role: role, who: who, size: size), default: Sum()].add(calls, entry, rate) }
    }
    for entry in 0..<trace.responses.count {
      add(trace.responses, entry, .response, Int32(entry % trace.candidates.count))
    }
    for (entry, key) in trace.rankings.keys.enumerated() {
      add(trace.rankings.calls, entry, .ranking, key.tool)
    }
    for (entry, key) in trace.merges.keys.enumerated() {
      add(trace.merges.calls, entry, .merge, key.tool, size: key.members.count)
    }
    for (entry, key) in trace.refinements.keys.enumerated() {
      add(trace.refinements.calls, entry, .refinement, key.candidate)
    }
  }

  /// What calls of one role by one name would use; `nil` where no like call is recorded.
  ///
  /// - Parameters:
  ///   - known: those that are missing for sure.
  ///   - all: these and those that may be missing too.
  func estimate(known: [NeededCall], all: [NeededCall]) -> RecordingEstimate? {
    guard let first = all.first, let like = sums[key(first, size: 0)] else { return nil }
    func total(_ calls: [NeededCall], _ value: (Sum) -> Double) -> Double {
      calls.reduce(0) { $0 + value(sums[key($1, size: $1.size)] ?? like) }
    }
    func range(_ value: (Sum) -> Double) -> ClosedRange<Double> {
      let (low, high) = (total(known, value), total(all, value))
      return low...max(low, high)
    }
    let isPriced = like.cost != nil
    return RecordingEstimate(
      likeCalls: like.count, inputTokens: range { Double($0.input) / Double($0.count) },
      outputTokens: range { Double($0.output) / Double($0.count) },
      dollars: isPriced
        ? range { Double(wide: $0.cost ?? 0) / Double($0.count) / CostUnit.usd.scale } : nil)
  }

  private func key(_ call: NeededCall, size: Int) -> Key {
    let isTool = call.role == .ranking || call.role == .merge
    return Key(
      role: call.role, who: isTool ? call.tool : call.candidate, size: call.role == .merge ? size : 0)
  }
}
