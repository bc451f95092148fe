import Recording
import Testing

@Suite struct APIKeyTests {
  @Test("No way of printing a key shows it")
  func isRedacted() throws {
    let key = try #require(APIKey(variable: "K", of: ["K": " sk-secret-1234\n"]))
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), String(describing: [key]), dumped] {
      #expect(!text.contains("secret-1234"), "\(text)")
    }
  }

  @Test(
    "A variable that is missing, empty or no header's text gives no key",
    arguments: [nil, "", "  ", "a b", "ä", "a\u{1}b"])
  func unusable(value: String?) {
    #expect(APIKey(variable: "K", of: value.map { ["K": $0] } ?? [:]) == nil)
  }
}
