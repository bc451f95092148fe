import Reporting
import Testing

@Suite struct MarkupNodeTests {
  @Test("Text and attributes cannot become markup", arguments: hostileTexts)
  func escaped(text: String) {
    let markup = MarkupNode.element("p", ["title": text], text: text).markup
    let inside = markup.dropFirst("<p ".count).dropLast("</p>".count)
    #expect(inside.count { $0 == "<" } == 0)
    #expect(inside.unicodeScalars.count { $0 == ">" } == 1)
    #expect(inside.unicodeScalars.count { $0 == "\"" } == 2)
  }

  @Test("Data cannot leave its script element", arguments: hostileTexts)
  func data(text: String) {
    let markup = MarkupNode.data(id: "d", .object([text: .string(text)])).markup
    #expect(markup.unicodeScalars.count { $0 == "<" } == 2)
    #expect(!markup.contains("]]>"))
  }

  @Test("What no page may contain is replaced")
  func controls() {
    #expect(MarkupNode.text("a\u{0}b\u{1B}c\td\r").markup == "a\u{FFFD}b\u{FFFD}c\td\u{FFFD}")
  }

  @Test("Attributes without a value and elements without an end are written as HTML has them")
  func forms() {
    #expect(MarkupNode.element("input", ["hidden": "", "id": "x"]).markup == "<input hidden id=\"x\">")
    #expect(MarkupNode.element("rect", ["x": "1"]).markup == "<rect x=\"1\"/>")
    #expect(
      MarkupNode.element("rect", [:], [.element("title", text: "t")]).markup
        == "<rect><title>t</title></rect>")
  }
}
