import RoutingCore

/// Counts what a grading does.
struct GradingSummary {
  private(set) var report: GradingReport
  private let limit: Int
  private let findsAnswers: Bool
  /// Failures of a grader are always listed, but not without end.
  private static let failureLimit = 20
  private var places: [Key: Int] = [:]

  private struct Key: Hashable {
    let workload: String
    let role: CallRole
    let name: ExactString
  }

  init(_ settings: GradingSettings, header: TraceHeader, plan: GradingPlan, findsAnswers: Bool) {
    self.findsAnswers = findsAnswers
    report = GradingReport(name: settings.name)
    limit = settings.listLimit
    report.rescored = plan.workloads.filter(plan.rescores)
    report.kept = plan.workloads.filter { !plan.rescores($0) }
    self.models = header.models.map { ExactString($0.name) }
  }

  private let models: [ExactString]

  mutating func add(_ record: QueryRecord, _ outcomes: [QueryGrading.Outcome]) {
    for (call, outcome) in zip(record.calls, outcomes) {
      if case .notGraded = outcome { continue }
      let name = (call.role == .merge ? call.tool : call.model) ?? ""
      let place = place(Key(workload: record.workload, role: call.role, name: ExactString(name)))
      switch outcome {
      case .notGraded: break
      case .failedCall: report.tallies[place].failedCalls += 1
      case .withoutText: report.tallies[place].withoutText += 1
      case .gap(.failed(let why)):
        report.tallies[place].graderFailures += 1
        guard report.failures.count < Self.failureLimit else { continue }
        report.failures.append(
          .init(query: record.query, role: call.role, name: name, before: nil, now: nil, failure: why))
      case .gap: report.tallies[place].withoutReference += 1
      case .graded(let grade, let prefixes):
        report.tallies[place].add(grade, before: call.score, prefixes: prefixes.count)
        if findsAnswers, grade.answer == nil { report.tallies[place].unanswered += 1 }
        guard let score = call.score, score != grade.score, report.changes.count < limit else { continue }
        report.changes.append(
          .init(
            query: record.query, role: call.role, name: name,
            before: Grade(answer: call.answer, score: score),
            now: grade, failure: nil))
      }
    }
  }

  /// Keeps the tallies by workload, role, then model in order of the header.
  private mutating func place(_ key: Key) -> Int {
    if let place = places[key] { return place }
    let tally = GradingReport.Tally(workload: key.workload, role: key.role, name: key.name.text)
    let place = report.tallies.firstIndex { isBefore(tally, $0) } ?? report.tallies.count
    report.tallies.insert(tally, at: place)
    for (known, position) in places where position >= place { places[known] = position + 1 }
    places[key] = place
    return place
  }

  private func isBefore(_ left: GradingReport.Tally, _ right: GradingReport.Tally) -> Bool {
    func rank(_ tally: GradingReport.Tally) -> (ExactString, Int, Int, ExactString) {
      let name = ExactString(tally.name)
      return (
        ExactString(tally.workload), tally.role.rawValue, models.firstIndex(of: name) ?? models.count, name
      )
    }
    return rank(left) < rank(right)
  }
}

extension GradingReport.Tally {
  fileprivate mutating func add(_ grade: Grade, before: Score?, prefixes: Int) {
    graded += 1
    right += grade.score == .one ? 1 : 0
    total += Int64(grade.score.millionths)
    self.prefixes += prefixes
    guard let before else { return }
    scoredBefore += 1
    raised += grade.score > before ? 1 : 0
    lowered += grade.score < before ? 1 : 0
  }
}
