/// When fewer candidates suffice: the part `1|…@agreement:0.8` of an adaptive k (Scheme.md, "Adaptive k").
///
/// A query takes `k` where its signal is at least the threshold.
package struct EarlyStop: Sendable, Hashable {
  /// At every layer.
  package let k: Int
  package let signal: StopSignalKind
  package let threshold: SignalThreshold

  package init(k: Int, signal: StopSignalKind, threshold: SignalThreshold) {
    self.k = k
    self.signal = signal
    self.threshold = threshold
  }
}

extension EarlyStop: Comparable {
  package static func < (left: EarlyStop, right: EarlyStop) -> Bool {
    if left.k != right.k { return left.k < right.k }
    if left.signal != right.signal { return left.signal.rawValue < right.signal.rawValue }
    return left.threshold < right.threshold
  }
}

/// From where on a signal suffices.
package enum SignalThreshold: Sendable, Hashable {
  /// Millionths.
  case value(Int64)
  /// A quantile of the signal on the training queries, in millionths from 0 to 1. Queries of a fold are judged by
  /// the quantile over the other folds (Scheme.md, "Adaptive k").
  case quantile(Int64)
}

extension SignalThreshold: CustomStringConvertible {
  package var description: String {
    switch self {
    case .value(let value): FixedPoint.text(Int128(value), places: 6)
    case .quantile(let share): "q" + FixedPoint.text(Int128(share), places: 6)
    }
  }
}

extension SignalThreshold: Comparable {
  /// Values before quantiles.
  package static func < (left: SignalThreshold, right: SignalThreshold) -> Bool {
    switch (left, right) {
    case (.value(let a), .value(let b)), (.quantile(let a), .quantile(let b)): a < b
    case (.value, .quantile): true
    case (.quantile, .value): false
    }
  }
}
