/// Names from traces as they are shown: of any length, in any script, on one line.
package enum ShownName {
  private static let limit = 80
  private static let sentenceLimit = 400

  /// At most 80 characters; the middle of a longer name is left out.
  package static func clipped(_ name: String) -> String {
    guard name.unicodeScalars.count > limit else { return isolated(name.unicodeScalars) }
    let scalars = name.unicodeScalars
    var kept = String.UnicodeScalarView(scalars.prefix(limit / 2))
    kept.append("…")
    kept.append(contentsOf: scalars.suffix(limit / 2 - 1))
    return isolated(kept)
  }

  /// A sentence of the core that may quote names.
  package static func sentence(_ text: String) -> String {
    guard text.unicodeScalars.count > sentenceLimit else { return isolated(text.unicodeScalars) }
    var kept = String.UnicodeScalarView(text.unicodeScalars.prefix(sentenceLimit))
    kept.append("…")
    return isolated(kept)
  }

  /// Lines of a table or message: what controls a terminal or the direction of text becomes `·`, line ends and
  /// tabs stay.
  package static func lines(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isMoving) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isMoving($0) ? "·" : $0 }))
  }

  private static func isMoving(_ scalar: Unicode.Scalar) -> Bool {
    isControl(scalar) && scalar != "\n" && scalar != "\t" && scalar != "\u{2028}" && scalar != "\u{2029}"
  }

  /// Nothing in the text moves what stands around it: controls, those of direction included, become `·`, and
  /// right-to-left text keeps its direction to itself.
  private static func isolated(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    var runsLeft = false
    for scalar in scalars {
      view.append(isControl(scalar) ? "·" : scalar)
      if rightToLeft.contains(where: { $0.contains(scalar.value) }) { runsLeft = true }
    }
    return runsLeft ? "\u{2068}\(String(view))\u{2069}" : String(view)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .lineSeparator
      || scalar.properties.generalCategory == .paragraphSeparator
      || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      || [0x200E, 0x200F, 0x061C].contains(scalar.value)
  }

  /// Blocks of scripts that run from right to left (Unicode 15, Bidi_Class R and AL).
  private static let rightToLeft: [ClosedRange<UInt32>] = [
    0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF,
  ]
}
