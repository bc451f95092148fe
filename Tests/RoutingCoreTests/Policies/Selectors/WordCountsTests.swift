import RoutingCore
import Testing

/// Cosine similarity of word counts, in millionths (Scheme.md, "Selectors").
@Suite struct WordSimilarityTests {
  private func similarity(_ left: String, _ right: String) -> Int32 {
    WordCounts(left).similarity(to: WordCounts(right))
  }

  @Test(
    "The cosine is rounded to the nearest millionth",
    arguments: [
      ("x y", "x z", 500_000),
      // 1/√2 = 0.70710678
      ("x z", "z", 707_107),
      // (2·1 + 1·1) / √5√2 = 3/√10 = 0.94868330
      ("x x y", "x y", 948_683),
      // 1/√3 = 0.57735027
      ("x y z", "x", 577_350),
      // 2/√6 = 0.81649658
      ("x y z", "x y", 816_497),
      ("x", "y", 0), ("x x x", "x", 1_000_000),
    ] as [(String, String, Int32)])
  func cosine(left: String, right: String, expected: Int32) {
    #expect(similarity(left, right) == expected)
    #expect(similarity(right, left) == expected)
  }

  @Test(
    "Half a millionth is rounded to even",
    arguments: [
      // n / 128: 7812.5, 23437.5, 39062.5, 54687.5.
      (1, 7812), (3, 23_438), (5, 39_062), (7, 54_688),
    ] as [(Int, Int32)])
  func halves(count: Int, expected: Int32) {
    var text = String(repeating: "x ", count: count)
    // The squares of all counts sum to 128²: the rest is taken greedily.
    var rest = 128 * 128 - count * count
    while rest > 0 {
      let root = Int(Double(rest).squareRoot())
      text += String(repeating: "w\(rest) ", count: root)
      rest -= root * root
    }
    #expect(similarity(text, "x") == expected)
  }

  @Test("An empty text, or one without words, has 0 with anything", arguments: ["", " ", "—…!", "_", "½²"])
  func empty(text: String) {
    #expect(similarity(text, text) == 0)
    #expect(similarity(text, "x") == 0)
  }

  @Test(
    "Words are runs of letters and digits, lowercased",
    arguments: [
      ("Hello, WORLD", "hello world"), ("a1b2", "A1B2"), ("x_y", "x y"), ("don't", "don t"),
      ("Straße ÉCOLE", "straße école"), ("ΑΒΓ дЖ", "αβγ Дж"), ("３４", "３４"), ("٣", "٣"), ("日本語", "日本語"),
      ("x½y", "x y"), ("x²", "x"),
    ])
  func words(left: String, right: String) {
    #expect(similarity(left, right) == 1_000_000)
  }

  @Test(
    "Combining marks end a word, and nothing is normalised",
    arguments: [
      // "e" + U+0301 is the word "e"; U+00E9 is another word.
      ("e\u{301}", "e", 1_000_000), ("e\u{301}", "\u{E9}", 0), ("\u{E9}", "\u{C9}", 1_000_000),
      // Two words against one.
      ("e\u{301}a", "e a", 1_000_000), ("e\u{301}a", "ea", 0),
    ] as [(String, String, Int32)])
  func marks(left: String, right: String, expected: Int32) {
    #expect(similarity(left, right) == expected)
  }

  @Test(
    "Roman numerals, letters of numbers and symbols are no letters or digits",
    arguments: ["Ⅷ", "€", "😀", "°"])
  func noWords(text: String) {
    #expect(similarity(text, text) == 0)
  }

  @Test("Very long texts stay in range")
  func long() {
    let text = String(repeating: "word ", count: 300_000)
    #expect(similarity(text, text) == 1_000_000)
    #expect(similarity(text, "word") == 1_000_000)
    #expect(similarity(text + "x", "x") <= 4)
  }
}
