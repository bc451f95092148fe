import CGSL

/// Up to four parameters of a curve, in the family's order.
typealias ParameterVector = SIMD4<Double>

/// A family of curves S(x): a sum of columns, each with a linear parameter as factor, that may depend on
/// further parameters of shape.
///
/// S(x; p) = Σⱼ pⱼ φⱼ(x; shape). The linear parameters come first.
protocol CurveFamily: Sendable {
  var name: String { get }
  var formula: String { get }
  /// Names in order; at most four.
  var parameters: [String] { get }
  /// How many of them are linear.
  var linearCount: Int { get }

  /// φⱼ(x) for the linear parameters; 0 in the other lanes.
  func columns(_ x: Double, _ p: ParameterVector) -> ParameterVector
  /// ∂S/∂p, analytic.
  func gradient(_ x: Double, _ p: ParameterVector) -> ParameterVector
  /// dS/dx.
  func slope(_ x: Double, _ p: ParameterVector) -> Double
  /// The limit for x → ∞; `nil` where there is none.
  func asymptote(_ p: ParameterVector) -> Double?
  /// Domain and trial values of the shape parameters, in their order.
  func shapes(over support: Support) -> [ShapeAxis]
  /// Why the family cannot be fitted to these x; `nil` if it can.
  func objection(to support: Support) -> String?
  /// How it is bent to go through the origin.
  var originForm: OriginForm { get }
}

extension CurveFamily {
  func value(_ x: Double, _ p: ParameterVector) -> Double {
    (columns(x, p) * p).sum()
  }

  var shapeCount: Int { parameters.count - linearCount }

  func objection(to support: Support) -> String? { nil }
  func shapes(over support: Support) -> [ShapeAxis] { [] }
}

/// How a family is made to go through the origin.
enum OriginForm {
  /// It is not.
  case none
  /// The parameter at this position is 0.
  case without(Int)
  /// The parameter at the first position equals that at the second.
  case equal(Int, to: Int)
}

/// Where a curve is measured.
struct Support: Sendable {
  /// Different x, ascending.
  let x: [Double]

  init(_ x: [Double]) { self.x = Set(x).sorted() }

  var low: Double { x.first ?? 0 }
  var high: Double { x.last ?? 0 }
  var span: Double { high - low }
  /// The largest |x|.
  var magnitude: Double { max(abs(low), abs(high)) }
  /// The smallest distance of two neighbours.
  var gap: Double { zip(x, x.dropFirst()).map { $1 - $0 }.min() ?? 0 }
}

/// The domain of a shape parameter and the values tried first.
struct ShapeAxis: Sendable {
  /// Intervals the parameter may lie in, ascending and disjoint.
  let ranges: [ClosedRange<Double>]
  /// Ascending, within the ranges; each range's ends are among them.
  let trials: [Double]

  init(_ pieces: [[Double]]) {
    ranges = pieces.compactMap { piece in
      guard let low = piece.first, let high = piece.last, low <= high else { return nil }
      return low...high
    }
    trials = pieces.flatMap { $0 }
  }

  func contains(_ value: Double) -> Bool { ranges.contains { $0.contains(value) } }

  /// Whether a value is an end of a range, to rounding.
  func isBound(_ value: Double) -> Bool {
    ranges.contains { range in
      [range.lowerBound, range.upperBound].contains { abs(value - $0) <= 1e-9 * abs($0) }
    }
  }

  /// `count` values from `low` to `high` in equal ratios; both > 0.
  static func logarithmic(from low: Double, to high: Double, count: Int) -> [Double] {
    let ratio = log(high / low)
    return (0..<count).map { step in
      step == 0 ? low : step == count - 1 ? high : low * exp(ratio * Double(step) / Double(count - 1))
    }
  }

  static func even(from low: Double, to high: Double, count: Int) -> [Double] {
    (0..<count).map { step in
      step == count - 1 ? high : low + (high - low) * Double(step) / Double(count - 1)
    }
  }
}
