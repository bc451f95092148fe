/// Token counts come from an estimator, and so do the costs.
///
/// Measured: share of the active candidates' answers with estimated counts; a fact about the trace.
struct EstimatedTokens: FailureSignature {
  let code = "estimated-tokens"
  let isAboutPool = true
  let threshold = 0.05
  let advice = "compare costs within one model only, or record counts as the endpoint reports them"

  func measure(_ scope: SignatureScope) -> SignatureMeasure? {
    let flags = scope.trace.responses.flags
    let ratio = scope.calls { entry in (flags[entry].contains(.estimatedTokens) ? 1 : 0, 1) }
    return SignatureMeasure(ratio: ratio, reading: .factAbove)
  }

  func text(_ measured: SignatureFinding.Measured, _ scope: SignatureScope) -> String {
    "token counts of \(whole(measured.value)) % of the answers are estimates"
  }
}
