/// Every failure signature. A new one is a file in this folder and a line in `all`.
package enum SignatureRegistry {
  package static let all: [any FailureSignature] = [
    HomogeneousPool(),
    SelectorNoBetterThanRandom(),
    BootUninformative(),
    BootCoversAnswers(),
    SelectionOverhead(),
    MergeBelowBestSingle(),
    HiddenReasoning(),
    CoverageTooSmall(),
    EstimatedTokens(),
  ]

  /// The findings about the pool, then those about each scheme; `nil` stands for the pool alone.
  package static func findings(
    _ schemes: [SchemePolicy?], workload: Workload, trace: Trace, prices: PriceTable, settings: SweepSettings
  ) async throws(PolicyError) -> [SignatureFinding] {
    var found: [SignatureFinding] = []
    for (place, scheme) in schemes.enumerated() {
      let scope = try await SignatureScope(
        scheme, workload: workload, trace: trace, prices: prices, settings: settings)
      for signature in all where signature.isAboutPool ? place == 0 : scheme != nil {
        if let finding = signature.examine(scope) { found.append(finding) }
      }
    }
    return found
  }
}

extension SignatureFinding {
  /// A present signature as a warning of a recommendation.
  package var warning: Warning? {
    verdict == .present ? Warning(code: code, text: "\(text): \(advice)") : nil
  }
}

extension FailureSignature {
  /// `0.031 (0.012 to 0.050)`.
  func interval(_ measured: SignatureFinding.Measured) -> String {
    "\(decimal(measured.value)) (\(decimal(measured.low)) to \(decimal(measured.high)))"
  }

  /// `31 % (12 to 50 %)`.
  func percent(_ measured: SignatureFinding.Measured) -> String {
    "\(whole(measured.value)) % (\(whole(measured.low)) to \(whole(measured.high)) %)"
  }

  private func decimal(_ value: Double) -> String {
    guard abs(value) < 1e9 else { return "\(value)" }
    return FixedPoint.text(Int128((value * 1000).rounded()), places: 3)
  }

  func whole(_ value: Double) -> String {
    guard abs(value) < 1e9 else { return "\(value)" }
    return String(Int((value * 100).rounded()))
  }
}
