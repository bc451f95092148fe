import Foundation

/// How values of an axis become places on the paper.
package enum ScaleKind: Sendable, Equatable {
  case linear
  /// Values above 0 only.
  case logarithmic
  /// The values 0, 1, 2 … stand for names.
  case categories([String])
}

/// A stretch of values laid along a stretch of paper.
package struct ChartScale {
  package let kind: ScaleKind
  /// The values at both ends; `low < high`.
  package let low: Double
  package let high: Double
  /// Places of the ends in the units of the drawing.
  let start: Double
  let end: Double

  /// Takes in every value, with a little room at the ends; logarithmic values must be above 0.
  package init(_ kind: ScaleKind, holding values: [Double], from start: Double, to end: Double) {
    self.kind = kind
    self.start = start
    self.end = end
    let (least, most) = (values.min() ?? 0, values.max() ?? 1)
    switch kind {
    case .categories(let names):
      (low, high) = (-0.5, Double(max(1, names.count)) - 0.5)
    case .logarithmic:
      let (first, last) = (log10(least), log10(most))
      let room = last > first ? 0.04 * (last - first) : 0.3
      (low, high) = (pow(10, first - room), pow(10, last + room))
    case .linear:
      let room = most > least ? 0.04 * (most - least) : max(abs(most) * 0.1, 0.05)
      (low, high) = (least == 0 ? 0 : least - room, most + room)
    }
  }

  /// Exactly these ends.
  package init(_ kind: ScaleKind, low: Double, high: Double, from start: Double, to end: Double) {
    (self.kind, self.low, self.high, self.start, self.end) = (kind, low, high, start, end)
  }

  package func place(_ value: Double) -> Double { start + (end - start) * share(of: value) }

  /// 0 at the low end, 1 at the high end; values outside are held at the ends.
  private func share(of value: Double) -> Double {
    let held = min(max(value, low), high)
    switch kind {
    case .linear, .categories: return (held - low) / (high - low)
    case .logarithmic: return (log10(held) - log10(low)) / (log10(high) - log10(low))
    }
  }

  /// `count` values from one to another, evenly spaced on the paper.
  func steps(from first: Double, to last: Double, count: Int) -> [Double] {
    (0..<count).map { step in
      let share = Double(step) / Double(max(1, count - 1))
      guard kind == .logarithmic else { return first + (last - first) * share }
      return pow(10, log10(first) + (log10(last) - log10(first)) * share)
    }
  }

  /// About `count` round values with their texts.
  package func ticks(about count: Int) -> [ChartTick] {
    switch kind {
    case .categories(let names):
      names.enumerated().map { ChartTick(value: Double($0.offset), text: $0.element) }
    case .linear: linearTicks(about: count)
    case .logarithmic: logarithmicTicks(about: count)
    }
  }

  private func linearTicks(about count: Int) -> [ChartTick] {
    let rough = (high - low) / Double(max(1, count))
    let exponent = Int(floor(log10(rough)))
    let unit = pow(10, Double(exponent))
    let multiple = [1, 2, 5, 10].first { Double($0) * unit >= rough * 0.999 } ?? 10
    let step = Double(multiple) * unit
    let places = max(0, -exponent - (multiple == 10 ? 1 : 0))
    guard step > 0, (high - low) / step < 1000 else { return [] }
    return (Int((low / step).rounded(.up))...Int((high / step).rounded(.down))).map { index in
      ChartTick(value: Double(index) * step, text: NumberText.fixed(Double(index) * step, places: places))
    }
  }

  /// 1, 2, 5, 10 … where they suffice, fewer over many decades; linear ones within less than one.
  private func logarithmicTicks(about count: Int) -> [ChartTick] {
    let decades = Int(floor(log10(low)))...Int(ceil(log10(high)))
    for multiples in [[1, 2, 5], [1, 3], [1]] {
      let values = decades.flatMap { decade in multiples.map { Double($0) * pow(10, Double(decade)) } }
        .filter { $0 >= low && $0 <= high }
      if values.count <= count + 2 || multiples.count == 1 {
        guard values.count >= 2 else { return linearTicks(about: count) }
        let stride = max(1, (values.count + count) / (count + 1))
        return values.enumerated().filter { $0.offset % stride == 0 }.map {
          ChartTick(value: $0.element, text: Self.text($0.element))
        }
      }
    }
    return []
  }

  private static func text(_ value: Double) -> String {
    value >= 1000 ? NumberText.count(Int(value.rounded())) : NumberText.significant(value, digits: 1)
  }
}

/// A marked value of an axis.
package struct ChartTick: Equatable {
  package let value: Double
  package let text: String
}
