/// A call that a policy needs on a row and that is not recorded.
struct NeededCall: Hashable {
  let row: Int
  let role: CallRole
  /// Position of the selector or aggregator; −1 = none is named.
  var tool: Int32 = -1
  /// The model that answers; below 0 where nobody knows which.
  var candidate: Int32 = -1
  var layer: Int32 = 1
  /// `BootBudget.cut`; −1 where the call does not depend on it.
  var cut: Int32 = -1
  /// Candidates ranked, merged or writing; `nil` = nobody knows which, as a ranking before it is missing.
  var members: CandidateSet?
  /// How many these are.
  var size = 1
  /// Of a set nobody knows: the ranking it depends on.
  var origin: Origin?

  /// The first ranking of a policy, whose first k are a set.
  struct Origin: Hashable {
    let selector: String
    let cut: Int32
    let k: KSchedule
  }

  /// Whether it is missing for sure: a set nobody knows may turn out to be recorded, or to be one of the others.
  var isKnown: Bool { origin == nil }
}

/// The calls of one policy that are not recorded, row by row.
///
/// The same steps as `SchemeWalk`, but instead of stopping at the first gap it goes on as far as sets are known, and
/// beyond that counts calls over sets that nobody knows.
struct CallNeeds {
  private let workload: Workload
  private let trace: Trace
  private let form: Form

  private enum Form {
    case single(Int)
    case scheme(SchemePolicy, Tools)
  }

  /// The recorded selector and aggregators of a scheme, and its order of candidates.
  private struct Tools {
    /// `nil` = computed offline.
    var selector: Int32?
    /// Who writes the last merge; `nil` = computed offline.
    var aggregator: Int32?
    /// Who writes the merges before it; `nil` = nobody says.
    var chain: Int32?
    let order: WorkloadRanking
  }

  /// `nil` for a policy that does not fit the trace, and for bounds.
  init?(_ policy: Policy, _ workload: Workload, _ trace: Trace, seed: UInt64) {
    self.workload = workload
    self.trace = trace
    let scheme: SchemePolicy
    switch policy {
    case .oracle: return nil
    case .single(let model):
      guard let position = ExactString.position(of: model, in: trace.candidates) else { return nil }
      form = .single(position)
      return
    case .moa(let aggregator): scheme = .moa(aggregator: aggregator, poolCount: trace.poolCount)
    case .blender(let selector): scheme = .blender(selector: selector)
    case .scheme(let own): scheme = own
    }
    guard let tools = Self.tools(scheme, workload, trace, seed: seed) else { return nil }
    form = .scheme(scheme, tools)
  }

  private static func tools(
    _ scheme: SchemePolicy, _ workload: Workload, _ trace: Trace, seed: UInt64
  ) -> Tools? {
    guard
      let order = try? WorkloadRanking(
        selector: scheme.selector, boot: scheme.boot, workload: workload, trace: trace, seed: seed),
      let selector = try? SelectorRegistry.selector(scheme.selector, for: trace),
      let aggregator = try? AggregatorRegistry.aggregator(scheme.aggregator, for: trace)
    else { return nil }
    var tools = Tools(order: order)
    tools.selector = (selector as? RecordedSelector)?.tool
    if case .recorded(let tool) = aggregator { tools.aggregator = tool }
    tools.chain = tools.aggregator ?? (trace.aggregators.count == 1 ? 0 : nil)
    return tools
  }

  /// What the row at `offset` of the workload lacks.
  func missing(_ offset: Int) -> [NeededCall] {
    let row = workload.rows.lowerBound + offset
    switch form {
    case .single(let candidate): return responses(row, [candidate])
    case .scheme(let scheme, let tools):
      var walk = Walk(row: row, scheme: scheme, tools: tools, trace: trace)
      walk.choose(tools.order.order(offset))
      walk.calls += responses(row, walk.started)
      walk.goOn()
      return walk.calls
    }
  }

  private func responses(_ row: Int, _ candidates: some Sequence<Int>) -> [NeededCall] {
    candidates.filter { !trace.responses.flags[row * trace.candidates.count + $0].contains(.present) }
      .map { NeededCall(row: row, role: .response, candidate: Int32($0)) }
  }

  /// One row's way through the layers.
  private struct Walk {
    let row: Int
    let scheme: SchemePolicy
    let tools: Tools
    let trace: Trace
    var calls: [NeededCall] = []
    /// The set writing; `nil` = nobody knows.
    private var members: CandidateSet?
    private var size = 0
    /// Whether what follows can be told at all.
    private var goesOn = true

    init(row: Int, scheme: SchemePolicy, tools: Tools, trace: Trace) {
      self.row = row
      self.scheme = scheme
      self.tools = tools
      self.trace = trace
    }

    private var active: CandidateSet { trace.rows.active[row] }
    private var isProgressive: Bool { scheme.schedule == .progressive }

    /// Candidates that are called at all: the booted, else the chosen.
    var started: CandidateSet { scheme.boot == .none ? members ?? .empty : active }

    /// The first selection.
    mutating func choose(_ order: ArraySlice<UInt8>) {
      size = min(scheme.k.first, active.count)
      guard scheme.k.first < active.count else {
        members = active
        return
      }
      if let tool = tools.selector {
        let key = SetCallKey(tool: tool, layer: 1, cut: scheme.boot.cut, members: active)
        if trace.rankings.index(row: row, key: key) < 0 {
          return calls.append(
            NeededCall(
              row: row, role: .ranking, tool: tool, cut: scheme.boot.cut, members: active, size: active.count)
          )
        }
      }
      // Without an order for another reason than a missing call, nothing more can be told.
      goesOn = !order.isEmpty
      members = CandidateSet(order.prefix(size).map { Int($0) })
    }

    /// The merges, refinements and later rankings.
    mutating func goOn() {
      guard goesOn, size > 0 else { return }
      if scheme.layers <= 2 { return merge(layer: scheme.layers, by: tools.aggregator) }
      let first = isProgressive ? 1 : 2
      merge(layer: first, by: tools.chain ?? -1)
      for layer in first + 1...scheme.layers where goesOn {
        if scheme.k.k(layer: layer) < size { shrink(to: scheme.k.k(layer: layer), at: layer) }
        guard goesOn else { return }
        refine(layer: layer)
        merge(layer: layer, by: layer < scheme.layers ? tools.chain ?? -1 : tools.aggregator)
      }
    }

    /// The budget in the coordinates of merges and refinements.
    private var cut: Int32 { scheme.layers == 1 || isProgressive ? scheme.boot.cut : -1 }

    private var origin: NeededCall.Origin {
      .init(selector: scheme.selector, cut: scheme.boot.cut, k: scheme.k)
    }

    /// - Parameter tool: `nil` = computed offline.
    private mutating func merge(layer: Int, by tool: Int32?) {
      guard let tool, size > 1 else { return }
      var call = NeededCall(row: row, role: .merge, tool: tool, layer: Int32(layer), cut: cut, size: size)
      if let members {
        let key = SetCallKey(tool: tool, layer: call.layer, cut: cut, members: members)
        let entry = trace.merges.index(row: row, key: key)
        if tool >= 0, entry >= 0 {
          // Nothing follows a merge that failed.
          goesOn = !trace.merges.calls.flags[entry].contains(.failed)
          return
        }
        call.members = members
      } else {
        call.origin = origin
      }
      calls.append(call)
    }

    private mutating func refine(layer: Int) {
      guard let members else {
        // Who writes is not known either: each place of the set is a call of its own.
        for place in 0..<size {
          calls.append(
            NeededCall(
              row: row, role: .refinement, candidate: Int32(-1 - place), layer: Int32(layer), cut: cut,
              size: size, origin: origin))
        }
        return
      }
      for candidate in members {
        var key = SetCallKey(
          tool: tools.chain ?? -1, candidate: Int32(candidate), layer: Int32(layer), cut: cut,
          members: members)
        let isNamed = trace.refinements.index(row: row, key: key) >= 0
        key.tool = -1
        guard !isNamed, trace.refinements.index(row: row, key: key) < 0 else { continue }
        calls.append(
          NeededCall(
            row: row, role: .refinement, candidate: Int32(candidate), layer: Int32(layer), cut: cut,
            members: members, size: size))
      }
    }

    /// The selector ranks again where k shrinks; whom it keeps is not followed further.
    private mutating func shrink(to k: Int, at layer: Int) {
      guard let tool = tools.selector else {
        goesOn = false
        return
      }
      var call = NeededCall(
        row: row, role: .ranking, tool: tool, layer: Int32(layer - 1),
        cut: isProgressive ? scheme.boot.cut : .max, members: members, size: size)
      if let members {
        let key = SetCallKey(tool: tool, layer: call.layer, cut: call.cut, members: members)
        guard trace.rankings.index(row: row, key: key) < 0 else { return follow(key, to: k) }
      } else {
        call.origin = origin
      }
      calls.append(call)
      members = nil
      size = k
    }

    /// The first k of a recorded ranking.
    private mutating func follow(_ key: SetCallKey, to k: Int) {
      let entry = trace.rankings.index(row: row, key: key)
      let range = Int(trace.orders.start[entry])..<Int(trace.orders.start[entry + 1])
      goesOn = range.count >= k
      members = CandidateSet(trace.orders.candidates[range].prefix(k).map { Int($0) })
      size = k
    }
  }
}
