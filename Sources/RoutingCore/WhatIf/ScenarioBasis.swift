/// Everything a recommendation rests on; a scenario makes another of it.
package struct ScenarioBasis: Sendable {
  package var trace: Trace
  /// `nil` where tokens are counted.
  package var prices: PriceBook?
  package var request: GridRequest
  package var rule: ChoiceRule
  package var settings: SweepSettings
  /// Names of the workloads looked at.
  package var workloads: [String]
  /// By workload, summing to 1.
  package var shares: [Double]
  /// `nil` = not known, so nothing is said per month.
  package var traffic: Traffic?
  /// The share of queries on which a booted selector's order is random.
  package var degradation: Share?

  package init(
    trace: Trace, prices: PriceBook?, request: GridRequest, rule: ChoiceRule, settings: SweepSettings,
    workloads: [Workload], traffic: Traffic? = nil
  ) {
    self.trace = trace
    self.prices = prices
    self.request = request
    self.rule = rule
    self.settings = settings
    self.workloads = workloads.map(\.name)
    self.traffic = traffic
    let rows = Double(workloads.reduce(0) { $0 + $1.rows.count })
    shares = workloads.map { Double($0.rows.count) / rows }
  }

  /// The policies to be replayed.
  package func policies() throws(PolicyError) -> [Policy] { try Grid(request, for: trace).policies }

  package func priceTable(for policies: [Policy]) throws(PolicyError) -> PriceTable {
    guard settings.costUnit == .usd else { return .tokens(for: trace) }
    return try .dollars(
      prices ?? PriceBook(name: "none", sha256: "", prices: [:]), for: trace,
      needed: trace.billedPayers(by: policies, in: selected))
  }

  var selected: [Workload] { trace.workloads.filter { workloads.contains($0.name) } }
}

extension ScenarioBasis {
  /// The basis after a scenario's changes.
  package func applying(_ scenario: Scenario) throws(ScenarioError) -> ScenarioBasis {
    var copy = self
    for change in scenario.changes { try copy.apply(change, of: scenario.name) }
    for model in scenario.breakEven { try copy.checkPriced(model, scenario.name, "break_even") }
    return copy
  }

  private mutating func apply(_ change: ScenarioChange, of scenario: String) throws(ScenarioError) {
    switch change {
    case .price(let model, let change): try changePrice(model, change, scenario)
    case .discount, .cacheHits: try changePrices(change, scenario)
    case .drop(let names): try restrictPool(names, keeps: false, scenario)
    case .keep(let names): try restrictPool(names, keeps: true, scenario)
    case .selectors(let names): request.selectors = names
    case .aggregators(let names): request.aggregators = names
    case .continuation(let kind):
      request.continuation = kind
      settings.continuation = kind
    case .shares(let given): try share(given, scenario)
    case .traffic(let traffic): self.traffic = traffic
    case .degradeSelector(let share):
      if let k = request.k?.first(where: { $0.stop?.signal == .margin }) {
        throw .cannotDegrade(scenario: scenario, k: k.description)
      }
      degradation = share
    case .outputLength(let model, let factor):
      if let model { try checkCandidate(model, scenario) }
      trace = trace.scalingOutputs(of: model, by: factor)
    case .maxLatencyP95(let seconds): rule.maxLatencyP95 = seconds
    }
  }

  private func book(_ scenario: String, _ change: String) throws(ScenarioError) -> PriceBook {
    guard settings.costUnit == .usd, let prices else {
      throw .noPrices(scenario: scenario, change: change)
    }
    return prices
  }

  private func checkPriced(_ model: String, _ scenario: String, _ change: String) throws(ScenarioError) {
    let book = try book(scenario, change)
    guard book.prices[model] != nil, trace.payers.contains(model) else {
      let known = trace.payers.filter { book.prices[$0] != nil }
      throw .unknown(scenario: scenario, kind: "priced model", name: model, known: known)
    }
  }

  private mutating func changePrice(
    _ model: String, _ change: PriceChange, _ scenario: String
  ) throws(ScenarioError) {
    var book = try book(scenario, ScenarioChange.price(model: model, change).description)
    switch change {
    case .to(let price):
      guard trace.payers.contains(model) else {
        throw .unknown(scenario: scenario, kind: "model", name: model, known: trace.payers)
      }
      book.prices[model] = price
    case .times(let factor):
      try checkPriced(model, scenario, "prices")
      book.prices[model] = book.prices[model]?.times(factor)
    }
    if let price = book.prices[model], max(price.input, price.cachedInput, price.output) > ModelPrice.limit {
      throw .priceTooHigh(scenario: scenario, model: model)
    }
    prices = book
  }

  private mutating func changePrices(_ change: ScenarioChange, _ scenario: String) throws(ScenarioError) {
    var book = try book(scenario, change.description)
    switch change {
    case .discount(let share, let models):
      for model in models ?? [] { try checkPriced(model, scenario, "discount") }
      guard let left = ScenarioFactor(FixedPoint.text(1_000_000 - share.millionths, places: 6)) else {
        return
      }
      for (model, price) in book.prices where models?.contains(model) ?? true {
        book.prices[model] = price.times(left)
      }
    case .cacheHits(let share):
      for (model, price) in book.prices {
        let blended = FixedPoint.dividedHalfEven(
          Int128(price.input) * (1_000_000 - share.millionths) + Int128(price.cachedInput) * share.millionths,
          by: 1_000_000)
        book.prices[model] = ModelPrice(
          input: Int64(blended), cachedInput: price.cachedInput, output: price.output)
      }
    default: break
    }
    prices = book
  }

  private func checkCandidate(_ name: String, _ scenario: String) throws(ScenarioError) {
    guard ExactString.position(of: name, in: trace.candidates) != nil else {
      throw .unknown(scenario: scenario, kind: "model", name: name, known: trace.candidates)
    }
  }

  private mutating func restrictPool(
    _ names: [String], keeps: Bool, _ scenario: String
  ) throws(ScenarioError) {
    for name in names { try checkCandidate(name, scenario) }
    let kept = trace.candidates.indices.filter { names.contains(trace.candidates[$0]) == keeps }
    guard kept.contains(where: { $0 < trace.poolCount }) else { throw .emptyPool(scenario: scenario) }
    trace = trace.restricted(to: kept)
    // A grid asked for may reach beyond what is left of the pool.
    request.k = request.k.map { list in
      list.filter { $0.first <= trace.poolCount }
    }
  }

  private mutating func share(_ given: [WorkloadShare], _ scenario: String) throws(ScenarioError) {
    for part in given where !workloads.contains(part.workload) {
      throw .unknown(scenario: scenario, kind: "workload", name: part.workload, known: workloads)
    }
    var shares: [Double] = []
    for workload in workloads {
      guard let part = given.first(where: { $0.workload == workload }) else {
        throw .shareLeftOut(scenario: scenario, workload: workload)
      }
      shares.append(part.share)
    }
    let total = shares.reduce(0, +)
    self.shares = shares.map { $0 / total }
  }
}
