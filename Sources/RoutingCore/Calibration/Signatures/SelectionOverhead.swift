/// Choosing costs more than it saves: letting everybody finish would be cheaper.
///
/// Measured: cost of boot, selection and completion relative to all candidates in full, minus 1; merges are left
/// out of both.
struct SelectionOverhead: FailureSignature {
  let code = "selection-overhead"
  let isAboutPool = false
  let threshold = 0.0
  let advice =
    "prompts are read again at every continuation: continue cached or streamed, boot less, or choose by prior"

  func measure(_ scope: SignatureScope) -> SignatureMeasure? {
    guard let scheme = scope.scheme, let own = scope.unmerged, let all = scope.everybody,
      SelectorRegistry.needsPrefixes(scheme.selector), scheme.k.rankedAbove < scope.trace.poolCount
    else { return nil }
    var ratio = GroupRatio()
    for offset in scope.offsets where own.gaps[offset].isCovered && all.gaps[offset].isCovered {
      ratio.add(
        Double(wide: own.costs[offset] - all.costs[offset]), over: Double(wide: all.costs[offset]),
        group: scope.group(offset))
    }
    return SignatureMeasure(ratio: ratio, reading: .presentAbove)
  }

  func text(_ measured: SignatureFinding.Measured, _ scope: SignatureScope) -> String {
    "choosing costs \(percent(measured)) more than letting every candidate finish"
  }
}
