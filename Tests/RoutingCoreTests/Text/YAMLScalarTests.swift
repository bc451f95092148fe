import RoutingCore
import Testing

@Suite struct YAMLScalarTests {
  @Test(
    "A key stands plain only where every reader takes it for that text",
    arguments: [
      ("gpt-4o", "gpt-4o"), ("a/b_c.d", "a/b_c.d"), ("_x", "_x"), ("", "\"\""), ("4o", "\"4o\""),
      ("Yes", "\"Yes\""), ("null", "\"null\""), ("NaN", "\"NaN\""), ("inf", "\"inf\""), ("a: b", "\"a: b\""),
      ("-a", "\"-a\""), ("é", "\"é\""),
    ])
  func key(text: String, yaml: String) { #expect(YAMLScalar.key(text) == yaml) }

  @Test(
    "What may not stand in a document is escaped, and no line ends inside quotes",
    arguments: [
      ("\"\\\n\r\t", #""\"\\\n\r\t""#), ("\u{0}\u{1B}\u{85}", #""\x00\x1b\x85""#),
      ("\u{2028}\u{FEFF}", #""\u2028\ufeff""#), ("\u{1F642}", "\"\u{1F642}\""),
    ])
  func quoted(text: String, yaml: String) { #expect(YAMLScalar.quoted(text) == yaml) }
}
