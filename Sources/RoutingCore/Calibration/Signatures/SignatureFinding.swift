/// What a failure signature says about a workload, with what it rests on (Scheme.md, "Calibration").
package struct SignatureFinding: Sendable, Equatable {
  package enum Verdict: String, Sendable, CaseIterable {
    case present, absent
    case cannotTell = "cannot-tell"
  }

  /// Stable name, e.g. `homogeneous-pool`.
  package let code: String
  /// The scheme it is about; `nil` where it is about the pool.
  package let scheme: SchemePolicy?
  package let verdict: Verdict
  /// What was measured, with its 95 % interval; `nil` where nothing could be.
  package let measured: Measured?
  package let threshold: Double
  /// Groups of queries it was measured on.
  package let groups: Int
  /// What was found, in words.
  package let text: String
  /// What to do about it.
  package let advice: String

  package struct Measured: Sendable, Equatable {
    package let value: Double
    package let low: Double
    package let high: Double
  }
}
