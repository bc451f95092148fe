import RoutingCore
import Testing

@Suite struct JSONStringTests {
  @Test(
    "A text is quoted with the escapes that RFC 8259 requires, and no others",
    arguments: [
      ("", #""""#), ("a/b é 模 🙂", #""a/b é 模 🙂""#), ("\"\\", #""\"\\""#), ("\n\r\t", #""\n\r\t""#),
      ("\u{0}\u{8}\u{C}\u{1F}", #""\u0000\u0008\u000c\u001f""#), ("\u{7F}\u{2028}", "\"\u{7F}\u{2028}\""),
      ("e\u{301}\r\n", "\"e\u{301}\\r\\n\""),
    ])
  func quoted(text: String, json: String) {
    #expect(JSONString.quoted(text).unicodeScalars.elementsEqual(json.unicodeScalars))
  }

  @Test("Appending leaves what is there")
  func appending() {
    var document = "["
    JSONString.append("a", to: &document)
    JSONString.append("\"", to: &document)
    #expect(document == #"["a""\"""#)
  }
}
