/// What a selector's words say about the order of the candidates it was shown.
package enum RankingReading: Sendable, Equatable {
  /// Places in the list shown, best first.
  case order([Int])
  /// The same, after mending what was written in the ways named.
  case repaired([Int], [RankingRepair])
  /// No order can be read without inventing one.
  case unreadable

  package var order: [Int]? {
    switch self {
    case .order(let order), .repaired(let order, _): order
    case .unreadable: nil
    }
  }
}

/// How a selector's words differed from a plain list.
package enum RankingRepair: String, Sendable, CaseIterable {
  case prose = "the list stood in other words"
  case repeated = "a name was repeated"
  case unknown = "a name was not among those shown"
  case missing = "the last name was missing"
  case numbers = "numbers stood for the names"
}

/// Reads rankings as models really write them.
package enum RankingReader {
  /// The neutral name of the candidate shown at a place, from 0.
  package static func name(_ place: Int) -> String { "LLM\(place + 1)" }

  /// - Parameter count: candidates shown, at least 1.
  ///
  /// A list in brackets counts first (the last one that names anybody), then the longest run of names with only
  /// punctuation between them. One missing name can only stand last; two or more make the order unreadable.
  package static func read(_ text: String, count: Int) -> RankingReading {
    let scalars = Array(text.unicodeScalars)
    var repairs: Set<RankingRepair> = []
    guard let found = bracketed(scalars, count, &repairs) ?? run(scalars, count, &repairs) else {
      return .unreadable
    }
    var order: [Int] = []
    for place in found {
      if !(0..<count).contains(place) {
        repairs.insert(.unknown)
      } else if order.contains(place) {
        repairs.insert(.repeated)
      } else {
        order.append(place)
      }
    }
    if order.count == count - 1, count > 1 {
      order += (0..<count).filter { !order.contains($0) }
      repairs.insert(.missing)
    }
    guard order.count == count else { return .unreadable }
    return repairs.isEmpty
      ? .order(order) : .repaired(order, RankingRepair.allCases.filter(repairs.contains))
  }

  // MARK: Lists in brackets

  private static func bracketed(
    _ text: [Unicode.Scalar], _ count: Int, _ repairs: inout Set<RankingRepair>
  ) -> [Int]? {
    var best: (places: [Int], isNumbers: Bool, isWhole: Bool)?
    var start: Int?
    for (index, scalar) in text.enumerated() {
      if scalar == "[" { start = index + 1 }
      guard scalar == "]", let begin = start else { continue }
      start = nil
      let inside = Array(text[begin..<index])
      let isWhole = isBlank(text[..<(begin - 1)]) && isBlank(text[(index + 1)...])
      let named = mentions(inside).map(\.place)
      if !named.isEmpty {
        best = (named, false, isWhole)
      } else if best?.isNumbers ?? true, let numbers = plainNumbers(inside, count) {
        best = (numbers, true, isWhole)
      }
    }
    guard let best else { return nil }
    if best.isNumbers { repairs.insert(.numbers) }
    if !best.isWhole { repairs.insert(.prose) }
    return best.places
  }

  private static func isBlank(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    text.allSatisfy { $0.properties.isWhitespace }
  }

  /// `2, 1, 3`: every number a place shown, nothing else but commas.
  private static func plainNumbers(_ text: [Unicode.Scalar], _ count: Int) -> [Int]? {
    let parts = String(String.UnicodeScalarView(text)).split(separator: ",").map { part in
      Int(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed().map(String.init).joined())
    }
    guard parts.count >= max(1, count - 1), parts.allSatisfy({ $0.map { (1...count).contains($0) } ?? false })
    else { return nil }
    return parts.compactMap { $0 }.map { $0 - 1 }
  }

  // MARK: Names in running text

  private struct Mention {
    let range: Range<Int>
    let place: Int
  }

  /// The longest run of names between which no word stands; the later of two equally long ones.
  private static func run(
    _ text: [Unicode.Scalar], _ count: Int, _ repairs: inout Set<RankingRepair>
  ) -> [Int]? {
    var best: [Mention] = []
    var current: [Mention] = []
    for mention in mentions(text) {
      if let last = current.last,
        text[last.range.upperBound..<mention.range.lowerBound].contains(where: \.properties.isAlphabetic)
      {
        current = []
      }
      current.append(mention)
      if current.count >= best.count { best = current }
    }
    guard best.count >= max(1, count - 1), let first = best.first, let last = best.last else { return nil }
    let before = text[..<first.range.lowerBound]
    let after = text[last.range.upperBound...]
    if (Array(before) + Array(after)).contains(where: \.properties.isAlphabetic) { repairs.insert(.prose) }
    return best.map(\.place)
  }

  /// `LLM2`, `llm 2`, `LLM-2`, `LLM_2`, `LLM#2`, in the order they stand.
  private static func mentions(_ text: [Unicode.Scalar]) -> [Mention] {
    var found: [Mention] = []
    var index = 0
    while index + 3 < text.count {
      defer { index += 1 }
      guard isLetter(text[index], "l"), isLetter(text[index + 1], "l"), isLetter(text[index + 2], "m"),
        index == 0 || !text[index - 1].properties.isAlphabetic
      else { continue }
      var next = index + 3
      while next < text.count, [" ", "-", "_", "#"].contains(text[next]), next < index + 5 { next += 1 }
      var number = 0
      let digits = next
      while next < text.count, next < digits + 4, ("0"..."9").contains(text[next]) {
        number = number * 10 + Int(text[next].value - 48)
        next += 1
      }
      guard next > digits else { continue }
      found.append(Mention(range: index..<next, place: number - 1))
      index = next - 1
    }
    return found
  }

  private static func isLetter(_ scalar: Unicode.Scalar, _ letter: Unicode.Scalar) -> Bool {
    scalar == letter || scalar.value + 32 == letter.value
  }
}

/// The order in which candidates are shown to a selector: seeded, so that a model which copies the order it sees
/// favours nobody.
package enum ShownOrder {
  /// A permutation of 0 ..< `count`, by Fisher–Yates on Philox at (hash of `purpose`, place).
  ///
  /// - Parameter purpose: what the order is for: the query, the selector, the budget and the attempt.
  package static func permutation(_ count: Int, seed: UInt64, purpose: [String]) -> [Int] {
    var order = Array(0..<count)
    let philox = Philox(seed: seed)
    let item = hash(purpose)
    for place in order.indices.dropLast() {
      let bits = philox.bits(item: item, draw: UInt32(place))
      // The high half of a 128-bit product: uniform to within 2⁻⁶⁰ for the few candidates there are.
      let offset = Int(bits.multipliedFullWidth(by: UInt64(count - place)).high)
      order.swapAt(place, place + offset)
    }
    return order
  }

  /// FNV-1a, 64 bits, over the parts with a zero byte after each.
  private static func hash(_ parts: [String]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in parts.flatMap({ (part: String) -> [UInt8] in Array(part.utf8) + [0] }) {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return hash
  }
}
