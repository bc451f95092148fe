/// The prefix is too short to tell: over full answers the same selector ranks more than twice as well.
///
/// Measured: D at the boot budget minus half of D over full answers, on the same pairs. Cannot be told where the
/// selector is no better than random over full answers either.
struct BootUninformative: FailureSignature {
  let code = "boot-uninformative"
  let isAboutPool = false
  let threshold = 0.0
  let advice = "boot longer prefixes; calibrate shows the smallest budget that is as good as full answers"

  func measure(_ scope: SignatureScope) -> SignatureMeasure? {
    guard let scheme = scope.scheme, let ranking = scope.ranking, let full = scope.fullRanking,
      scheme.k.rankedAbove < scope.trace.poolCount, !SelectorRegistry.isBound(scheme.selector)
    else { return nil }
    var ratio = GroupRatio()
    var whole = GroupRatio()
    for offset in scope.offsets {
      let (short, long) = (ranking.rankedScores(offset), full.rankedScores(offset))
      guard short.count == long.count, !short.contains(where: { $0 < 0 }) else { continue }
      let (own, best) = (RankAgreement(ranked: short), RankAgreement(ranked: long))
      let pairs = Double(own.pairs)
      let lead = Double(2 * best.concordant) - pairs
      ratio.add(Double(2 * own.concordant) - pairs - lead / 2, over: pairs, group: scope.group(offset))
      whole.add(lead, over: pairs, group: scope.group(offset))
    }
    guard ratio.groups > 0 else { return nil }
    return SignatureMeasure(
      ratio: ratio, reading: .presentBelow, bounds: -1.5...1.5,
      isDecidable: (whole.interval(within: -1...1)?.low ?? 0) > SelectorNoBetterThanRandom().threshold)
  }

  func text(_ measured: SignatureFinding.Measured, _ scope: SignatureScope) -> String {
    "D at this budget less half of D over full answers is \(interval(measured))"
  }
}
