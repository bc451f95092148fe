/// Which word similarities a set of policies ranks or stops by.
package struct SimilarityNeeds: Sendable, Equatable {
  /// Budgets (`BootBudget.cut`) at which prefixes are compared, ascending.
  package let prefixCuts: [Int32]
  /// Budgets at which refinements are compared, ascending: where k shrinks at a layer ≥ 3, or in the
  /// progressive schedule.
  package let refinementCuts: [Int32]

  package init(_ policies: [Policy]) {
    var prefixes: Set<Int32> = []
    var refinements: Set<Int32> = []
    for policy in policies {
      if case .scheme(let scheme) = policy, Self.comparesWords(scheme) { prefixes.insert(scheme.boot.cut) }
      switch policy {
      case .blender(let selector) where SelectorRegistry.comparison(selector) == .words: prefixes.insert(.max)
      case .scheme(let scheme) where SelectorRegistry.comparison(scheme.selector) == .words:
        prefixes.insert(scheme.boot.cut)
        guard scheme.k.values.count > 1, scheme.layers > 2 else { continue }
        if scheme.schedule == .progressive {
          refinements.insert(scheme.boot.cut)
        } else {
          prefixes.insert(.max)
          refinements.insert(.max)
        }
      default: break
      }
    }
    prefixCuts = prefixes.sorted()
    refinementCuts = refinements.sorted()
  }

  /// Whether an adaptive k goes by the similarity of words.
  private static func comparesWords(_ scheme: SchemePolicy) -> Bool {
    scheme.k.stop?.signal == .agreement && SelectorRegistry.comparison(scheme.selector) != .answers
  }
}
