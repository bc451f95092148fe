import ArgumentParser
import RoutingCore

/// What is wanted of a policy.
struct WishOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Score per cost unit: take the largest S − λT.", valueName: "number"),
    transform: { try Lambda.reading($0) })
  var lambda: Lambda?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Mean cost per query at most, per workload.", valueName: "cost"),
    transform: { try Amount.reading($0) })
  var budget: Amount?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Mean score at least: 0.95, or 98% of the best.", valueName: "score"),
    transform: { try ScoreTargetArgument.reading($0) })
  var minScore: ScoreTargetArgument?

  @Option(
    name: .customLong("max-latency-p95"), parsing: .unconditional,
    help: ArgumentHelp("95th percentile of latency at most: 8s.", valueName: "time"),
    transform: { try Seconds.reading($0) })
  var maxLatencyP95: Seconds?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Take the cheapest policy that meets the constraints in this share of the resamples.",
      valueName: "share"), transform: { try Double.reading($0) })
  var confidence: Double?

  @Option(
    help: ArgumentHelp(
      "argmax, or one-se: the cheapest within a standard error of the best.", valueName: "rule"))
  var rule: Rule = .argmax

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Mean cost per query at most, over all workloads by their shares.", valueName: "cost"),
    transform: { try Double.reading($0) })
  var fleetBudget: Double?

  @Option(
    help: ArgumentHelp("Shares of the traffic: w1=0.7,w2=0.3. Default: by queries.", valueName: "list"),
    transform: { try SharesArgument($0) })
  var share: SharesArgument?

  enum Rule: String, ExpressibleByArgument, CaseIterable {
    case argmax
    case oneSE = "one-se"
  }

  func validate() throws {
    if let confidence, !(confidence > 0 && confidence < 1) {
      throw ValidationError("--confidence is \(confidence); expected a share between 0 and 1")
    }
    if confidence != nil, budget == nil, minScore == nil {
      throw ValidationError("--confidence needs a constraint: --budget or --min-score")
    }
    if let fleetBudget {
      guard fleetBudget > 0, fleetBudget.isFinite else {
        throw ValidationError("--fleet-budget is \(fleetBudget); expected a cost above 0")
      }
      guard lambda == nil, budget == nil, minScore == nil, confidence == nil else {
        throw ValidationError(
          "--fleet-budget finds λ itself; it excludes --lambda, --budget, --min-score and --confidence")
      }
    }
    if rule == .oneSE, lambda == nil {
      throw ValidationError("--rule one-se compares S − λT; it needs --lambda")
    }
  }

  func choiceRule() -> ChoiceRule {
    var rule: ChoiceRule
    if let lambda {
      rule = ChoiceRule(aim: .objective(lambda: lambda.value))
    } else if minScore != nil {
      rule = ChoiceRule(aim: .leastCost)
    } else if budget != nil {
      rule = ChoiceRule(aim: .budget)
    } else if fleetBudget != nil {
      rule = ChoiceRule(aim: .objective(lambda: 0))
    } else {
      rule = .standard
    }
    if let minScore { rule.scoreTarget = minScore.target }
    rule.budget = budget?.value
    rule.maxLatencyP95 = maxLatencyP95?.value
    rule.confidence = confidence
    rule.isOneStandardError = self.rule == .oneSE
    return rule
  }

  /// Shares by workload, summing to 1; by queries where none are given.
  func shares(_ workloads: [Workload]) throws -> [String: Double] {
    guard let share else {
      let total = Double(workloads.reduce(0) { $0 + $1.rows.count })
      return Dictionary(uniqueKeysWithValues: workloads.map { ($0.name, Double($0.rows.count) / total) })
    }
    var shares: [String: Double] = [:]
    for part in share.shares {
      guard workloads.contains(where: { $0.name == part.workload }) else {
        throw PolicyError.unknown(kind: "workload", name: part.workload, known: workloads.map(\.name))
      }
      shares[part.workload] = part.share
    }
    if let missing = workloads.first(where: { shares[$0.name] == nil }) {
      throw ValidationError("--share leaves out '\(missing.name)'; give it a share, 0 if need be")
    }
    let sum = shares.values.sorted().reduce(0, +)
    return shares.mapValues { $0 / sum }
  }
}
