/// What changed from one production policy to another.
package struct ProductionPolicyDifference: Sendable, Equatable {
  /// A value before or after.
  package enum Value: Sendable, Equatable {
    case text(String)
    case number(Double)
  }

  /// One change; `nil` where there was, or is, nothing.
  package struct Change: Sendable, Equatable {
    /// `trace`, `prices`, `models`, `objective`, `default`, or a workload.
    package let place: Place
    /// What changed there, e.g. `policy`, `score`, `price of lark, input`.
    package let what: String
    package let old: Value?
    package let new: Value?
    /// For a figure: whether the new mean lies within the old 95 % interval.
    package let isWithinInterval: Bool?
  }

  package enum Place: Sendable, Equatable {
    case trace, prices, models, objective, fallback
    case workload(String)
  }

  package private(set) var changes: [Change] = []

  package init(_ old: ProductionPolicy, _ new: ProductionPolicy) {
    add(.trace, "name", .text(old.traceName), .text(new.traceName))
    add(.trace, "fingerprint", .text(old.fingerprint), .text(new.fingerprint))
    addObjective(old.wish, new.wish)
    addPrices(old.prices, new.prices)
    add(.models, "pool", Self.names(old), Self.names(new))
    for name in Self.union(old.workloads.compactMap(\.workload), new.workloads.compactMap(\.workload)) {
      addDecision(.workload(name), old.own(name), new.own(name))
    }
    addDecision(.fallback, old.fallback, new.fallback)
  }

  private static func names(_ policy: ProductionPolicy) -> Value {
    .text(policy.pool.map(\.name).joined(separator: ", "))
  }

  /// Names of both, the old ones first.
  private static func union(_ old: [String], _ new: [String]) -> [String] {
    old + new.filter { name in !old.contains { ExactString($0) == ExactString(name) } }
  }

  private mutating func add(
    _ place: Place, _ what: String, _ old: Value?, _ new: Value?, isWithinInterval: Bool? = nil
  ) {
    guard old != new else { return }
    changes.append(Change(place: place, what: what, old: old, new: new, isWithinInterval: isWithinInterval))
  }

  private mutating func addObjective(_ old: ProductionWish, _ new: ProductionWish) {
    add(.objective, "wish", .text(old.sentence), .text(new.sentence))
    add(.objective, "cost unit", .text(old.costUnit.rawValue), .text(new.costUnit.rawValue))
    add(.objective, "accounting", .text(old.accounting.rawValue), .text(new.accounting.rawValue))
    add(.objective, "continuation", .text(old.continuation.rawValue), .text(new.continuation.rawValue))
    add(
      .objective, "fleet budget", old.fleetBudget.map(Value.number), new.fleetBudget.map(Value.number))
  }

  private mutating func addPrices(_ old: ProductionPrices?, _ new: ProductionPrices?) {
    add(.prices, "book", (old?.book).map(Value.text), (new?.book).map(Value.text))
    add(.prices, "date", (old?.date).map(Value.text), (new?.date).map(Value.text))
    for model in Self.union(old?.rows.map(\.model) ?? [], new?.rows.map(\.model) ?? []) {
      let parts: [(String, KeyPath<ModelPrice, Int64>)] = [
        ("input", \.input), ("cached input", \.cachedInput), ("output", \.output),
      ]
      for (part, key) in parts {
        func value(_ prices: ProductionPrices?) -> Value? {
          prices?.price(of: model).map { .number(Double($0[keyPath: key]) / 1e6) }
        }
        add(.prices, "price of \(model), \(part)", value(old), value(new))
      }
    }
  }

  private mutating func addDecision(
    _ place: Place, _ old: ProductionDecision?, _ new: ProductionDecision?
  ) {
    func text(_ value: (ProductionDecision) -> String?) -> (Value?, Value?) {
      (old.flatMap(value).map(Value.text), new.flatMap(value).map(Value.text))
    }
    let policies = text { $0.policy.description }
    add(place, "policy", policies.0, policies.1)
    guard let old, let new else { return }
    for (what, tool) in [("selector", \ProductionDecision.selector), ("aggregator", \.aggregator)] {
      let (before, after) = (old[keyPath: tool], new[keyPath: tool])
      add(place, "\(what) model", (before?.model).map(Value.text), (after?.model).map(Value.text))
      add(place, "\(what) prompt", (before?.prompt).map(Value.text), (after?.prompt).map(Value.text))
    }
    addFigure(place, "score, held out", old.expected.heldOutScore, new.expected.heldOutScore)
    addFigure(place, "cost, held out", old.expected.heldOutCost, new.expected.heldOutCost)
    addFigure(place, "score, in-sample", old.expected.score, new.expected.score)
    addFigure(place, "cost, in-sample", old.expected.cost, new.expected.cost)
    add(
      place, "latency p95", (old.expected.latency?.p95).map(Value.number),
      (new.expected.latency?.p95).map(Value.number))
    add(place, "queries", .number(Double(old.expected.queries)), .number(Double(new.expected.queries)))
  }

  private mutating func addFigure(
    _ place: Place, _ what: String, _ old: ProductionFigure, _ new: ProductionFigure
  ) {
    add(
      place, what, .number(old.mean), .number(new.mean),
      isWithinInterval: new.mean >= old.low && new.mean <= old.high)
  }
}

extension ProductionPolicy {
  /// The workload's own decision, not the default.
  fileprivate func own(_ workload: String) -> ProductionDecision? {
    workloads.first { $0.workload.map(ExactString.init) == ExactString(workload) }
  }
}
