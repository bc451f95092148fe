/// What changes in a what-if: one or several changes that are made together.
package struct Scenario: Sendable, Equatable {
  package var name: String
  /// In the order in which they are made.
  package var changes: [ScenarioChange]
  /// Models whose price is varied, to find where the recommendation changes.
  package var breakEven: [String]

  /// What the scenario of the command line's flags is called.
  package static let ofFlags = "flags"

  package init(name: String, changes: [ScenarioChange], breakEven: [String] = []) {
    self.name = name
    self.changes = changes
    self.breakEven = breakEven
  }
}

/// One change of a scenario.
package enum ScenarioChange: Sendable, Equatable {
  /// A model's price.
  case price(model: String, PriceChange)
  /// A share off the prices of some models, e.g. for batches; `nil` = of all.
  case discount(share: Share, models: [String]?)
  /// The share of every call's input that is billed at the cached price.
  case cacheHits(Share)
  case drop([String])
  /// Everything else leaves the pool.
  case keep([String])
  case selectors([String])
  case aggregators([String])
  case continuation(Continuation)
  /// Of the traffic, by workload, in the order written; they sum to 1.
  case shares([WorkloadShare])
  case traffic(Traffic)
  /// The share of queries on which the selector's order is replaced by a random one.
  case degradeSelector(Share)
  /// Output tokens and the time they take times a factor; `nil` = of every candidate.
  case outputLength(model: String?, ScenarioFactor)
  /// Seconds.
  case maxLatencyP95(Double)
}

/// How a price changes.
package enum PriceChange: Sendable, Equatable {
  case to(ModelPrice)
  case times(ScenarioFactor)
}

/// A workload's share of the traffic.
package struct WorkloadShare: Sendable, Equatable {
  package let workload: String
  package let share: Double

  package init(workload: String, share: Double) {
    self.workload = workload
    self.share = share
  }
}

/// A number from 0 to 1, in millionths.
package struct Share: Sendable, Equatable {
  package let millionths: Int128

  package init?(_ text: some StringProtocol) {
    guard let value = FixedPoint.scaled(text, places: 6), (0...1_000_000).contains(value) else { return nil }
    millionths = value
  }

  package var value: Double { Double(millionths) / 1e6 }
}

/// A number from 0 to 1000 that something is multiplied by, in millionths.
package struct ScenarioFactor: Sendable, Equatable {
  package let millionths: Int128

  package init?(_ text: some StringProtocol) {
    guard let value = FixedPoint.scaled(text, places: 6), (0...1_000_000_000).contains(value) else {
      return nil
    }
    millionths = value
  }

  /// `value` times the factor, half to even.
  func times(_ value: Int64) -> Int64 {
    Int64(FixedPoint.dividedHalfEven(Int128(value) * millionths, by: 1_000_000))
  }

  package var text: String { FixedPoint.text(millionths, places: 6) }
}

/// Queries per month; written per day or per month.
package struct Traffic: Sendable, Equatable {
  package let perMonth: Double
  package let text: String

  /// The mean month of the Gregorian calendar, in days.
  package static let daysPerMonth = 30.436875

  /// Reads `2e6/day` or `5e7/month`.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Double(parts[0]), count.isFinite, count > 0, count <= 1e15 else {
      return nil
    }
    switch parts[1] {
    case "day": perMonth = count * Self.daysPerMonth
    case "month": perMonth = count
    default: return nil
    }
    self.text = text
  }
}

extension ScenarioChange: CustomStringConvertible {
  package var description: String {
    func list(_ names: [String]) -> String { names.joined(separator: ", ") }
    func percent(_ share: Share) -> String { FixedPoint.text(share.millionths * 100, places: 6) + " %" }
    return switch self {
    case .price(let model, .to(let price)): "price of \(model) \(price.text)"
    case .price(let model, .times(let factor)): "price of \(model) × \(factor.text)"
    case .discount(let share, let models):
      "\(percent(share)) off \(models.map(list) ?? "every price")"
    case .cacheHits(let share): "\(percent(share)) of the input cached"
    case .drop(let names): "without \(list(names))"
    case .keep(let names): "only \(list(names))"
    case .selectors(let names): "selector \(list(names))"
    case .aggregators(let names): "aggregator \(list(names))"
    case .continuation(let kind): "continuation \(kind.rawValue)"
    case .shares(let shares): "shares " + list(shares.map { "\($0.workload) \($0.share)" })
    case .traffic(let traffic): "traffic \(traffic.text)"
    case .degradeSelector(let share): "selector random on \(percent(share)) of the queries"
    case .outputLength(let model, let factor): "output of \(model ?? "every candidate") × \(factor.text)"
    case .maxLatencyP95(let seconds): "p95 latency at most \(seconds) s"
    }
  }
}

extension ModelPrice {
  /// `$0.93` or `$0.15 input, $0.6 output`, per million tokens.
  package var text: String {
    func dollars(_ amount: Int64) -> String { "$" + FixedPoint.text(Int128(amount), places: 6) }
    let isOne = input == output && cachedInput == input
    return isOne ? dollars(input) : "\(dollars(input)) input, \(dollars(output)) output"
  }

  /// Every price times a factor, half to even.
  package func times(_ factor: ScenarioFactor) -> ModelPrice {
    ModelPrice(
      input: factor.times(input), cachedInput: factor.times(cachedInput), output: factor.times(output))
  }
}
