import Reporting
import RoutingCore
import TraceStore

/// What a grading found, as outputs show it.
struct GradeReport {
  let report: GradingReport
  let isComparison: Bool

  init(_ report: GradingReport, isComparison: Bool) {
    self.report = report
    self.isComparison = isComparison
  }

  private typealias Tally = GradingReport.Tally

  private func kind(_ role: CallRole) -> String {
    switch role {
    case .response: "response"
    case .boot: "boot"
    case .continuation: "continuation"
    case .ranking: "ranking"
    case .merge: "merge"
    case .refinement: "refinement"
    }
  }

  /// The model; for anything but a response, with what its text is.
  private func label(_ tally: Tally) -> String {
    tally.role == .response ? tally.name : "\(tally.name), \(kind(tally.role))"
  }

  private func mean(_ tally: Tally) -> Double? {
    tally.graded == 0 ? nil : Double(tally.total) / Double(tally.graded) / Double(Score.unit)
  }

  private func notGraded(_ tally: Tally) -> Int {
    tally.failedCalls + tally.withoutText + tally.withoutReference + tally.graderFailures
  }

  private func percent(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "" : NumberText.fixed(100 * Double(part) / Double(whole), places: 2) + " %"
  }

  /// Whether no text has a grade.
  var gradesNothing: Bool { report.total.graded == 0 }

  // MARK: Table

  var table: String {
    var table = TextTable([
      ("workload", .left), ("of", .left), ("graded", .right), ("right", .right),
      ("mean", .right),
      ("no answer", .right), ("skipped", .right), ("same", .right), ("up", .right), ("down", .right),
    ])
    for tally in report.tallies + (report.tallies.count > 1 ? [report.total] : []) {
      table.append([
        TextTable.clipped(tally.workload, to: 16), TextTable.clipped(label(tally), to: 28),
        NumberText.count(tally.graded), NumberText.count(tally.right),
        mean(tally).map { NumberText.fixed($0, places: 4) } ?? "", NumberText.count(tally.unanswered),
        NumberText.count(notGraded(tally)),
        percent(tally.scoredBefore - tally.raised - tally.lowered, of: tally.scoredBefore),
        tally.scoredBefore == 0 ? "" : NumberText.count(tally.raised),
        tally.scoredBefore == 0 ? "" : NumberText.count(tally.lowered),
      ])
    }
    return "grades by \(report.name)\n\n" + table.text + changeTable
  }

  private var changeTable: String {
    guard !report.changes.isEmpty else { return "" }
    var table = TextTable([
      ("query", .left), ("of", .left), ("before", .right), ("answer before", .left), ("now", .right),
      ("answer", .left),
    ])
    for change in report.changes {
      table.append([
        TextTable.clipped(change.query, to: 24), TextTable.clipped(change.name, to: 30),
        change.before?.score.description ?? "", TextTable.clipped(change.before?.answer ?? "(none)", to: 24),
        change.now?.score.description ?? "", TextTable.clipped(change.now?.answer ?? "(none)", to: 40),
      ])
    }
    return "\n" + table.text
  }

  // MARK: Other forms

  var csv: String {
    var rows = [
      [
        "workload", "text", "name", "graded", "right", "mean_score", "no_answer", "scored_before", "raised",
        "lowered",
        "failed_calls", "without_text", "without_reference", "grader_failures", "prefixes",
      ]
    ]
    for tally in report.tallies {
      rows.append(
        [tally.workload, kind(tally.role), tally.name, "\(tally.graded)", "\(tally.right)"]
          + [mean(tally).map { NumberText.fixed($0, places: 6) } ?? ""]
          + [
            tally.unanswered, tally.scoredBefore, tally.raised, tally.lowered, tally.failedCalls,
            tally.withoutText,
            tally.withoutReference, tally.graderFailures, tally.prefixes,
          ].map(String.init))
    }
    return CSVText.text(rows)
  }

  /// The document `lightreplay.grade/1`.
  var json: JSONValue {
    func count(_ value: Int) -> JSONValue { .integer(Int128(value)) }
    func grade(_ grade: Grade?) -> JSONValue {
      .optional(grade) {
        .object([
          "answer": .optional($0.answer, JSONValue.string),
          "score": .number(Double($0.score.millionths) / Double(Score.unit)),
        ])
      }
    }
    func items(_ items: [GradingReport.Item]) -> JSONValue {
      .array(
        items.map {
          .object([
            "query": .string($0.query), "text": .string(kind($0.role)), "name": .string($0.name),
            "before": grade($0.before), "now": grade($0.now),
            "failure": .optional($0.failure, JSONValue.string),
          ])
        })
    }
    return .object([
      "format": .string("lightreplay.grade/1"), "grader": .string(report.name),
      "compared_only": .bool(isComparison),
      "rescored": .array(isComparison ? [] : report.rescored.map(JSONValue.string)),
      "texts": .array(
        report.tallies.map {
          .object([
            "workload": .string($0.workload), "text": .string(kind($0.role)), "name": .string($0.name),
            "graded": count($0.graded), "right": count($0.right),
            "mean_score": .optional(mean($0), JSONValue.number),
            "no_answer": count($0.unanswered), "scored_before": count($0.scoredBefore),
            "raised": count($0.raised),
            "lowered": count($0.lowered), "failed_calls": count($0.failedCalls),
            "without_text": count($0.withoutText),
            "without_reference": count($0.withoutReference), "grader_failures": count($0.graderFailures),
            "prefixes": count($0.prefixes),
          ])
        }),
      "changes": items(report.changes), "failures": items(report.failures),
    ])
  }

  // MARK: Notes

  /// What to know beside the figures.
  var notes: [String] {
    let total = report.total
    var notes = report.failures.map { "\($0.query), \($0.name): not graded: \($0.failure ?? "")" }
    if total.graderFailures > report.failures.count { notes.append("… \(total.graderFailures) in all") }
    if total.withoutReference > 0 {
      let few = total.withoutReference == 1
      notes.append(
        """
        \(total.withoutReference.counted("text")) \(few ? "has" : "have") no reference that this grader can \
        compare with; \(few ? "it has" : "they have") no grade
        """)
    }
    if total.withoutText > 0 {
      let few = total.withoutText == 1
      notes.append(
        """
        \(total.withoutText.counted("call")) \(few ? "has" : "have") no text; \
        \(few ? "it keeps what it has" : "they keep what they have")
        """)
    }
    if total.failedCalls > 0 {
      let few = total.failedCalls == 1
      notes.append(
        """
        \(total.failedCalls.counted("call")) failed when recorded; \(few ? "it scores" : "they score") 0
        """)
    }
    guard !gradesNothing else { return notes + ["nothing was graded; the trace keeps the scores it has"] }
    guard !isComparison else { return notes + ["nothing was changed (--compare)"] }
    if !report.rescored.isEmpty {
      let cuts = total.prefixes > 0 ? ", with \(NumberText.count(total.prefixes)) prefixes" : ""
      notes.append("these grades are now the scores of \(report.rescored.joined(separator: ", "))\(cuts)")
    }
    if !report.kept.isEmpty {
      notes.append(
        "kept the scores of \(report.kept.joined(separator: ", ")); --set-default replaces them, sweep --grader \(report.name) takes the new ones"
      )
    }
    return notes
  }
}
