import Reporting
import Testing

@Suite struct ShownNameTests {
  @Test("What is shown is short, on one line, and turns nothing around", arguments: hostileTexts)
  func contained(text: String) {
    let shown = ShownName.clipped(text).unicodeScalars
    #expect(shown.count <= 82)
    #expect(
      !shown.contains { $0.properties.generalCategory == .control || (0x202A...0x202E).contains($0.value) })
    #expect(shown.count { $0 == "\u{2068}" } == shown.count { $0 == "\u{2069}" })
  }

  @Test("Ordinary names are shown as they are", arguments: ["gpt-4o", "modèle é", "模型", "a b"])
  func ordinary(name: String) { #expect(ShownName.clipped(name) == name) }

  @Test("Lines keep their ends and tabs, and nothing else in them moves a terminal or the text around it")
  func lines() {
    #expect(ShownName.lines("a\tb\nc é 模\n") == "a\tb\nc é 模\n")
    #expect(ShownName.lines("w\u{1B}[31m\r\u{9B}0m\u{202E}x\n") == "w·[31m··0m·x\n")
  }

  @Test("Right-to-left names keep their direction to themselves")
  func direction() {
    #expect(ShownName.clipped("שלום \u{202E}x") == "\u{2068}שלום ·x\u{2069}")
  }
}
