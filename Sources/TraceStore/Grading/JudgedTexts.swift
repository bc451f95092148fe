package import RoutingCore
import Synchronization

/// The texts of a trace that a judging model has to see, and what it said about them.
package enum JudgedTexts {
  /// One query for each different question, named after its hash, in the order of the names.
  ///
  /// - Throws: as ``TraceGrading/run(_:_:on:progress:)``, which decides what is graded.
  package static func queries(
    _ question: JudgeQuestion, _ settings: GradingSettings, on path: String
  ) throws -> [QueryRecord] {
    var settings = settings
    settings.comparesOnly = true
    let collector = QuestionCollector(question)
    _ = try TraceGrading.run(collector, settings, on: path) { _ in }
    return collector.queries
  }

  /// Replies by question, from a trace that holds them.
  package static func replies(in path: String) throws -> [ExactString: String] {
    var replies: [ExactString: String] = [:]
    try TraceDatabase(reading: path).forEachQuery { query in
      guard let prompt = query.prompt else { return }
      replies[ExactString(prompt)] = query.calls.first { $0.role == .response && $0.error == nil }?.text
    }
    return replies
  }
}

/// Grades nothing and notes what would be asked.
private final class QuestionCollector: AnswerGrader {
  private let question: JudgeQuestion
  private let found = Mutex<[String: QueryRecord]>([:])

  init(_ question: JudgeQuestion) { self.question = question }

  var findsAnswers: Bool { false }

  func grade(_ item: GradingItem) throws(GradingGap) -> Grade {
    var text = try question.text(about: item)
    let name = text.withUTF8 { TextHash(UnsafeRawBufferPointer($0)) }.hexadecimal
    var query = QueryRecord(query: name, workload: item.workload)
    query.prompt = text
    found.withLock { found in
      // Texts of several workloads may be the same question: the first name holds it, whatever the order.
      if let other = found[name], other.workload <= query.workload { return }
      found[name] = query
    }
    throw .failed("not judged yet")
  }

  var queries: [QueryRecord] {
    found.withLock { found in found.values.sorted { ExactString($0.query) < ExactString($1.query) } }
  }
}
