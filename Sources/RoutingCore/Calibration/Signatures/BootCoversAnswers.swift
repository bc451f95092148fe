/// Most answers end within the boot budget, so booting is answering.
///
/// Measured: share of the active candidates' answers of at most B tokens.
struct BootCoversAnswers: FailureSignature {
  let code = "boot-covers-answers"
  let isAboutPool = false
  let threshold = 0.5
  let advice = "selecting saves little then; take a smaller budget, or merge all (moa)"

  func measure(_ scope: SignatureScope) -> SignatureMeasure? {
    guard case .tokens(let cut) = scope.scheme?.boot else { return nil }
    let output = scope.trace.responses.output
    let ratio = scope.calls { entry in output[entry] < 0 ? nil : (output[entry] <= cut ? 1 : 0, 1) }
    return SignatureMeasure(ratio: ratio, reading: .presentAbove, bounds: 0...1)
  }

  func text(_ measured: SignatureFinding.Measured, _ scope: SignatureScope) -> String {
    "\(percent(measured)) of the answers end within the boot budget"
  }
}
