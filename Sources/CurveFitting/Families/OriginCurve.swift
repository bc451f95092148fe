/// A family bent to go through the origin: one parameter fewer.
struct OriginCurve: CurveFamily {
  private let base: any CurveFamily
  /// The base's parameter that is gone, and the one it equals; `nil` where it is 0.
  private let gone: Int
  private let twin: Int?

  /// `nil` where the family has no form through the origin.
  init?(_ base: any CurveFamily) {
    switch base.originForm {
    case .none: return nil
    case .without(let position): (gone, twin) = (position, nil)
    case .equal(let position, let other): (gone, twin) = (position, other)
    }
    self.base = base
  }

  var name: String { base.name }
  var originForm: OriginForm { .none }
  var linearCount: Int { base.linearCount - 1 }

  var formula: String {
    let names = base.parameters
    return "\(base.formula), \(names[gone]) = \(twin.map { names[$0] } ?? "0")"
  }

  var parameters: [String] {
    base.parameters.enumerated().filter { $0.offset != gone }.map(\.element)
  }

  /// The base's parameters.
  private func whole(_ p: ParameterVector) -> ParameterVector {
    var full = ParameterVector()
    for position in 0..<base.parameters.count where position != gone {
      full[position] = p[position < gone ? position : position - 1]
    }
    if let twin { full[gone] = full[twin] }
    return full
  }

  /// From one entry per parameter of the base to one per parameter of this.
  private func reduced(_ full: ParameterVector) -> ParameterVector {
    var own = ParameterVector()
    for position in 0..<base.parameters.count where position != gone {
      own[position < gone ? position : position - 1] = full[position] + (position == twin ? full[gone] : 0)
    }
    return own
  }

  func columns(_ x: Double, _ p: ParameterVector) -> ParameterVector { reduced(base.columns(x, whole(p))) }
  func gradient(_ x: Double, _ p: ParameterVector) -> ParameterVector { reduced(base.gradient(x, whole(p))) }
  func slope(_ x: Double, _ p: ParameterVector) -> Double { base.slope(x, whole(p)) }
  func asymptote(_ p: ParameterVector) -> Double? { base.asymptote(whole(p)) }
  func shapes(over support: Support) -> [ShapeAxis] { base.shapes(over: support) }
  func objection(to support: Support) -> String? { base.objection(to: support) }
}
