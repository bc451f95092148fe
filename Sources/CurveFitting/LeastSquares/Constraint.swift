/// Parameters that are held at a value while the others are fitted.
struct Constraint {
  /// By parameter; `nil` = free.
  private(set) var held: [Double?]

  init(none count: Int) { held = Array(repeating: nil, count: count) }

  func holding(_ parameter: Int, at value: Double) -> Constraint {
    var copy = self
    copy.held[parameter] = value
    return copy
  }

  var free: [Int] { held.indices.filter { held[$0] == nil } }
  func isHeld(_ parameter: Int) -> Bool { held[parameter] != nil }

  /// `point` with the held parameters at their values.
  func applied(to point: ParameterVector) -> ParameterVector {
    var result = point
    for (index, value) in held.enumerated() {
      if let value { result[index] = value }
    }
    return result
  }
}
