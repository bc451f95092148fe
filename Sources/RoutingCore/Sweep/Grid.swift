/// A grid of policies as asked for; `nil` = what the trace can answer (Scheme.md, "The grid").
package struct GridRequest: Sendable, Equatable {
  package var k: [KSchedule]?
  package var boots: [BootBudget]?
  package var layers: [Int]?
  package var schedules: [LayerSchedule] = [.completion]
  package var selectors: [String]?
  package var aggregators: [String]?
  package var continuation: Continuation = .reprompt

  package init() {}
}

/// The grid a trace is swept over, with the baselines, in canonical order.
package struct Grid: Sendable, Equatable {
  package let k: [KSchedule]
  package let boots: [BootBudget]
  package let layers: [Int]
  package let schedules: [LayerSchedule]
  package let selectors: [String]
  package let aggregators: [String]
  package let continuation: Continuation
  /// Schemes by k, boot budget, layers, schedule, selector and aggregator; then `single:` in candidate
  /// order, `moa`, `blender` and `oracle`.
  package let policies: [Policy]

  /// Boot budgets tried where no ranking is recorded.
  package static let customaryBoots: [BootBudget] = [25, 50, 100, 200, 400].map { .tokens($0) } + [.full]

  /// - Throws: `PolicyError` where a part does not fit the trace or nothing is left.
  package init(_ request: GridRequest, for trace: Trace) throws(PolicyError) {
    let offer = TraceOffer(trace)
    k = request.k ?? (1...max(1, trace.poolCount)).map { KSchedule(constant: $0) }
    boots = request.boots ?? offer.boots
    layers = request.layers ?? offer.layers
    schedules = request.schedules
    aggregators = request.aggregators ?? offer.aggregators
    selectors = request.selectors ?? offer.selectors + [SelectorRegistry.prior]
    continuation = request.continuation
    if let wrong = k.first(where: { $0.first > trace.poolCount }) {
      throw .kAbovePool(k: wrong.first, pool: trace.poolCount)
    }
    for id in selectors { _ = try SelectorRegistry.selector(id, for: trace) }
    for id in aggregators { _ = try AggregatorRegistry.aggregator(id, for: trace) }
    for k in k {
      let missing = selectors.map { k.stop?.signal.missing(in: $0) }
      if let first = missing.first, let first, !missing.contains(nil) {
        throw .unfitK(k: k.description, missing: first)
      }
    }
    let schemes = Self.schemes(
      k: k, boots: boots, layers: layers, schedules: schedules, selectors: selectors,
      aggregators: aggregators, continuation: continuation)
    guard !schemes.isEmpty else {
      throw .emptyGrid(reason: Self.emptiness(k: k, layers: layers, selectors: selectors))
    }
    policies = schemes.map(Policy.scheme) + Self.baselines(trace.candidates, selectors[0], aggregators[0])
  }

  /// A grid that was checked before, over candidates that may be others.
  ///
  /// - Parameters:
  ///   - selectors: at least one; so are `aggregators`.
  package init(
    k: [KSchedule], boots: [BootBudget], layers: [Int], schedules: [LayerSchedule], selectors: [String],
    aggregators: [String], continuation: Continuation, candidates: [String]
  ) {
    self.k = k
    self.boots = boots
    self.layers = layers
    self.schedules = schedules
    self.selectors = selectors
    self.aggregators = aggregators
    self.continuation = continuation
    let schemes = Self.schemes(
      k: k, boots: boots, layers: layers, schedules: schedules, selectors: selectors,
      aggregators: aggregators, continuation: continuation)
    policies = schemes.map(Policy.scheme) + Self.baselines(candidates, selectors[0], aggregators[0])
  }

  /// The same grid with the baselines of other candidates.
  package func over(_ candidates: [String]) -> Grid {
    Grid(
      k: k, boots: boots, layers: layers, schedules: schedules, selectors: selectors,
      aggregators: aggregators, continuation: continuation, candidates: candidates)
  }

  private static func schemes(
    k: [KSchedule], boots: [BootBudget], layers: [Int], schedules: [LayerSchedule], selectors: [String],
    aggregators: [String], continuation: Continuation
  ) -> [SchemePolicy] {
    var found: Set<SchemePolicy> = []
    for selector in selectors {
      let budgets = SelectorRegistry.needsPrefixes(selector) ? boots.filter { $0 != .none } : [.none]
      for (k, boot) in k.flatMap({ k in budgets.map { (k, $0) } }) {
        for (depth, schedule) in layers.flatMap({ depth in schedules.map { (depth, $0) } }) {
          for aggregator in aggregators {
            let scheme = SchemePolicy(
              k: k, boot: boot, layers: depth, schedule: schedule, selector: selector, aggregator: aggregator,
              continuation: continuation)
            if (try? scheme.checkShape()) != nil { found.insert(scheme) }
          }
        }
      }
    }
    return found.sorted()
  }

  private static func emptiness(k: [KSchedule], layers: [Int], selectors: [String]) -> String {
    if layers.allSatisfy({ $0 < 2 }), !selectors.contains(where: SelectorRegistry.needsPrefixes) {
      return "\(selectors.joined(separator: ", ")) boots nothing and needs --layers 2 or more"
    }
    if let long = k.first(where: { $0.values.count > 1 }) {
      return "--k \(long) has more values than layers from the second on; raise --layers"
    }
    return "no combination of --k, --boot and --layers fits the selectors"
  }

  /// How many baselines a grid over so many candidates ends with: each alone, moa, blender, oracle.
  static func baselineCount(candidates: Int) -> Int { candidates + 3 }

  private static func baselines(_ candidates: [String], _ selector: String, _ aggregator: String) -> [Policy]
  {
    candidates.map(Policy.single) + [
      .moa(aggregator: aggregator), .blender(selector: selector), .oracle,
    ]
  }
}

/// What a trace can answer without being asked for anything.
private struct TraceOffer {
  let boots: [BootBudget]
  let layers: [Int]
  let selectors: [String]
  let aggregators: [String]

  init(_ trace: Trace) {
    let recorded = Set(trace.rankings.keys.filter { $0.layer == 1 }.map(\.cut))
    boots =
      recorded.isEmpty ? Grid.customaryBoots : recorded.sorted().map { $0 == .max ? .full : .tokens($0) }
    let merged = Set(trace.merges.keys.map(\.layer)).union(trace.refinements.keys.map(\.layer))
    layers = merged.union([2]).sorted().map(Int.init)
    selectors = Self.recorded(trace.selectors) ?? [SelectorRegistry.usual]
    aggregators = Self.recorded(trace.aggregators) ?? [AggregatorRegistry.usual]
  }

  /// Recorded tools, by name where there are several; `nil` without any.
  private static func recorded(_ names: [String]) -> [String]? {
    switch names.count {
    case 0: nil
    case 1: [ToolID.recorded]
    default: names.map { "\(ToolID.recorded):\($0)" }
    }
  }
}
