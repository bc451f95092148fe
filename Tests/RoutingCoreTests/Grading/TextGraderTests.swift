import RoutingCore
import Testing

@Suite struct TextGraderTests {
  private func score(
    _ name: String, _ text: String, _ reference: String, _ options: GraderOptions = GraderOptions()
  ) throws -> Int32 {
    try grader(name, options).grade(GradingItem(text: text, reference: reference)).score.millionths
  }

  private let anyCase = GraderOptions(ignoresCase: true)

  @Test("exact compares whole texts, spaces put in order, and capitals if asked to")
  func exact() throws {
    #expect(try score("exact", "  New\n York ", "New York") == 1_000_000)
    #expect(try score("exact", "new york", "New York") == 0)
    #expect(try score("exact", "new york", "New York", anyCase) == 1_000_000)
    #expect(try score("exact", "New York City", "New York") == 0)
    #expect(try grader("exact").grade(GradingItem(text: " a  b ", reference: "x")).answer == "a b")
  }

  @Test("contains finds the reference anywhere and extracts no answer")
  func contains() throws {
    #expect(try score("contains", "It is in New\nYork, I think", "New York") == 1_000_000)
    #expect(try score("contains", "in new york", "New York") == 0)
    #expect(try score("contains", "in new york", "New York", anyCase) == 1_000_000)
    #expect(try grader("contains").grade(GradingItem(text: "x", reference: "x")).answer == nil)
  }

  @Test("regex takes the first group of the last match, or the match itself")
  func regex() throws {
    let group = GraderOptions(arguments: [#"Answer: (\w+)"#])
    #expect(try score("regex", "Answer: no\nAnswer: yes", "yes", group) == 1_000_000)
    #expect(try score("regex", "Answer: no\nAnswer: yes", "no", group) == 0)
    let whole = GraderOptions(arguments: [#"\d+"#], ignoresCase: true)
    #expect(
      try grader("regex", whole).grade(GradingItem(text: "a 1 b 22", reference: "22"))
        == Grade(answer: "22", score: .one))
    #expect(
      try grader("regex", whole).grade(GradingItem(text: "none", reference: "22"))
        == Grade(answer: nil, score: .zero))
    #expect(throws: GraderError.self) { try grader("regex", GraderOptions(arguments: ["(("])) }
  }

  // By hand. f1: "cat sat on mat" and "cat on mat" share 3 of 4 and 3 words: 6/7. The repeated word counts
  // once for each time the reference has it: 2·1/(3+2).
  @Test(
    "f1 is the overlap of words as SQuAD counts it",
    arguments: [
      ("The cat sat on a mat.", "cat, on mat!", 857_143), ("yes yes yes", "yes no", 400_000),
      ("same", "The same", 1_000_000),
      ("other", "words", 0), ("", "words", 0), ("the", "a", 1_000_000),
      ("state-of-the-art", "stateoftheart", 1_000_000),
    ])
  func f1(text: String, reference: String, expected: Int32) throws {
    #expect(try score("f1", text, reference) == expected)
  }

  // By hand. "police kill the gunman" against "police killed the gunman": the longest common subsequence is
  // "police the gunman", so 2·3/(4+4); "the gunman kill police" shares "the gunman": 2·2/8 (Lin 2004, § 3.1).
  @Test(
    "rouge-l is the longest common subsequence against both lengths",
    arguments: [
      ("police kill the gunman", "police killed the gunman", 750_000),
      ("the gunman kill police", "police killed the gunman", 500_000),
      ("Police; killed: the GUNMAN", "police killed the gunman", 1_000_000), ("", "x", 0),
      ("a b c d e", "e d c b a", 200_000),
    ])
  func rougeL(text: String, reference: String, expected: Int32) throws {
    #expect(try score("rouge-l", text, reference) == expected)
  }

  @Test("rouge-l agrees with the plain recurrence on texts longer than a machine word")
  func longTexts() throws {
    var state: UInt64 = 7
    func words(_ count: Int) -> [String] {
      (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return ["a", "b", "c", "d"][Int(state >> 62)]
      }
    }
    for (left, right) in [(200, 150), (64, 64), (65, 300), (1, 129)] {
      let (text, reference) = (words(left), words(right))
      var row = [Int](repeating: 0, count: right + 1)
      for word in text {
        let above = row
        for index in 0..<right {
          row[index + 1] = reference[index] == word ? above[index] + 1 : max(above[index + 1], row[index])
        }
      }
      let expected = FixedPoint.dividedHalfEven(Int128(2_000_000 * row[right]), by: Int128(left + right))
      #expect(
        Int128(try score("rouge-l", text.joined(separator: " "), reference.joined(separator: " ")))
          == expected)
    }
  }

  @Test(
    "A grader given what it does not take says so",
    arguments: ["exact", "number", "choice", "math", "contains", "f1", "rouge-l"])
  func needless(name: String) {
    #expect(throws: GraderError.needlessArgument(grader: name, argument: "x")) {
      try grader(name, GraderOptions(arguments: ["x"]))
    }
  }

  @Test("A pattern is needed, and capitals are the matter of texts only")
  func options() {
    #expect(throws: GraderError.missingArguments(grader: "regex", expected: "PATTERN")) {
      try grader("regex")
    }
    #expect(throws: GraderError.needlessArguments(grader: "regex", takes: "one pattern", found: ["a", "b"])) {
      try grader("regex", GraderOptions(arguments: ["a", "b"]))
    }
    #expect(throws: GraderError.needlessIgnoreCase(grader: "number")) { try grader("number", anyCase) }
  }

  @Test(
    "Every grader leaves a query without reference ungraded", arguments: GraderRegistry.entries.map(\.name))
  func noReference(name: String) throws {
    let options = GraderOptions(arguments: name == "regex" ? ["x"] : [])
    let grader = try grader(name, options)
    #expect(throws: GradingGap.noReference) { try grader.grade(GradingItem(text: "x", reference: nil)) }
  }
}
