/// Why a scenario cannot be replayed.
package enum ScenarioError: Error, Equatable {
  /// A name that the trace or the price book does not have.
  case unknown(scenario: String, kind: String, name: String, known: [String])
  case emptyPool(scenario: String)
  case noPrices(scenario: String, change: String)
  case shareLeftOut(scenario: String, workload: String)
  case priceTooHigh(scenario: String, model: String)
  /// An adaptive k that goes by the selector's own scores, which a random order does not have.
  case cannotDegrade(scenario: String, k: String)
}

extension ScenarioError: CustomStringConvertible {
  package var description: String {
    scenario == Scenario.ofFlags ? problem : "scenario '\(scenario)': \(problem)"
  }

  private var scenario: String {
    switch self {
    case .unknown(let scenario, _, _, _), .emptyPool(let scenario), .noPrices(let scenario, _),
      .shareLeftOut(let scenario, _), .priceTooHigh(let scenario, _), .cannotDegrade(let scenario, _):
      scenario
    }
  }

  private var problem: String {
    switch self {
    case .unknown(_, let kind, let name, let known):
      let hint = NearMiss.suggestion(for: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
      return "unknown \(kind) '\(name)'\(hint) (known: \(known.joined(separator: ", ")))"
    case .emptyPool:
      return "no candidate is left in the pool; drop fewer models"
    case .noPrices(_, let change):
      return "'\(change)' needs dollars: give --prices FILE and --cost-unit usd"
    case .shareLeftOut(_, let workload):
      return "shares leave out the workload '\(workload)'; give it a share, 0 if need be"
    case .priceTooHigh(_, let model):
      return "the price of '\(model)' would be above $1000000 per million tokens"
    case .cannotDegrade(_, let k):
      return """
        degrade_selector cannot be combined with k=\(k), which goes by the selector's scores; \
        leave one of them out
        """
    }
  }
}
