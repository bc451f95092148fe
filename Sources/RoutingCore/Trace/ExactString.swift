/// A string compared and hashed by its bytes.
///
/// `String` takes canonically equivalent texts for equal; answers are compared as exact strings
/// (Scheme.md, "Aggregators"), and names sort by code point.
package struct ExactString: Hashable, Comparable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static func == (left: ExactString, right: ExactString) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  package static func < (left: ExactString, right: ExactString) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// The position of `name` among `names`.
  package static func position(of name: some StringProtocol, in names: some Collection<String>) -> Int? {
    names.enumerated().first { $0.element.utf8.elementsEqual(name.utf8) }?.offset
  }

  /// `names` by code point.
  package static func sorted(_ names: some Sequence<String>) -> [String] {
    names.map(ExactString.init).sorted().map(\.text)
  }
}
