/// Output is billed that nobody sees, so a prefix of B tokens shows less than B tokens, or nothing.
///
/// Measured: share of the output tokens that are reported as reasoning, or that the text cannot hold because it
/// has fewer bytes.
struct HiddenReasoning: FailureSignature {
  let code = "hidden-reasoning"
  let isAboutPool = true
  let threshold = 0.1
  let advice =
    "boot budgets buy hidden tokens first: use prior or static for these models, or budgets above them"

  func measure(_ scope: SignatureScope) -> SignatureMeasure? {
    let (output, hidden) = (scope.trace.responses.output, scope.trace.responses.hidden)
    let ratio = scope.calls { entry in
      output[entry] <= 0 ? nil : (Double(hidden[entry]), Double(output[entry]))
    }
    return SignatureMeasure(ratio: ratio, reading: .presentAbove, bounds: 0...1)
  }

  func text(_ measured: SignatureFinding.Measured, _ scope: SignatureScope) -> String {
    "\(percent(measured)) of the output tokens are not in the answers' texts"
  }
}
