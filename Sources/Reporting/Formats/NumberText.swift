package import RoutingCore

/// Numbers as people read them in tables.
package enum NumberText {
  /// With `places` digits after the point.
  package static func fixed(_ value: Double, places: Int) -> String {
    var power = 1.0
    for _ in 0..<places { power *= 10 }
    guard value.isFinite, abs(value * power) < 1e18 else { return "\(value)" }
    let scaled = Int128((value * power).rounded(.toNearestOrEven))
    var text = FixedPoint.text(scaled, places: places)
    guard places > 0 else { return text }
    if !text.contains(".") { text += "." }
    let decimals =
      text.utf8.count
      - (text.utf8.firstIndex(of: UInt8(ascii: ".")).map {
        text.utf8.distance(from: text.utf8.startIndex, to: $0)
      } ?? 0) - 1
    return text + String(repeating: "0", count: max(0, places - decimals))
  }

  /// With at least `digits` significant digits, never in scientific notation.
  package static func significant(_ value: Double, digits: Int = 3) -> String {
    guard value != 0, value.isFinite else { return "0" }
    var places = digits - 1
    var magnitude = abs(value)
    while magnitude >= 10, places > 0 {
      magnitude /= 10
      places -= 1
    }
    while magnitude < 1, places < 15 {
      magnitude *= 10
      places += 1
    }
    return fixed(value, places: places)
  }

  /// A cost with its unit, e.g. `$0.00124` or `312 tok`.
  package static func cost(_ value: Double, unit: CostUnit) -> String {
    switch unit {
    case .usd: (value < 0 ? "-$" : "$") + significant(abs(value))
    case .tokens: fixed(value, places: 0) + " tok"
    case .ktokens: significant(value) + " ktok"
    }
  }

  /// Groups of three digits.
  package static func count(_ value: Int) -> String {
    var text = ""
    for (position, digit) in String(value.magnitude).reversed().enumerated() {
      if position > 0, position % 3 == 0 { text = "," + text }
      text = String(digit) + text
    }
    return (value < 0 ? "-" : "") + text
  }
}
