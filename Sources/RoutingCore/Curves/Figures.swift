/// Numbers in sentences.
package enum Figures {
  /// With three significant digits, all digits of the whole part, and nothing trailing.
  package static func short(_ value: Double) -> String {
    guard value.isFinite else { return "?" }
    guard value != 0 else { return "0" }
    let size = abs(value)
    guard size < 1e15, size >= 1e-6 else { return "\(value)" }
    var places = 2
    var bound = 10.0
    while size >= bound, places > 0 {
      places -= 1
      bound *= 10
    }
    var scaled = size
    while scaled < 1, places < 9 {
      scaled *= 10
      places += 1
    }
    var power = 1.0
    for _ in 0..<places { power *= 10 }
    return FixedPoint.text(Int128((value * power).rounded(.toNearestOrEven)), places: places)
  }
}
