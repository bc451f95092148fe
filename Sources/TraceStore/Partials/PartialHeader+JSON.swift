import RoutingCore

extension PartialWriter {
  /// The members of the first line.
  static func header(_ header: PartialHeader, _ json: inout JSONWriter) {
    func text(_ name: String, _ value: String?) {
      json.key(name)
      if let value { json.string(value) } else { json.null() }
    }
    text("format", PartialFile.format)
    text("name", header.traceName)
    text("fingerprint", header.fingerprint)
    text("header_sha256", header.headerDigest)
    json.strings("candidates", header.candidates)
    json.integers("pool_count", [header.poolCount])
    json.strings("respondents", header.respondents)
    json.strings("recorded_selectors", header.selectors)
    json.strings("recorded_aggregators", header.aggregators)
    json.strings("k", header.grid.k.map(\.description))
    json.strings("boot", header.grid.boots.map(\.description))
    json.integers("layers", header.grid.layers)
    json.strings("schedule", header.grid.schedules.map(\.rawValue))
    json.strings("selector", header.grid.selectors)
    json.strings("aggregator", header.grid.aggregators)
    text("continuation", header.grid.continuation.rawValue)
    let terms = header.terms
    text("seed", String(terms.seed))
    json.integers("replicates", [terms.replicates])
    text("cost_unit", terms.costUnit.rawValue)
    text("accounting", terms.accounting.rawValue)
    text("min_coverage", FixedPoint.text(terms.minCoverage.millionths, places: 6))
    json.flag("exclude_failures", terms.excludesFailures)
    json.strings("lambda", terms.lambdas.map { "\($0.value)" })
    text("samples", terms.samples.rawValue)
    text("grader", terms.grader)
    if let workloads = terms.workloads { json.strings("workload", workloads) }
    text("prices_name", terms.prices?.name)
    text("prices_date", terms.prices?.date)
    text("prices_sha256", terms.prices?.sha256)
  }
}

extension PartialHeader {
  /// From the members of the first line; `nil` where something is missing or no value of its kind.
  init?(_ node: JSONNode) {
    func text(_ name: String) -> String? { node[name]?.string }
    func list<Value>(_ name: String, _ value: (JSONNode) -> Value?) -> [Value]? {
      guard let elements = node[name]?.elements else { return nil }
      let values = elements.compactMap(value)
      return values.count == elements.count ? values : nil
    }
    func texts<Value>(_ name: String, _ value: (String) -> Value?) -> [Value]? {
      list(name) { $0.string.flatMap(value) }
    }
    func integers(_ name: String) -> [Int]? { list(name) { $0.whole.flatMap { Int(exactly: $0) } } }
    guard let traceName = text("name"), let fingerprint = text("fingerprint"),
      let headerDigest = text("header_sha256"), let candidates = texts("candidates", { $0 }),
      let poolCount = integers("pool_count")?.first, (0...candidates.count).contains(poolCount),
      let respondents = texts("respondents", { $0 }), let recorded = texts("recorded_selectors", { $0 }),
      let merging = texts("recorded_aggregators", { $0 }), let k = texts("k", { KSchedule($0) }),
      let boots = texts("boot", { BootBudget($0) }), let layers = integers("layers"),
      let schedules = texts("schedule", LayerSchedule.init(rawValue:)),
      let selectors = texts("selector", { $0 }), !selectors.isEmpty,
      let aggregators = texts("aggregator", { $0 }), !aggregators.isEmpty,
      let continuation = text("continuation").flatMap(Continuation.init(rawValue:)),
      let terms = PartialTerms(node, lambdas: texts("lambda", { Lambda($0) }))
    else { return nil }
    self.init(
      traceName: traceName, fingerprint: fingerprint, headerDigest: headerDigest, candidates: candidates,
      poolCount: poolCount, respondents: respondents, selectors: recorded, aggregators: merging,
      grid: Grid(
        k: k, boots: boots, layers: layers, schedules: schedules, selectors: selectors,
        aggregators: aggregators, continuation: continuation, candidates: candidates),
      terms: terms)
  }
}

extension PartialTerms {
  fileprivate init?(_ node: JSONNode, lambdas: [Lambda]?) {
    var settings = SweepSettings()
    guard let seed = node["seed"]?.string.flatMap(UInt64.init),
      let replicates = node["replicates"]?.elements?.first?.whole.flatMap({ Int(exactly: $0) }),
      (1...1_000_000).contains(replicates),
      let costUnit = node["cost_unit"]?.string.flatMap(CostUnit.init(rawValue:)),
      let accounting = node["accounting"]?.string.flatMap(Accounting.init(rawValue:)),
      let minCoverage = node["min_coverage"]?.string.flatMap(CoverageShare.init(decimal:)), let lambdas,
      case .bool(let excludesFailures) = node["exclude_failures"]?.value,
      let samples = node["samples"]?.string.flatMap(SampleSelection.init(rawValue:))
    else { return nil }
    settings.seed = seed
    settings.replicates = replicates
    settings.costUnit = costUnit
    settings.accounting = accounting
    settings.minCoverage = minCoverage
    settings.excludesFailures = excludesFailures
    settings.lambdas = lambdas
    let prices = node["prices_name"]?.string.map { name in
      PriceBook(
        name: name, date: node["prices_date"]?.string, sha256: node["prices_sha256"]?.string ?? "",
        prices: [:])
    }
    self.init(
      settings, samples: samples, grader: node["grader"]?.string,
      workloads: node["workload"]?.elements?.compactMap(\.string), prices: prices)
  }
}

extension JSONNode {
  /// A number without a fraction.
  var whole: Int128? {
    if case .number(let text) = value, !text.contains(".") { FixedPoint.scaled(text, places: 0) } else { nil }
  }

  /// An array of numbers without fractions.
  var integers: [Int128]? {
    guard let elements else { return nil }
    let values = elements.compactMap(\.whole)
    return values.count == elements.count ? values : nil
  }

  var flag: Bool? { if case .bool(let value) = value { value } else { nil } }
}
