import Reporting
import Testing

@Suite struct MarkdownPageTests {
  @Test("Text stays text", arguments: hostileTexts)
  func escaped(text: String) {
    let escaped = MarkdownText.escaped(text)
    #expect(
      !escaped.unicodeScalars.contains { $0 == "<" || $0 == ">" || $0.properties.generalCategory == .control }
    )
    var previous: Unicode.Scalar = " "
    for scalar in escaped.unicodeScalars {
      if "`*_[]|$".unicodeScalars.contains(scalar) { #expect(previous == "\\") }
      previous = scalar
    }
  }

  @Test("Code ends where it should")
  func code() {
    #expect(MarkdownText.code("k=1,boot=5") == "`k=1,boot=5`")
    #expect(MarkdownText.code("a`b") == "a\\`b")
    #expect(MarkdownText.code("a|b") == "a\\|b")
  }

  @Test("Every row of a table has as many cells as its heading")
  func tables() async throws {
    var sketch = ReportSketch()
    sketch.models = ["a|b", "c\nd", "e"]
    let text = try await sketch.made().report.text(as: .md)
    var columns: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        columns = nil
        continue
      }
      let count = line.replacing("\\|", with: "").count { $0 == "|" }
      #expect(columns == nil || columns == count, "\(line)")
      columns = count
    }
  }
}
