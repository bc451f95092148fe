import Foundation
import RoutingCore
import Testing
import TraceStore

@Suite struct TraceGradingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.lines, to: "a.jsonl")
    try folder.importing("a.jsonl", into: "a.sqlite")
  }

  private static let header =
    #"{"format":"lightreplay.trace/1","name":"t","models":[{"name":"m1"},{"name":"m2"},{"name":"j"}],"pool":["m1","m2"]}"#

  /// Workload `new` has no scores, `old` has; q3 has no reference, q4 a failed call and a call without text.
  private static let lines = [
    header,
    #"{"query":"q1","workload":"new","reference":"7","responses":[{"model":"m1","text":"It is 3. No, 4. Now it is 7","output_tokens":10,"extra":{"a":1}},{"model":"m2","text":"about 8"}],"rankings":[{"selector":"j","boot_budget":5,"order":["m2","m1"]}],"merges":[{"aggregator":"j","text":"\\boxed{7}"}],"refinements":[{"model":"m1","text":"no idea"}]}"#,
    #"{"query":"q2","workload":"old","reference":"5","responses":[{"model":"m1","text":"5","answer":"five","score":0,"grades":{"a":{"score":0.5},"z":{"score":1}},"prefixes":[{"boot_budget":1,"answer":"x","score":0.25}],"output_tokens":3},{"model":"m2","text":"6","answer":"5","score":1}]}"#,
    #"{"query":"q3","workload":"new","responses":[{"model":"m1","text":"1"}]}"#,
    #"{"query":"q4","workload":"old","reference":"5","responses":[{"model":"m1","error":"down"},{"model":"m2","score":0.5}]}"#,
  ]

  private func number() throws -> any AnswerGrader {
    try #require(GraderRegistry.entries.first { $0.name == "number" }).grader(GraderOptions())
  }

  private func grade(_ change: (inout GradingSettings) -> Void = { _ in }) throws -> GradingReport {
    var settings = GradingSettings(name: "number")
    change(&settings)
    return try TraceGrading.run(number(), settings, on: folder.path("a.sqlite")) { _ in }
  }

  private func queries() throws -> [String: QueryRecord] {
    var queries: [String: QueryRecord] = [:]
    try TraceDatabase(reading: folder.path("a.sqlite")).forEachQuery { queries[$0.query] = $0 }
    return queries
  }

  private func call(_ query: String, _ role: CallRole, _ model: String? = nil) throws -> CallRecord {
    try #require(try queries()[query]?.calls.first { $0.role == role && (model == nil || $0.model == model) })
  }

  @Test("Grades become the scores of a workload that had none, and stand beside those of one that had")
  func defaults() throws {
    let report = try grade()
    #expect(report.rescored == ["new"])
    #expect(report.kept == ["old"])
    let new = try call("q1", .response, "m1")
    #expect(new.score == .one)
    #expect(new.answer == "7")
    #expect(new.grades == [NamedGrade(name: "number", answer: "7", score: .one)])
    #expect(try call("q1", .merge).score == .one)
    #expect(try call("q1", .refinement).grades == [NamedGrade(name: "number", answer: nil, score: .zero)])
    #expect(try call("q1", .ranking).score == nil)
    let old = try call("q2", .response, "m1")
    #expect(old.answer == "five")
    #expect(old.score == .zero)
    #expect(old.grades.map(\.name) == ["a", "number", "z"])
    #expect(
      old.prefixes == [PrefixGrade(bootBudget: .tokens(1), answer: "x", score: Score(millionths: 250_000))])
  }

  @Test("The trace is whole after a grading, has another fingerprint, and comes back from its export")
  func fingerprint() throws {
    let before = try folder.fingerprint("a.sqlite")
    _ = try grade { $0.prefixes = [2, 5] }
    let after = try folder.fingerprint("a.sqlite")
    #expect(after != before)
    #expect(try TraceDatabase(reading: folder.path("a.sqlite")).verify().problems == [])
    try folder.write(folder.exported("a.sqlite"), to: "b.jsonl")
    try folder.importing("b.jsonl", into: "b.sqlite")
    #expect(try folder.fingerprint("b.sqlite") == after)
    // A second time there is nothing to change.
    _ = try grade { $0.prefixes = [2, 5] }
    #expect(try folder.fingerprint("a.sqlite") == after)
  }

  @Test("Scores are replaced where that is asked for, cuts recorded earlier with them")
  func replacing() throws {
    let report = try grade { $0.replacesScores = true }
    #expect(report.kept == [])
    let old = try call("q2", .response, "m1")
    #expect(old.answer == "5")
    #expect(old.score == .one)
    // The text is one byte; its first of three tokens is cut before it.
    #expect(old.prefixes == [PrefixGrade(bootBudget: .tokens(1), answer: nil, score: .zero)])
    #expect(try call("q2", .response, "m2").score == .zero)
    // Without a text there is nothing to grade.
    #expect(try call("q4", .response, "m2").score == Score(millionths: 500_000))
  }

  @Test("Cut responses are graded as the texts they would be")
  func prefixes() throws {
    let report = try grade { $0.prefixes = [4, 8, 10, 99] }
    // 27 bytes of 10 tokens: the first 4 tokens are 10 bytes, "It is 3. N", the first 8 are 21, "…No, 4. Now i".
    #expect(
      try call("q1", .response, "m1").prefixes == [
        PrefixGrade(bootBudget: .tokens(4), answer: "3", score: .zero),
        PrefixGrade(bootBudget: .tokens(8), answer: "4", score: .zero),
      ])
    // "about 8" is estimated at two tokens.
    #expect(try call("q1", .response, "m2").prefixes == [])
    #expect(report.total.prefixes == 2)
  }

  @Test("Everything is counted, and what cannot be graded says why")
  func counts() throws {
    let report = try grade { $0.listLimit = 9 }
    let names = report.tallies.map { "\($0.workload) \($0.role) \($0.name)" }
    #expect(
      names == [
        "new response m1", "new response m2", "new merge j", "new refinement m1", "old response m1",
        "old response m2",
      ])
    let total = report.total
    #expect(total.graded == 6)
    #expect(total.right == 3)
    #expect(total.unanswered == 1)
    #expect(total.withoutReference == 1)
    #expect(total.failedCalls == 1)
    #expect(total.withoutText == 1)
    #expect(total.scoredBefore == 2)
    #expect(total.raised == 1)
    #expect(total.lowered == 1)
    #expect(
      report.changes.map { [$0.query, $0.name, $0.before?.answer, $0.now?.answer] } == [
        ["q2", "m1", "five", "5"], ["q2", "m2", "5", "6"],
      ])
  }

  @Test("A comparison changes no byte of the trace")
  func comparison() throws {
    let before = try folder.read("a.sqlite")
    let report = try grade {
      $0.comparesOnly = true
      $0.replacesScores = true
    }
    #expect(report.total.raised == 1)
    #expect(try folder.read("a.sqlite") == before)
  }

  @Test("Only the workloads asked for are graded, and a wrong name is an error")
  func workloads() throws {
    let report = try grade { $0.workloads = ["old"] }
    #expect(Set(report.tallies.map(\.workload)) == ["old"])
    #expect(try call("q1", .response, "m1").score == nil)
    #expect(throws: PolicyError.unknown(kind: "workload", name: "odl", known: ["new", "old"])) {
      try grade { $0.workloads = ["odl"] }
    }
  }

  @Test("An older grade of the same name goes where there is none now")
  func stale() throws {
    _ = try grade { $0.name = "a" }
    struct Never: AnswerGrader {
      func grade(_ item: GradingItem) throws(GradingGap) -> Grade { throw .failed("no") }
    }
    let report = try TraceGrading.run(Never(), GradingSettings(name: "a"), on: folder.path("a.sqlite")) { _ in
    }
    #expect(report.total.graderFailures == 7)
    #expect(report.failures.first?.failure == "no")
    #expect(try call("q2", .response, "m1").grades.map(\.name) == ["z"])
    #expect(try TraceDatabase(reading: folder.path("a.sqlite")).verify().problems == [])
  }

  @Test("A grader that breaks down leaves every byte of the trace as it was")
  func breakdown() throws {
    struct Broken: AnswerGrader {
      func grade(_ item: GradingItem) throws(GradingGap) -> Grade { Grade(answer: "x", score: .one) }
      var breakdown: GraderError? { .badProgram("p", reason: "gone") }
    }
    let before = try folder.read("a.sqlite")
    #expect(throws: GraderError.badProgram("p", reason: "gone")) {
      try TraceGrading.run(Broken(), GradingSettings(name: "n"), on: folder.path("a.sqlite")) { _ in }
    }
    #expect(try folder.read("a.sqlite") == before)
  }

  @Test("The bytes of the graded trace do not depend on the number of threads")
  func threads() throws {
    // More queries than are graded together.
    let many = (0..<300).map { index in
      #"{"query":"n\#(index)","workload":"w\#(index % 3)","reference":"\#(index)","responses":[{"model":"m1","text":"is it \#(index % 7 == 0 ? 1 : index)?"}]}"#
    }
    try folder.write([Self.header] + many, to: "n.jsonl")
    var exports: [Data] = []
    for threads in [1, 2, 7] {
      let name = "n\(threads).sqlite"
      try folder.importing("n.jsonl", into: name)
      var settings = GradingSettings(name: "number")
      settings.threads = threads
      _ = try TraceGrading.run(number(), settings, on: folder.path(name)) { _ in }
      exports.append(try folder.read(name))
    }
    #expect(exports[0] == exports[1])
    #expect(exports[0] == exports[2])
  }

  @Test("A continuation is graded with the prefix it continues")
  func continuations() throws {
    let line =
      #"{"query":"q","workload":"w","reference":"12","responses":[{"model":"m1","text":"It is 99"}],"boots":[{"model":"m1","boot_budget":2,"text":"It is 1"}],"continuations":[{"model":"m1","boot_budget":2,"text":"2"}]}"#
    try folder.write([Self.header, line], to: "c.jsonl")
    try folder.importing("c.jsonl", into: "c.sqlite")
    _ = try TraceGrading.run(number(), GradingSettings(name: "number"), on: folder.path("c.sqlite")) { _ in }
    var answers: [CallRole: String?] = [:]
    try TraceDatabase(reading: folder.path("c.sqlite")).forEachQuery { query in
      for call in query.calls { answers[call.role] = call.answer }
    }
    #expect(answers == [.response: "99", .boot: "1", .continuation: "12"])
  }
}
