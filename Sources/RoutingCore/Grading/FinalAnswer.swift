/// Finds the place where a text states its answer.
///
/// Strong marks are `\boxed{…}`, a JSON field `"answer": …` and `#### …`; the last one in the text counts. Only
/// without any of them does a sentence such as "The answer is …" count, again the last one. A mark that is not
/// closed (the text was cut there) is none.
struct FinalAnswer {
  enum Mark {
    case boxed, field, hashes, sentence
  }

  let mark: Mark
  let text: String

  /// `nil` where nothing marks the answer.
  init?(in text: String) {
    let bytes = Array(text.utf8)
    let strong = [Self.boxed(bytes), Self.field(bytes), Self.hashes(bytes)].compactMap { $0 }
    let found = strong.max { $0.position < $1.position } ?? Self.sentence(bytes)
    guard let found else { return nil }
    mark = found.mark
    self.text = String(decoding: found.content, as: UTF8.self)
  }

  struct Found {
    let mark: Mark
    let position: Int
    let content: [UInt8]
  }

  // MARK: Marks

  /// The last complete `\boxed{…}`, braces nested, or `\boxed 5`.
  private static func boxed(_ bytes: [UInt8]) -> Found? {
    for name in ["\\boxed", "\\fbox"] {
      for start in ByteSearch.positionsBackward(of: name, in: bytes) {
        let position = start + name.utf8.count
        guard let next = bytes[position...].first else { continue }
        let content: ArraySlice<UInt8>? =
          switch next {
          case UInt8(ascii: "{"): ByteSearch.braced(bytes, at: position)
          case UInt8(ascii: " "): bytes[(position + 1)...].prefix { $0 > 0x20 && $0 != UInt8(ascii: "$") }
          default: nil
          }
        if let content { return Found(mark: .boxed, position: start, content: Array(content)) }
      }
    }
    return nil
  }

  /// What follows the last `####`, to the end of the line.
  private static func hashes(_ bytes: [UInt8]) -> Found? {
    for start in ByteSearch.positionsBackward(of: "####", in: bytes) {
      let content = ByteSearch.trimmed(
        bytes[(start + 4)...].prefix { $0 != UInt8(ascii: "\n") }.drop { $0 == UInt8(ascii: "#") })
      if !content.isEmpty { return Found(mark: .hashes, position: start, content: Array(content)) }
    }
    return nil
  }

  /// The last "answer is …" or "Answer: …", to the end of the line it stands on.
  private static func sentence(_ bytes: [UInt8]) -> Found? {
    for start in ByteSearch.positionsBackward(of: "answer", in: bytes, ignoringCase: true) {
      var rest = dropMarkup(bytes[(start + 6)...])
      let verb = rest.prefix { ByteSearch.isLetter($0) }
      if verb.isEmpty {
        guard let mark = rest.first, mark == UInt8(ascii: ":") || mark == UInt8(ascii: "=") else { continue }
        rest = rest.dropFirst()
      } else {
        guard verbs.contains(String(decoding: verb, as: UTF8.self).lowercased()) else { continue }
        rest = dropMarkup(rest.dropFirst(verb.count))
        for word in ["be ", "option ", "choice "] where ByteSearch.starts(rest, with: word) {
          rest = rest.dropFirst(word.utf8.count)
        }
        if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst() }
      }
      rest = rest.drop { $0 <= 0x20 || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "_") }
      let content = ByteSearch.trimmed(rest.prefix { $0 != UInt8(ascii: "\n") })
      if !content.isEmpty { return Found(mark: .sentence, position: start, content: Array(content)) }
    }
    return nil
  }

  private static let verbs: Set<String> = ["is", "are", "was", "equals", "would", "should", "must"]

  /// Skips spaces, emphasis and quotes.
  private static func dropMarkup(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.drop {
      $0 == 0x20 || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "\"")
    }
  }
}
