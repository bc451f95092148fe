package import RoutingCore

/// Policy files: what `recommend --emit` writes and people may edit (`lightreplay.policy/1`).
///
/// Strict: an unknown key, a part that contradicts its policy id, a bound, a `prior` that is not frozen or a
/// model that is not listed is an error with its line.
package enum PolicyFile {
  /// - Parameter name: how the file is called in errors, e.g. its path.
  package static func read(_ text: String, name: String) throws(ConfigError) -> ProductionPolicy {
    let root = try ConfigNode(parsing: text, file: name)
    let fields = try ConfigFields(
      root,
      [
        "format", "objective", "trace", "prices", "bootstrap", "baselines", "models", "workloads", "default",
      ])
    let format = try fields.required("format", ProductionPolicy.format)
    guard try format.text() == ProductionPolicy.format else {
      throw format.unexpected(ProductionPolicy.format)
    }
    let trace = try ConfigFields(
      try fields.required("trace", "a map with name and fingerprint"), ["name", "fingerprint"])
    let bootstrap = try ConfigFields(
      try fields.required("bootstrap", "a map with seed and replicates"), ["seed", "replicates"])
    let seed = try bootstrap.required("seed", "a whole number from 0 on")
    guard let seedValue = UInt64(try seed.text()) else { throw seed.unexpected("a whole number from 0 on") }
    let replicates = try bootstrap.required("replicates", "a count").count(from: 1)
    let models = try models(try fields.required("models", "a list of models"))
    let baselines = try ConfigFields(
      try fields.required("baselines", "a map with selector and aggregator"), ["selector", "aggregator"])
    let reader = DecisionReader(
      models: models.map(\.name), selector: try baselines.required("selector", "a selector").text(),
      aggregator: try baselines.required("aggregator", "an aggregator").text(), replicates: replicates)
    let workloads = try decisions(try fields.required("workloads", "a list of decisions"), reader)
    let last = try fields.required("default", "the policy for every other query")
    return ProductionPolicy(
      wish: try WishReader.read(try fields.required("objective", "what was wanted")),
      traceName: try trace.required("name", "the trace's name").text(),
      fingerprint: try fingerprint(try trace.required("fingerprint", "SHA-256 in hexadecimal")),
      prices: try fields["prices"].map { node throws(ConfigError) in try prices(node) }, seed: seedValue,
      replicates: replicates,
      baselineAggregator: reader.aggregator, baselineSelector: reader.selector, models: models,
      workloads: workloads, fallback: try reader.decision(last, isDefault: true),
      shares: try reader.shares(last, workloads.compactMap(\.workload)),
      regrets: try reader.regrets(last, workloads.compactMap(\.workload)))
  }

  private static func fingerprint(_ node: ConfigNode) throws(ConfigError) -> String {
    let text = try node.text()
    guard text.utf8.count == 64, text.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }) else {
      throw node.unexpected("64 hexadecimal digits")
    }
    return text
  }

  private static func models(_ node: ConfigNode) throws(ConfigError) -> [ProductionModel] {
    var models: [ProductionModel] = []
    for element in try node.list() {
      let fields = try ConfigFields(element, ["name", "pool", "skills", "continuation"])
      let name = try fields.required("name", "a model's name")
      guard !models.contains(where: { ExactString($0.name) == ExactString((try? name.text()) ?? "") }) else {
        throw name.unexpected("each model once")
      }
      models.append(
        ProductionModel(
          name: try name.text(),
          isInPool: try fields["pool"].map { node throws(ConfigError) in try node.bool() } ?? true,
          skills: try fields["skills"].map { node throws(ConfigError) in
            try node.list().map { element throws(ConfigError) in try element.text() }
          } ?? [],
          continuation: try fields["continuation"].map { node throws(ConfigError) in
            try node.choice(DeclaredContinuation.self)
          }))
    }
    guard models.contains(where: \.isInPool) else { throw node.unexpected("at least one model of the pool") }
    return models
  }

  private static func decisions(_ node: ConfigNode, _ reader: DecisionReader) throws(ConfigError)
    -> [ProductionDecision]
  {
    var decisions: [ProductionDecision] = []
    for element in try node.list() {
      let decision = try reader.decision(element, isDefault: false)
      guard
        !decisions.contains(where: {
          $0.workload.map(ExactString.init) == decision.workload.map(ExactString.init)
        })
      else {
        throw .unexpected(
          file: element.file, line: element.line, field: "\(element.path).match.workload",
          found: "'\(decision.workload ?? "")'", expected: "each workload once")
      }
      decisions.append(decision)
    }
    return decisions
  }

  private static func prices(_ node: ConfigNode) throws(ConfigError) -> ProductionPrices {
    let fields = try ConfigFields(node, ["book", "date", "sha256", "usd_per_million_tokens"])
    var rows: [ProductionPrices.Row] = []
    for element in try fields.required("usd_per_million_tokens", "a list of prices").list() {
      let price = try ConfigFields(element, ["model", "input", "cached_input", "output"])
      let usage = "USD per million tokens"
      rows.append(
        ProductionPrices.Row(
          model: try price.required("model", "a model's name").text(),
          price: ModelPrice(
            input: try PriceBookFile.amount(try price.required("input", usage)),
            cachedInput: try PriceBookFile.amount(try price.required("cached_input", usage)),
            output: try PriceBookFile.amount(try price.required("output", usage)))))
    }
    return ProductionPrices(
      book: try fields.required("book", "the price book's name").text(),
      date: try fields["date"].map { node throws(ConfigError) in try node.text() },
      sha256: try fields.required("sha256", "SHA-256 in hexadecimal").text(), rows: rows)
  }
}

/// Reads what was wanted.
private enum WishReader {
  static func read(_ node: ConfigNode) throws(ConfigError) -> ProductionWish {
    let fields = try ConfigFields(
      node,
      [
        "wish", "aim", "lambda", "min_score", "min_score_share", "budget", "fleet_budget",
        "max_latency_p95_s", "confidence", "one_standard_error", "cost_unit", "accounting", "continuation",
        "failures", "samples", "grader",
      ])
    let failures = try fields.required("failures", "count or exclude")
    guard ["count", "exclude"].contains(try failures.text()) else {
      throw failures.unexpected("count or exclude")
    }
    func amount(_ key: String) throws(ConfigError) -> Double? {
      try fields[key].map { node throws(ConfigError) in try node.number(0...(.greatestFiniteMagnitude)) }
    }
    return ProductionWish(
      sentence: try fields.required("wish", "the wish in words").text(), aim: try aim(fields),
      scoreTarget: try target(fields), budget: try amount("budget"), fleetBudget: try amount("fleet_budget"),
      maxLatencyP95: try amount("max_latency_p95_s"),
      confidence: try fields["confidence"].map { node throws(ConfigError) in try node.number(0...1) },
      isOneStandardError: try fields["one_standard_error"].map { node throws(ConfigError) in try node.bool() }
        ?? false,
      costUnit: try fields.required("cost_unit", "usd, tokens or ktokens").choice(CostUnit.self),
      accounting: try fields.required("accounting", "billed or paper").choice(Accounting.self),
      continuation: try fields.required("continuation", "how a prefix becomes an answer")
        .choice(Continuation.self),
      excludesFailures: try failures.text() == "exclude",
      samples: try fields.required("samples", "first or all").choice(SampleSelection.self),
      grader: try fields["grader"].map { node throws(ConfigError) in try node.text() })
  }

  private static func aim(_ fields: ConfigFields) throws(ConfigError) -> ChoiceRule.Aim {
    let aim = try fields.required("aim", "objective, least-cost or budget")
    switch try aim.text() {
    case "objective":
      return .objective(
        lambda: try fields.required("lambda", "score per cost unit").number(0...(.greatestFiniteMagnitude)))
    case "least-cost": return .leastCost
    case "budget":
      _ = try fields.required("budget", "a mean cost per query")
      return .budget
    default: throw aim.unexpected("objective, least-cost or budget")
    }
  }

  private static func target(_ fields: ConfigFields) throws(ConfigError) -> ChoiceRule.ScoreTarget? {
    if let score = fields["min_score"] { return .score(try score.number(0...1)) }
    return try fields["min_score_share"].map { node throws(ConfigError) in
      .shareOfBest(try node.number(0...1))
    }
  }
}
