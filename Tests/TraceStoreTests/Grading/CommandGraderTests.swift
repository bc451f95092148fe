import Foundation
import RoutingCore
import Testing
import TraceStore

@Suite struct CommandGraderTests {
  /// A scorer in the shell's language: what it does with a text stands in the text.
  private static let script = #"""
    while IFS= read -r line; do
      id=${line#*\"id\":}; id=${id%%,*}
      text=${line##*\"text\":\"}; text=${text%%\"*}
      case $text in
        crash) exit 3 ;;
        late) sleep 60 ;;
        words) echo hello ;;
        beyond) echo "{\"id\":$id,\"score\":1.5}" ;;
        other) echo '{"id":99,"score":1}' ;;
        refuse) echo "{\"id\":$id,\"error\":\"too hard\"}" ;;
        twice) echo "{\"id\":$id,\"score\":1}"; echo "{\"id\":$id,\"score\":0}" ;;
        kind) echo "{\"id\":$id,\"score\":\"1\"}" ;;
        *) echo "{\"id\":$id,\"score\":$text,\"answer\":\"a$text\",\"more\":[1]}" ;;
      esac
    done
    """#

  private func scorer(timeoutSeconds: Double = 20) throws -> any AnswerGrader {
    try CommandGrader.entry.grader(
      GraderOptions(arguments: ["sh", "-c", Self.script], timeoutSeconds: timeoutSeconds))
  }

  private func item(_ text: String) -> GradingItem { GradingItem(text: text, reference: nil) }

  @Test("Scores and answers are taken from the program, in any order of asking")
  func scores() throws {
    let scorer = try scorer()
    for (text, millionths) in [("1", 1_000_000), ("0.25", 250_000), ("0", 0), ("0.0000005", 0)]
      as [(String, Int128)]
    {
      #expect(
        try scorer.grade(item(text))
          == Grade(answer: "a" + text, score: try #require(Score(millionths: millionths))))
    }
  }

  @Test(
    "A text on which the program fails has no grade, and the next is scored by a new one",
    arguments: [
      ("crash", "it ended with status 3"),
      ("words", "its line is no JSON object: found 'hello', which is no JSON there"),
      ("beyond", "its score is 1.5; expected 0 to 1"),
      ("other", "its line answers another 'id' than the one asked"),
      ("refuse", "the program says 'too hard'"),
      ("kind", "'score' has a value of another kind; expected a number"),
    ])
  func failures(text: String, why: String) throws {
    let scorer = try scorer()
    #expect(throws: GradingGap.failed(why)) { try scorer.grade(item(text)) }
    #expect(try scorer.grade(item("1")).score == .one)
  }

  @Test("A line too many is noticed before it is taken for the next text's")
  func extraLine() throws {
    let scorer = try scorer()
    #expect(try scorer.grade(item("twice")).score == .one)
    let next = Result { try scorer.grade(item("0.5")) }
    // Where the second line has come by now it is known to be too many; where it comes later its id is wrong.
    #expect((try? next.get()) == nil)
    #expect(try scorer.grade(item("0.5")).score == Score(millionths: 500_000))
  }

  @Test("A program that takes too long is ended, with all that it started")
  func timeout() throws {
    let scorer = try scorer(timeoutSeconds: 0.5)
    #expect(throws: GradingGap.failed("no answer within 0.5 s")) { try scorer.grade(item("late")) }
    #expect(try scorer.grade(item("1")).score == .one)
  }

  @Test("A text larger than every pipe goes through")
  func large() throws {
    let script =
      #"while IFS= read -r line; do n=$((n+1)); echo "{\"id\":$n,\"score\":1,\"answer\":\"${#line}\"}"; done"#
    let scorer = try CommandGrader.entry.grader(GraderOptions(arguments: ["sh", "-c", script]))
    let lengths = try [1, 200_000].map { count in
      try #require(try scorer.grade(item(String(repeating: "x", count: count))).answer.flatMap { Int($0) })
    }
    #expect(lengths[1] - lengths[0] == 199_999)
  }

  @Test("A program that cannot be started is an error at once")
  func missing() {
    #expect(
      throws: GraderError.badProgram(
        "/no/such/scorer", reason: "cannot be started: No such file or directory")
    ) {
      try CommandGrader.entry.grader(GraderOptions(arguments: ["/no/such/scorer"]))
    }
  }

  @Test("A program that never gives a score is given up after ten texts")
  func patience() throws {
    let scorer = try CommandGrader.entry.grader(GraderOptions(arguments: ["false"]))
    for _ in 0..<10 {
      #expect(scorer.breakdown == nil)
      _ = try? scorer.grade(item("1"))
    }
    #expect(scorer.breakdown?.description.hasPrefix("'false': no score for the first 10 texts: ") == true)
  }

  @Test("Texts scored on several threads come back to their own places")
  func threads() throws {
    let folder = try TemporaryFolder()
    let header = #"{"format":"lightreplay.trace/1","name":"t","models":[{"name":"m1"}]}"#
    let lines = (0..<60).map { index in
      #"{"query":"q\#(index)","workload":"w","responses":[{"model":"m1","text":"\#(index == 30 ? "crash" : "0.\(index + 10)")"}]}"#
    }
    try folder.write([header] + lines, to: "a.jsonl")
    try folder.importing("a.jsonl", into: "a.sqlite")
    var settings = GradingSettings(name: "command")
    settings.threads = 4
    let report = try TraceGrading.run(scorer(), settings, on: folder.path("a.sqlite")) { _ in }
    #expect(report.total.graded == 59)
    #expect(report.failures.map(\.query) == ["q30"])
    var index = 0
    try TraceDatabase(reading: folder.path("a.sqlite")).forEachQuery { query in
      let expected = index == 30 ? nil : "a0.\(index + 10)"
      #expect(query.calls[0].answer == expected)
      index += 1
    }
    #expect(index == 60)
  }
}
