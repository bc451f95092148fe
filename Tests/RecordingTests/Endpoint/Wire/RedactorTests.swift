import Recording
import Testing

@Suite struct RedactorTests {
  private let redactor = Redactor(
    key: APIKey(variable: "K", of: ["K": "sk-abcdefghijklmnop"]),
    messages: [
      ChatMessage(.system, "Be brief."),
      ChatMessage(.user, "line one of the prompt\nand \"a quoted line two\""),
    ])

  @Test(
    "Keys and texts are masked, whole or in part; other words stay",
    arguments: [
      ("key sk-abcdefghijklmnop bad", "key … bad"), ("key sk-abcdefgh***", "key …***"),
      ("said Be brief. to it", "said … to it"),
      (#"got "line one of the prompt\nand \"a quoted line two\"""#, #"got "…\nand \"…\"""#),
      ("  two\n words ", "two words"), ("", nil), ("model not found", "model not found"),
    ] as [(String, String?)])
  func masks(text: String, expected: String?) {
    #expect(redactor.masked(text, limit: 100) == expected)
  }

  @Test("Long messages are cut")
  func cuts() {
    #expect(redactor.masked(String(repeating: "x", count: 50), limit: 10) == "xxxxxxxxx…")
  }
}
