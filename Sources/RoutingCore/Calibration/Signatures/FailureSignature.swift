/// A way in which routing fails, recognised from recorded calls.
///
/// One file each; `SignatureRegistry` lists them.
package protocol FailureSignature: Sendable {
  /// Stable name, e.g. `homogeneous-pool`.
  var code: String { get }
  /// Whether it is about the pool, whatever the policy.
  var isAboutPool: Bool { get }
  /// The value that separates present from absent.
  var threshold: Double { get }
  /// What to do where it is present.
  var advice: String { get }
  /// `nil` where it does not apply.
  func measure(_ scope: SignatureScope) -> SignatureMeasure?
  /// What was found, in words, with a value and its interval.
  func text(_ measured: SignatureFinding.Measured, _ scope: SignatureScope) -> String
}

/// What a signature measured and how it is read.
package struct SignatureMeasure {
  enum Reading {
    /// Present where the whole interval lies below (above) the threshold, absent where it lies beyond it.
    case presentBelow, presentAbove
    /// A count of what is recorded, which is known and not estimated.
    case factBelow, factAbove
  }

  let ratio: GroupRatio
  let reading: Reading
  /// Between which a single group's ratio lies; `nil` = not known.
  var bounds: ClosedRange<Double>?
  /// What must hold to say anything; otherwise it cannot be told.
  var isDecidable = true
}

extension FailureSignature {
  /// Fewer groups than this say nothing.
  private var leastGroups: Int { 20 }

  /// `nil` where it does not apply.
  package func examine(_ scope: SignatureScope) -> SignatureFinding? {
    guard let measure = measure(scope) else { return nil }
    let interval = measure.ratio.interval(within: measure.bounds)
    let measured = interval.map {
      SignatureFinding.Measured(value: $0.value, low: $0.low, high: $0.high)
    }
    let isEnough = measure.ratio.groups >= leastGroups && measure.isDecidable
    let text = measured.map { self.text($0, scope) } ?? "nothing to measure it by"
    return SignatureFinding(
      code: code, scheme: isAboutPool ? nil : scope.scheme,
      verdict: isEnough ? measured.map { verdict($0, measure.reading) } ?? .cannotTell : .cannotTell,
      measured: measured, threshold: threshold, groups: measure.ratio.groups, text: text, advice: advice)
  }

  private func verdict(
    _ measured: SignatureFinding.Measured, _ reading: SignatureMeasure.Reading
  ) -> SignatureFinding.Verdict {
    switch reading {
    case .presentBelow:
      measured.high < threshold ? .present : measured.low > threshold ? .absent : .cannotTell
    case .presentAbove:
      measured.low > threshold ? .present : measured.high < threshold ? .absent : .cannotTell
    case .factBelow: measured.value < threshold ? .present : .absent
    case .factAbove: measured.value > threshold ? .present : .absent
    }
  }
}
