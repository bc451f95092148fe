/// The candidates are right and wrong on the same queries, so there is nothing to choose between.
///
/// Measured: best answer in hindsight minus the best single model (chosen on other folds), mean per query.
struct HomogeneousPool: FailureSignature {
  let code = "homogeneous-pool"
  let isAboutPool = true
  let threshold = 0.02
  let advice = "take the cheapest of them alone, or add a model that is right where these are wrong"

  func measure(_ scope: SignatureScope) -> SignatureMeasure? {
    guard scope.trace.poolCount > 1 else { return nil }
    let single = BestSingle(scope.workload, trace: scope.trace)
    var ratio = GroupRatio()
    for offset in scope.offsets {
      guard let best = scope.scores(offset).max(),
        let own = single.score(row: scope.workload.rows.lowerBound + offset)
      else { continue }
      ratio.add(Double(best - own) / Double(Score.unit), over: 1, group: scope.group(offset))
    }
    return SignatureMeasure(ratio: ratio, reading: .presentBelow, bounds: 0...1)
  }

  func text(_ measured: SignatureFinding.Measured, _ scope: SignatureScope) -> String {
    "the best answer in hindsight scores \(interval(measured)) more than the best single model"
  }
}
