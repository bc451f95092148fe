import ArgumentParser
import RoutingCore

/// What is wanted of a policy.
struct WishOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Score per cost unit: take the largest S − λT.", valueName: "number"))
  var lambda: Lambda?

  @Option(help: ArgumentHelp("Mean cost per query at most, per workload.", valueName: "cost"))
  var budget: Amount?

  @Option(help: ArgumentHelp("Mean score at least: 0.95, or 98% of the best.", valueName: "score"))
  var minScore: ScoreTargetArgument?

  @Option(
    name: .customLong("max-latency-p95"),
    help: ArgumentHelp("95th percentile of latency at most: 8s.", valueName: "time"))
  var maxLatencyP95: Seconds?

  @Option(
    help: ArgumentHelp(
      "Take the cheapest policy that meets the constraints in this share of the resamples.",
      valueName: "share"))
  var confidence: Double?

  @Option(
    help: ArgumentHelp(
      "argmax, or one-se: the cheapest within a standard error of the best.", valueName: "rule"))
  var rule: Rule = .argmax

  @Option(
    help: ArgumentHelp("Mean cost per query at most, over all workloads by their shares.", valueName: "cost"))
  var fleetBudget: Double?

  @Option(help: ArgumentHelp("Shares of the traffic: w1=0.7,w2=0.3. Default: by queries.", valueName: "list"))
  var share: String?

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
    for part in share.split(separator: ",") {
      guard let mark = part.lastIndex(of: "="), let value = Double(part[part.index(after: mark)...]),
        value >= 0
      else { throw ValidationError("--share: '\(part)' is not understood; expected workload=share") }
      let name = String(part[..<mark])
      guard workloads.contains(where: { $0.name == name }) else {
        throw PolicyError.unknown(kind: "workload", name: name, known: workloads.map(\.name))
      }
      shares[name] = value
    }
    let sum = shares.values.sorted().reduce(0, +)
    guard abs(sum - 1) < 1e-6 else { throw ValidationError("--share sums to \(sum); expected 1") }
    if let missing = workloads.first(where: { shares[$0.name] == nil }) {
      throw ValidationError("--share leaves out '\(missing.name)'; give it a share, 0 if need be")
    }
    return shares.mapValues { $0 / sum }
  }
}

extension Lambda: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// A positive amount.
struct Amount: ExpressibleByArgument {
  let value: Double

  init?(argument: String) {
    guard let value = Double(argument), value.isFinite, value > 0 else { return nil }
    self.value = value
  }
}

/// A time in seconds, with or without `s`; or with `ms`.
struct Seconds: ExpressibleByArgument {
  let value: Double

  init?(argument: String) {
    let isMilli = argument.hasSuffix("ms")
    let digits =
      isMilli ? argument.dropLast(2) : argument.hasSuffix("s") ? argument.dropLast() : argument[...]
    guard let value = Double(digits), value.isFinite, value > 0 else { return nil }
    self.value = isMilli ? value / 1000 : value
  }
}

/// `0.95` or `98%`.
struct ScoreTargetArgument: ExpressibleByArgument {
  let target: ChoiceRule.ScoreTarget

  init?(argument: String) {
    if argument.hasSuffix("%") {
      guard let percent = Double(argument.dropLast()), percent > 0, percent <= 100 else { return nil }
      target = .shareOfBest(percent / 100)
    } else {
      guard let score = Double(argument), (0...1).contains(score) else { return nil }
      target = .score(score)
    }
  }
}
