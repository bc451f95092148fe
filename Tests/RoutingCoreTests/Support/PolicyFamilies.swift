import RoutingCore

/// Every registered selector and aggregator in a form that fits `RandomTrace`, and policies made of them.
enum PolicyFamilies {
  static let selectors = SelectorRegistry.entries.flatMap { ids($0.name, $0.argument, required: "m3>m1") }
  static let aggregators = AggregatorRegistry.entries.flatMap { ids($0.name, $0.argument, required: "") }

  private static func ids(_ name: String, _ argument: ToolArgument, required: String) -> [String] {
    switch argument {
    case .none: [name]
    case .optional: ["\(name):judge"]
    case .required: ["\(name):\(required)"]
    case .oneOf(let values): [name] + values.map { "\(name):\($0)" }
    }
  }

  /// Every pair of a selector and an aggregator.
  static let pairs = selectors.flatMap { selector in
    aggregators.map { Pair(selector: selector, aggregator: $0) }
  }

  struct Pair: CustomStringConvertible, Sendable {
    let selector: String
    let aggregator: String
    var description: String { "\(selector), \(aggregator)" }

    private static let ks = ["1", "2", "4", "3>1", "1|3@agreement:0.4", "2|4>1@agreement:q0.5"]

    /// One to three layers, both schedules, all continuations, constant k, a k-schedule and adaptive ones.
    var policies: [Policy] { policies(layers: [1, 2, 3]) }

    func policies(layers: [Int]) -> [Policy] {
      let boots = SelectorRegistry.needsPrefixes(selector) ? [BootBudget.tokens(5), .full] : [.none]
      var found: [Policy] = []
      for boot in boots {
        for depth in layers {
          for k in Self.ks.compactMap({ KSchedule($0) }) {
            for schedule in depth < 3 ? [LayerSchedule.completion] : LayerSchedule.allCases {
              for continuation in Continuation.allCases {
                let scheme = SchemePolicy(
                  k: k, boot: boot, layers: depth, schedule: schedule, selector: selector,
                  aggregator: aggregator, continuation: continuation)
                if (try? scheme.checkShape()) != nil { found.append(.scheme(scheme)) }
              }
            }
          }
        }
      }
      return found
    }
  }
}
