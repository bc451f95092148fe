/// The look of a series: a colour of the palette and a shape, so that no chart relies on colour alone.
package enum ChartStyle: Sendable, Equatable {
  /// In the background.
  case muted
  /// One of `ChartStyle.slots` looks, repeating.
  case slot(Int)
  /// The one a reader looks for.
  case chosen

  /// Colours and shapes that people with any colour vision tell apart (after Okabe and Ito, 2008).
  package static let slots = 7

  /// The class that sets the colour.
  var className: String {
    switch self {
    case .muted: "muted"
    case .chosen: "chosen"
    case .slot(let slot): "s\(slot % Self.slots)"
    }
  }

  /// A mark around (x, y).
  package func mark(_ x: Double, _ y: Double, title: String?) -> MarkupNode {
    let children = title.map { [MarkupNode.element("title", text: $0)] } ?? []
    func circle(_ radius: String) -> MarkupNode {
      .element("circle", ["cx": Paper.text(x), "cy": Paper.text(y), "r": radius], children)
    }
    func path(_ steps: String) -> MarkupNode {
      .element("path", ["d": "M\(Paper.text(x)) \(Paper.text(y))\(steps)"], children)
    }
    switch self {
    case .muted: return path("h0")
    case .chosen: return circle("7")
    case .slot(let slot):
      return switch slot % Self.slots {
      case 1: path("m-3.6-3.6h7.2v7.2h-7.2z")
      case 2: path("m0-4.8l4.8 4.8l-4.8 4.8l-4.8-4.8z")
      case 3: path("m0-4.6l4.6 8h-9.2z")
      case 4: path("m0 4.6l4.6-8h-9.2z")
      case 5: path("m-4.4-1.5h2.9v-2.9h3v2.9h2.9v3h-2.9v2.9h-3v-2.9h-2.9z")
      case 6: path("m-4.4-2.2h8.8v4.4h-8.8z")
      default: circle("3.8")
      }
    }
  }
}

/// Lengths on the drawing.
package enum Paper {
  /// To a tenth.
  package static func text(_ length: Double) -> String {
    let tenths = Int((length * 10).rounded(.toNearestOrEven))
    let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
    return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
  }

  package static let fontSize = 13.0
  /// Of a customary chart: readable on a phone, two beside each other on a desk.
  package static let customaryWidth = 480.0

  /// About how wide a text is: a full em for scalars outside Latin, Greek and Cyrillic, else a little over half.
  package static func width(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x590 ? 0.56 : 1.0) } * fontSize
  }

  /// As much of a text as fits.
  package static func fitted(_ text: String, to width: Double) -> String {
    guard Self.width(text) > width else { return text }
    var kept = ""
    for character in text {
      if Self.width(kept) + Self.width(String(character)) + fontSize > width { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
