/// A full configuration that can be replayed: the scheme of Scheme.md, "Policy ids".
package enum Policy: Sendable, Hashable {
  case scheme(SchemePolicy)
  /// That model's full answer; skills ignored.
  case single(String)
  /// All active candidates in full, merged: mixture-of-agents with one layer.
  case moa(aggregator: String)
  /// All in full, ranked; the first is the answer: LLM-Blender with K = 1.
  case blender(selector: String)
  /// The best full answer in hindsight, at that answer's cost.
  case oracle
}

/// The LightRouter scheme with its parameters.
package struct SchemePolicy: Sendable, Hashable {
  package var k: KSchedule
  package var boot: BootBudget
  /// l, at least 1.
  package var layers: Int
  /// The most layers that are recorded or replayed; every one is walked.
  package static let mostLayers = 100
  package var schedule: LayerSchedule
  /// Canonical id of the selector, e.g. `recorded:judge`.
  package var selector: String
  /// Canonical id of the aggregator.
  package var aggregator: String
  package var continuation: Continuation

  /// For `layers` ≤ 2 there is one schedule, so `schedule` becomes `completion`.
  package init(
    k: KSchedule, boot: BootBudget, layers: Int, schedule: LayerSchedule = .completion, selector: String,
    aggregator: String, continuation: Continuation = .reprompt
  ) {
    self.k = k
    self.boot = boot
    self.layers = layers
    self.schedule = layers <= 2 ? .completion : schedule
    self.selector = selector
    self.aggregator = aggregator
    self.continuation = continuation
  }
}

/// What layers from the third on work on.
package enum LayerSchedule: String, Sendable, CaseIterable {
  /// Layers ≥ 2 work on full answers.
  case completion
  /// Every layer before the last is cut at the boot budget (paper §2.2).
  case progressive
}

/// How a chosen candidate gets from its prefix to its full answer, and what that bills (Scheme.md, "Continuations").
package enum Continuation: String, Sendable, CaseIterable {
  /// A new call over prompt and prefix.
  case reprompt
  /// The same, at the cached-input price.
  case cached
  /// Everyone streams; losers are cancelled once the ranking is known.
  case stream
  /// A new call from the start.
  case restart
}

extension Policy {
  /// Whether it is an ordinary comparison that is always reported.
  package var isBaseline: Bool {
    if case .scheme = self { false } else { true }
  }

  /// Whether k is decided by query.
  package var isAdaptive: Bool {
    if case .scheme(let scheme) = self { scheme.k.stop != nil } else { false }
  }

  /// Whether what it does to a query depends on the calls of other queries, by its selector.
  package var learnsFromOtherQueries: Bool {
    switch self {
    case .scheme(let scheme): SelectorRegistry.learnsFromOtherQueries(scheme.selector)
    case .blender(let selector): SelectorRegistry.learnsFromOtherQueries(selector)
    case .single, .moa, .oracle: false
    }
  }

  /// A bound is shown, never recommended and never on the hull (Scheme.md, "Baselines and bounds").
  package var isBound: Bool {
    switch self {
    case .scheme(let scheme):
      SelectorRegistry.isBound(scheme.selector) || AggregatorRegistry.isBound(scheme.aggregator)
    case .moa(let aggregator): AggregatorRegistry.isBound(aggregator)
    case .blender(let selector): SelectorRegistry.isBound(selector)
    case .single: false
    case .oracle: true
    }
  }
}
