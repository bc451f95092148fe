import RoutingCore

/// Reads the decisions of a policy file; every policy in them must be able to run.
struct DecisionReader {
  /// Names a policy may call.
  let models: [String]
  /// What `blender` ranks and `moa` merges with.
  let selector: String
  let aggregator: String
  /// Of the bootstrap behind every interval.
  let replicates: Int

  private static let keys = [
    "policy", "k", "boot_budget", "layers", "schedule", "continuation", "selector", "aggregator", "expected",
    "k_set", "regimes", "runner_up", "best_single", "mixture", "warnings",
  ]

  func decision(_ node: ConfigNode, isDefault: Bool) throws(ConfigError) -> ProductionDecision {
    let fields = try ConfigFields(node, Self.keys + (isDefault ? ["shares", "regret"] : ["match"]))
    let selector = try tool(fields, "selector")
    let aggregator = try tool(fields, "aggregator")
    let policy = try self.policy(try fields.required("policy", "a policy id"))
    try checkParts(of: policy, fields, selector: selector, aggregator: aggregator)
    return ProductionDecision(
      workload: isDefault ? nil : try label(fields), policy: policy, selector: selector?.declared,
      aggregator: aggregator?.declared,
      expected: try FigureReader.figures(
        try fields.required("expected", "what it scores and costs"), replicates: replicates),
      kSet: try list(fields["k_set"]) { node throws(ConfigError) in try node.text() },
      regimes: try list(fields["regimes"]) { node throws(ConfigError) in try regime(node) },
      runnerUp: try fields["runner_up"].map { node throws(ConfigError) in try runnerUp(node) },
      bestSingle: try fields["best_single"].map { node throws(ConfigError) in
        try means(try ConfigFields(node, ["policy", "score", "cost"]))
      },
      mixture: try list(fields["mixture"]) { node throws(ConfigError) in
        let part = try ConfigFields(node, ["policy", "share"])
        return MixtureShare(
          policy: try self.policy(try part.required("policy", "a policy id")),
          share: try part.required("share", "a share").number(0...1))
      },
      warnings: try list(fields["warnings"]) { node throws(ConfigError) in
        let warning = try ConfigFields(node, ["code", "text"])
        return Warning(
          code: try warning.required("code", "a warning's name").text(),
          text: try warning.required("text", "the warning in words").text())
      })
  }

  private func label(_ fields: ConfigFields) throws(ConfigError) -> String {
    let match = try ConfigFields(
      try fields.required("match", "{workload: NAME}, the caller's label"), ["workload"])
    return try match.required("workload", "the caller's label").text()
  }

  func shares(_ node: ConfigNode, _ workloads: [String]) throws(ConfigError) -> [ProductionShare] {
    guard let shares = try ConfigFields(node, Self.keys + ["shares", "regret"])["shares"] else { return [] }
    let found = try shares.list().map { element throws(ConfigError) in
      let fields = try ConfigFields(element, ["workload", "share"])
      return ProductionShare(
        workload: try known(try fields.required("workload", "a workload"), workloads),
        share: try fields.required("share", "a share").number(0...1))
    }
    let sum = found.reduce(0) { $0 + $1.share }
    guard found.isEmpty || abs(sum - 1) < 1e-6 else {
      throw .unexpected(
        file: shares.file, line: shares.line, field: shares.path, found: "a list that sums to \(sum)",
        expected: "1")
    }
    return found
  }

  func regrets(_ node: ConfigNode, _ workloads: [String]) throws(ConfigError) -> [ProductionRegret] {
    try list(try ConfigFields(node, Self.keys + ["shares", "regret"])["regret"]) {
      element throws(ConfigError) in
      let fields = try ConfigFields(
        element, ["workload", "queries", "score_loss", "extra_cost", "objective_loss"])
      return ProductionRegret(
        workload: try known(try fields.required("workload", "a workload"), workloads),
        queries: try fields.required("queries", "a count").count(),
        scoreLoss: try FigureReader.figure(try fields.required("score_loss", FigureReader.shape)),
        extraCost: try FigureReader.figure(try fields.required("extra_cost", FigureReader.shape)),
        objectiveLoss: try fields["objective_loss"].map { node throws(ConfigError) in
          try FigureReader.figure(node)
        })
    }
  }

  private func known(_ node: ConfigNode, _ names: [String]) throws(ConfigError) -> String {
    let name = try node.text()
    guard ExactString.position(of: name, in: names) != nil else {
      let near = NearMiss.suggestion(for: name, among: names).map { ", perhaps '\($0)'" } ?? ""
      throw node.unexpected("a name listed in this file\(near)")
    }
    return name
  }

  private func regime(_ node: ConfigNode) throws(ConfigError) -> ProductionRegime {
    let fields = try ConfigFields(node, ["lambda_low", "lambda_high", "policy", "score", "cost"])
    let low = try fields.required("lambda_low", "a λ").number(0...(.greatestFiniteMagnitude))
    return ProductionRegime(
      lambdaLow: low,
      lambdaHigh: try fields["lambda_high"].map { node throws(ConfigError) in
        try node.number(low...(.greatestFiniteMagnitude))
      }, means: try means(fields))
  }

  private func means(_ fields: ConfigFields) throws(ConfigError) -> PolicyMeans {
    PolicyMeans(
      policy: try self.policy(try fields.required("policy", "a policy id")),
      score: try fields.required("score", "a mean score").number(0...1),
      cost: try fields.required("cost", "a mean cost").number(0...(.greatestFiniteMagnitude)))
  }

  private func runnerUp(_ node: ConfigNode) throws(ConfigError) -> ProductionRunnerUp {
    let fields = try ConfigFields(node, ["policy", "difference", "separated", "queries_to_separate"])
    return ProductionRunnerUp(
      policy: try self.policy(try fields.required("policy", "a policy id")),
      difference: try FigureReader.figure(try fields.required("difference", FigureReader.shape)),
      isSeparated: try fields.required("separated", "true or false").bool(),
      queriesToSeparate: try fields["queries_to_separate"].map { node throws(ConfigError) in
        try node.count()
      })
  }

  private func list<Element>(
    _ node: ConfigNode?, _ element: (ConfigNode) throws(ConfigError) -> Element
  ) throws(ConfigError) -> [Element] {
    guard let node else { return [] }
    return try node.list().map(element)
  }
}

extension DecisionReader {
  /// A selector or aggregator: its id, and who is behind a recorded one.
  private struct Tool {
    let node: ConfigNode
    let id: String
    let declared: ToolDeclaration?
  }

  private func tool(_ fields: ConfigFields, _ key: String) throws(ConfigError) -> Tool? {
    guard let node = fields[key] else { return nil }
    let parts = try ConfigFields(node, ["id", "name", "model", "prompt"])
    let id = try parts.required("id", "a \(key)").text()
    func text(_ key: String) throws(ConfigError) -> String? {
      try parts[key].map { node throws(ConfigError) in try node.text() }
    }
    let name = try text("name")
    if name == nil, ToolID.isRecorded(id) || parts["prompt"] != nil {
      _ = try parts.required("name", "who is behind \(id)")
    }
    return Tool(
      node: node, id: id,
      declared: try name.map { name throws(ConfigError) in
        ToolDeclaration(name: name, model: try text("model"), prompt: try text("prompt"))
      })
  }

  private func policy(_ node: ConfigNode) throws(ConfigError) -> Policy {
    let id = try node.text()
    let policy: Policy
    do {
      policy = try Policy(id: id, aggregator: aggregator, selector: selector)
    } catch {
      throw ConfigError.invalid(
        file: node.file, line: node.line, field: node.path, problem: error.description)
    }
    guard !policy.isBound else {
      throw node.unexpected("a policy that can run: bounds are never recommended")
    }
    if case .scheme(let scheme) = policy {
      guard !SelectorRegistry.learnsFromOtherQueries(scheme.selector) else {
        throw node.unexpected("\(scheme.selector) frozen as static:m1>m2, for it needs scored answers")
      }
      if case .quantile? = scheme.k.stop?.threshold {
        throw node.unexpected("a threshold frozen to a number: its quantile needs the training queries")
      }
      if scheme.selector.hasPrefix("static:") {
        for name in scheme.selector.utf8.dropFirst("static:".utf8.count).split(separator: UInt8(ascii: ">")) {
          try check(String(Substring(name)), node)
        }
      }
    }
    if case .single(let name) = policy { try check(name, node) }
    return policy
  }

  private func check(_ name: String, _ node: ConfigNode) throws(ConfigError) {
    guard ExactString.position(of: name, in: models) == nil else { return }
    let near = NearMiss.suggestion(for: name, among: models).map { "; did you mean '\($0)'?" } ?? ""
    throw .invalid(
      file: node.file, line: node.line, field: node.path,
      problem: "calls '\(name)', which is not among the models\(near)")
  }

  /// The parts beside the id are for people and other programs; they may not say anything else.
  private func checkParts(
    of policy: Policy, _ fields: ConfigFields, selector: Tool?, aggregator: Tool?
  ) throws(ConfigError) {
    var expected: [String: String] = [:]
    switch policy {
    case .scheme(let scheme):
      expected = [
        "k": scheme.k.description, "boot_budget": scheme.boot.description, "layers": "\(scheme.layers)",
        "schedule": scheme.schedule.rawValue, "continuation": scheme.continuation.rawValue,
      ]
      try check(selector, "selector", is: scheme.selector, fields)
      try check(aggregator, "aggregator", is: scheme.aggregator, fields)
    case .moa(let tool): try check(aggregator, "aggregator", is: tool, fields)
    case .blender(let tool): try check(selector, "selector", is: tool, fields)
    case .single, .oracle: break
    }
    for key in ["k", "boot_budget", "layers", "schedule", "continuation"] {
      guard let node = fields[key] else { continue }
      guard let value = expected[key] else { throw node.unexpected("nothing: \(policy) has no \(key)") }
      guard try node.text() == value else { throw node.unexpected("\(value), as its policy says") }
    }
  }

  private func check(_ tool: Tool?, _ key: String, is id: String, _ fields: ConfigFields)
    throws(ConfigError)
  {
    guard let tool else {
      guard ToolID.isRecorded(id) else { return }
      _ = try fields.required(key, "who is behind \(id)")
      return
    }
    guard ExactString(tool.id) == ExactString(id) else {
      throw .unexpected(
        file: tool.node.file, line: tool.node.line, field: "\(tool.node.path).id", found: "'\(tool.id)'",
        expected: "\(id), as its policy says")
    }
  }
}

/// Reads figures.
enum FigureReader {
  static let shape = "{mean: …, low: …, high: …}"

  /// A mean stands within an interval of so many replicates; within one of fewer it may lie outside by chance.
  private static let fewReplicates = 100

  /// - Parameter replicates: behind the interval; `nil` where the mean need not lie within it.
  static func figure(_ node: ConfigNode, replicates: Int? = nil) throws(ConfigError) -> ProductionFigure {
    let fields = try ConfigFields(node, ["mean", "low", "high"])
    let low = try fields.required("low", "a number").number()
    let high = try fields.required("high", "a number")
    guard try high.number() >= low else { throw high.unexpected("a number from low on") }
    let mean = try fields.required("mean", "a number")
    // Figures are rounded to six digits.
    let slack = 1e-5 * max(abs(low), abs(try high.number()))
    if let replicates, replicates >= fewReplicates,
      !(low - slack...(try high.number()) + slack).contains(try mean.number())
    {
      throw mean.unexpected("a mean within its interval, \(low) to \(try high.text())")
    }
    return ProductionFigure(mean: try mean.number(), low: low, high: try high.number())
  }

  /// - Parameter replicates: of the bootstrap.
  static func figures(_ node: ConfigNode, replicates: Int) throws(ConfigError) -> ProductionFigures {
    let fields = try ConfigFields(
      node,
      [
        "queries", "compared_queries", "lambda", "held_out", "in_sample", "latency_s", "win_share", "p_met",
      ])
    let heldOut = try pair(try fields.required("held_out", "score and cost"), replicates)
    let inSample = try pair(try fields.required("in_sample", "score and cost"), replicates)
    return ProductionFigures(
      queries: try fields.required("queries", "a count").count(from: 1),
      comparedQueries: try fields.required("compared_queries", "a count").count(from: 1),
      lambda: try fields["lambda"].map { node throws(ConfigError) in
        try node.number(0...(.greatestFiniteMagnitude))
      }, heldOutScore: heldOut.score, heldOutCost: heldOut.cost, score: inSample.score, cost: inSample.cost,
      latency: try fields["latency_s"].map { node throws(ConfigError) in try latency(node) },
      winShare: try fields.required("win_share", "a share").number(0...1),
      metShare: try fields["p_met"].map { node throws(ConfigError) in try node.number(0...1) })
  }

  private static func pair(_ node: ConfigNode, _ replicates: Int) throws(ConfigError) -> (
    score: ProductionFigure, cost: ProductionFigure
  ) {
    let fields = try ConfigFields(node, ["score", "cost"])
    return (
      try figure(try fields.required("score", shape), replicates: replicates),
      try figure(try fields.required("cost", shape), replicates: replicates)
    )
  }

  private static func latency(_ node: ConfigNode) throws(ConfigError) -> ProductionLatency {
    let fields = try ConfigFields(node, ["mean", "p50", "p95", "p99"])
    func seconds(_ key: String) throws(ConfigError) -> Double {
      try fields.required(key, "seconds").number(0...(.greatestFiniteMagnitude))
    }
    return ProductionLatency(
      mean: try seconds("mean"), p50: try seconds("p50"), p95: try seconds("p95"), p99: try seconds("p99"))
  }
}
