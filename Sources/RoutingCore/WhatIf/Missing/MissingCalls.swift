/// Calls of one kind that policies need and nobody recorded, and what recording them would take.
package struct MissingCalls: Sendable, Equatable {
  package let role: CallRole
  /// The selector, the aggregator, or the model that would answer; `nil` where nothing recorded says who.
  package let name: String?
  package let layer: Int
  /// `nil` where the call does not depend on it.
  package let boot: BootBudget?
  /// At least, and at most: which sets are merged depends on rankings that nobody knows yet.
  package let calls: ClosedRange<Int>
  /// Queries that need some of them.
  package let queries: Int
  /// The first of these queries.
  package let example: String
  /// `nil` where no like call is recorded.
  package let estimate: RecordingEstimate?
}

/// What calls would use and cost, by the means of like calls in the same trace.
package struct RecordingEstimate: Sendable, Equatable {
  /// Recorded calls of the same role by the same name with known tokens.
  package let likeCalls: Int
  package let inputTokens: ClosedRange<Double>
  package let outputTokens: ClosedRange<Double>
  /// Dollars; `nil` where tokens are counted or the price is not known.
  package let dollars: ClosedRange<Double>?
}

extension MissingCalls {
  /// What the policies that a replay could not keep are missing, by role, name, layer and budget.
  ///
  /// - Parameter prices: `nil` where tokens are counted.
  package static func of(_ replay: WorkloadReplay, in trace: Trace, prices: PriceBook?, seed: UInt64)
    -> [MissingCalls]
  {
    var groups: [Kind: Set<NeededCall>] = [:]
    for index in replay.policies.indices where !replay.kept[index] && !replay.policies[index].isBound {
      let needs = CallNeeds(replay.policies[index], replay.workload, trace, seed: seed)
      for (offset, gap) in replay.outcomes[index].gaps.enumerated() where gap.isUnrecordedCall {
        for call in needs?.missing(offset) ?? [] { groups[Kind(call), default: []].insert(call) }
      }
    }
    let means = LikeCalls(trace, prices: prices)
    return groups.sorted { $0.key < $1.key }.map { kind, calls in
      summary(kind, calls, trace, means)
    }
  }

  private static func summary(
    _ kind: Kind, _ calls: Set<NeededCall>, _ trace: Trace, _ means: LikeCalls
  ) -> MissingCalls {
    // Sums run in a fixed order, whatever the set's.
    let sorted = calls.sorted {
      ($0.row, $0.size, $0.isKnown ? 0 : 1) < ($1.row, $1.size, $1.isKnown ? 0 : 1)
    }
    let known = sorted.filter(\.isKnown)
    return MissingCalls(
      role: kind.role, name: kind.name(in: trace), layer: Int(kind.layer), boot: kind.boot,
      calls: known.count...sorted.count, queries: Set(sorted.map(\.row)).count,
      example: trace.rows.query[sorted[0].row], estimate: means.estimate(known: known, all: sorted))
  }

  /// What calls are listed by.
  private struct Kind: Hashable, Comparable {
    let role: CallRole
    let tool: Int32
    let candidate: Int32
    let layer: Int32
    let cut: Int32

    init(_ call: NeededCall) {
      role = call.role
      tool = call.tool
      candidate = max(-1, call.candidate)
      layer = call.layer
      cut = call.cut
    }

    static func < (left: Kind, right: Kind) -> Bool {
      (left.role.rawValue, left.layer, left.tool, left.candidate, left.cut)
        < (right.role.rawValue, right.layer, right.tool, right.candidate, right.cut)
    }

    var boot: BootBudget? { cut < 0 ? nil : cut == .max ? .full : .tokens(cut) }

    func name(in trace: Trace) -> String? {
      switch role {
      case .ranking: tool < 0 ? nil : trace.selectors[Int(tool)]
      case .merge: tool < 0 ? nil : trace.aggregators[Int(tool)]
      case .response, .boot, .continuation, .refinement:
        candidate < 0 ? nil : trace.candidates[Int(candidate)]
      }
    }
  }
}

extension Gap {
  /// Whether a call that was not recorded is what a policy lacks.
  fileprivate var isUnrecordedCall: Bool {
    switch kind {
    case .noResponse, .noRanking, .noMerge, .noRefinement: true
    default: false
    }
  }
}
