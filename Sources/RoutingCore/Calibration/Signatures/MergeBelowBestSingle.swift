/// The merge scores less than one model alone.
///
/// Measured: score of the policy minus the best single model's (chosen on other folds), mean per query.
struct MergeBelowBestSingle: FailureSignature {
  let code = "merge-below-best-single"
  let isAboutPool = false
  let threshold = 0.0
  let advice = "run the best single model, or merge better candidates only"

  func measure(_ scope: SignatureScope) -> SignatureMeasure? {
    guard let scheme = scope.scheme, scheme.k.first > 1, let outcomes = scope.outcomes else { return nil }
    let single = BestSingle(scope.workload, trace: scope.trace)
    var ratio = GroupRatio()
    for offset in scope.offsets where outcomes.gaps[offset].isCovered {
      guard let own = single.score(row: scope.workload.rows.lowerBound + offset) else { continue }
      ratio.add(
        Double(outcomes.scores[offset] - own) / Double(Score.unit), over: 1, group: scope.group(offset))
    }
    return SignatureMeasure(ratio: ratio, reading: .presentBelow, bounds: -1...1)
  }

  func text(_ measured: SignatureFinding.Measured, _ scope: SignatureScope) -> String {
    "the merge scores \(interval(measured)) against the best single model"
  }
}
