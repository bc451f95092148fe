import Crypto
import RoutingCore

/// Traces of graded answers and merges, without texts.
struct GradedTrace {
  /// Score and answer of each model, by row.
  var rows: [[(score: Int, answer: String?)]]
  /// Rows of one query.
  var samples = 1
  /// Output tokens of each model, by row; 10 where not given.
  var outputs: [[Int32]]?
  /// A merge of members with a score, by row.
  var merges: [(members: [Int], scores: [Int])] = []

  /// In millionths; the answer of a model is its score.
  init(_ scores: [[Int]]) { rows = scores.map { $0.map { ($0, String($0)) } } }

  init(_ rows: [[(score: Int, answer: String?)]]) { self.rows = rows }

  func trace() throws -> Trace {
    let models = rows[0].count
    let header = TraceHeader(
      name: "graded", models: (0..<models).map { ModelDeclaration(name: "m\($0)") })
    let queries = (0..<rows.count / samples).map { index in
      TraceBuilder.Query(
        name: "q\(index)", workload: "w", group: "q\(index)", samples: (0..<Int32(samples)).map { $0 })
    }
    var builder = try TraceBuilder(header: header, queries: queries, respondents: 0..<models) { id in
      IdentityDigest(sha256: SHA256.hash(data: Array(id.utf8)))
    }
    for (index, row) in rows.enumerated() {
      for (model, answer) in row.enumerated() {
        var call = TraceBuilder.Call(role: .response)
        call.model = model
        call.sample = Int32(index % samples)
        call.score = Score(millionths: Int128(answer.score))
        call.answer = answer.answer
        call.usage.input = 10
        call.usage.output = outputs?[index][model] ?? 10
        builder.add(call, query: index / samples)
      }
      for merge in merges {
        var call = TraceBuilder.Call(role: .merge)
        call.tool = "judge"
        call.sample = Int32(index % samples)
        call.members = merge.members
        call.score = Score(millionths: Int128(merge.scores[index]))
        call.usage.input = 10
        call.usage.output = 10
        builder.add(call, query: index / samples)
      }
    }
    return builder.build(fingerprint: "")
  }
}
