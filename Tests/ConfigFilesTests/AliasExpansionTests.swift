import ConfigFiles
import Testing

@Suite struct AliasExpansionTests {
  private static func bomb(_ end: String) -> String {
    (1..<30).reduce("a0: &a0 {x: 1}\n") { text, level in
      text + "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
        + "]\n"
    } + end
  }

  @Test(
    "A few lines that stand for more than any memory holds are refused at once",
    arguments: ["prices: {lark: *a29}\n", "? *a29\n: 1\n", "prices: {lark: 1}\n"])
  func bombs(end: String) {
    #expect(throws: ConfigError.tooManyAliases(file: "b.yaml")) {
      try PriceBookFile.read(Self.bomb(end), name: "b.yaml", sha256: "")
    }
  }

  @Test("A price shared by a thousand models is an alias like any other")
  func shared() throws {
    let models = (0..<1000).map { "  m\($0): *base\n" }.joined()
    let text = "date: 2026-01-01\nprices:\n  m: &base {input: 1, output: 2}\n" + models
    #expect(try PriceBookFile.read(text, name: "p.yaml", sha256: "").prices.count == 1001)
  }
}
