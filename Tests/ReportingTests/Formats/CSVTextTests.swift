import Reporting
import Testing

@Suite struct CSVTextTests {
  @Test(
    "Cells are quoted where a reader would split them, by scalars and not by characters",
    arguments: [
      ("plain", "plain"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\r\nb", "\"a\r\nb\""),
      (",\u{301}", "\",\u{301}\""), ("a\"\u{301}", "\"a\"\"\u{301}\""), ("-1.5", "-1.5"),
    ])
  func quoted(text: String, cell: String) {
    #expect(CSVText.cell(text).unicodeScalars.elementsEqual(cell.unicodeScalars))
  }

  @Test(
    "What a spreadsheet would run gets an apostrophe",
    arguments: ["=1+1", "+x", "-x", "@x", "\tx", "=\u{301}"])
  func formulas(text: String) {
    #expect(CSVText.cell(text).unicodeScalars.first { $0 != "\"" } == "'")
  }
}
