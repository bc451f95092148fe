/// A string that equals only strings of the same bytes.
///
/// Swift's `==` also equates different spellings of a character (`é` as one scalar or two); names and answers
/// are compared as written (DESIGN §1).
package struct ExactString: Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }
}

extension ExactString: Hashable {
  package static func == (left: ExactString, right: ExactString) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension ExactString: Comparable {
  /// By UTF-8 bytes.
  package static func < (left: ExactString, right: ExactString) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}
