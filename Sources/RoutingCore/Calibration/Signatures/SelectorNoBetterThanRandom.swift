/// The selector's order says next to nothing about which answers are good.
///
/// Measured: Somers' D of its order with the full answers' scores.
struct SelectorNoBetterThanRandom: FailureSignature {
  let code = "selector-no-better-than-random"
  let isAboutPool = false
  let threshold = 0.1
  let advice = "take another selector, or prior, which needs none and boots nobody"

  func measure(_ scope: SignatureScope) -> SignatureMeasure? {
    guard let scheme = scope.scheme, let ranking = scope.ranking,
      scheme.k.rankedAbove < scope.trace.poolCount,
      !SelectorRegistry.isBound(scheme.selector)
    else { return nil }
    return SignatureMeasure(ratio: scope.agreement(ranking), reading: .presentBelow, bounds: -1...1)
  }

  func text(_ measured: SignatureFinding.Measured, _ scope: SignatureScope) -> String {
    "Somers' D of the order with the scores is \(interval(measured)), where 0 is random and 1 perfect"
  }
}
