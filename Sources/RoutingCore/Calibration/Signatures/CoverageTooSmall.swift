/// Too few queries have all the calls the policy needs, so it is not compared.
///
/// Measured: share of covered queries; a fact about the trace, so it has no doubt but for tiny ones.
struct CoverageTooSmall: FailureSignature {
  let code = "coverage-too-small"
  let isAboutPool = false
  /// The customary `--min-coverage`.
  let threshold = 0.95
  let advice = "record the missing calls, or compare policies that need fewer"

  func measure(_ scope: SignatureScope) -> SignatureMeasure? {
    guard let outcomes = scope.outcomes else { return nil }
    var ratio = GroupRatio()
    for offset in scope.offsets {
      ratio.add(outcomes.gaps[offset].isCovered ? 1 : 0, over: 1, group: scope.group(offset))
    }
    return SignatureMeasure(ratio: ratio, reading: .factBelow)
  }

  func text(_ measured: SignatureFinding.Measured, _ scope: SignatureScope) -> String {
    "\(whole(measured.value)) % of the queries have all the calls it needs"
  }
}
