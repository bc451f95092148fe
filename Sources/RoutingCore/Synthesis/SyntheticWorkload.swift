/// Made-up answers of any number with known truth, to try and to time: never a source of claims about models.
///
/// Candidate c of N answers rightly with probability 0.9 − 0.05 c, at least 0.3. With probability `correlation` one
/// draw decides for all candidates of a query, else each has its own: scores of equally strong candidates correlate by
/// exactly that much, those of strengths p > q by √(q(1 − p) / (p(1 − q))) of it. Every record follows from (seed, position) alone.
package struct SyntheticWorkload: Sendable {
  package var queries: Int
  package var candidates: Int
  package var workloads: Int
  /// The share of queries on which one draw decides for all candidates, in [0, 1].
  package var correlation: Double
  /// Whether answers carry text.
  package var hasTexts: Bool
  package var seed: UInt64

  package init(
    queries: Int, candidates: Int = 5, workloads: Int = 1, correlation: Double = 0.4, hasTexts: Bool = false,
    seed: UInt64 = 7
  ) {
    self.queries = queries
    self.candidates = candidates
    self.workloads = workloads
    self.correlation = correlation
    self.hasTexts = hasTexts
    self.seed = seed
  }

  /// The probability that a candidate is right; its mean score in the limit.
  package func strength(_ candidate: Int) -> Double { max(0.3, 0.9 - 0.05 * Double(candidate)) }

  package var header: TraceHeader {
    var header = TraceHeader(
      name: "synthetic", models: (0..<candidates).map { ModelDeclaration(name: "m\($0 + 1)") })
    let truth = (0..<candidates).map { "\"m\($0 + 1)\":\(strength($0))" }.joined(separator: ",")
    header.extra = RawJSON(
      text: "{\"made_up\":true,\"mean_scores\":{\(truth)},\"correlation\":\(correlation),\"seed\":\(seed)}")
    return header
  }

  /// The query at a position, with one answer of each candidate.
  package func query(at position: Int) -> QueryRecord {
    let draws = Draws(seed: seed, position: position)
    let digits = String(queries - 1).count
    let name = String(position)
    var record = QueryRecord(
      query: "q" + String(repeating: "0", count: max(0, digits - name.count)) + name,
      workload: workloads == 1 ? "made-up" : "made-up-\(position % workloads + 1)")
    record.ordinal = Int64(position)
    let isShared = draws.uniform(0) < correlation
    let inputTokens = Int32(100 + draws.number(1, below: 256))
    record.calls = (0..<candidates).map { candidate in
      let first = UInt32(2 + candidate * 4)
      let isRight = draws.uniform(isShared ? 2 : first) < strength(candidate)
      var call = CallRecord(role: .response)
      call.model = "m\(candidate + 1)"
      call.answer = isRight ? "right" : "wrong \(draws.number(first + 1, below: 4) + 1)"
      call.score = isRight ? .one : .zero
      call.inputTokens = inputTokens
      let tokens = 50 + draws.number(first + 2, below: 512)
      call.outputTokens = Int32(tokens)
      call.timeToFirstToken = Microseconds(count: 300_000)
      call.duration = Microseconds(count: 300_000 + Int128(tokens) * 10_000)
      if hasTexts { call.text = draws.text(first + 3, tokens: tokens, ending: call.answer ?? "") }
      return call
    }
    return record
  }
}

/// Random numbers of one query.
private struct Draws {
  private static let words = [
    "so", "the", "sum", "of", "both", "is", "what", "we", "need", "first", "then", "add", "half", "and",
    "take",
    "rest",
  ]

  private let random: Philox
  private let item: UInt64

  init(seed: UInt64, position: Int) {
    random = Philox(seed: seed)
    item = UInt64(position)
  }

  /// In [0, 1).
  func uniform(_ draw: UInt32) -> Double {
    Double(random.bits(item: item, draw: draw) >> 11) / 9_007_199_254_740_992
  }

  func number(_ draw: UInt32, below bound: UInt64) -> Int {
    Int(random.bits(item: item, draw: draw).multipliedFullWidth(by: bound).high)
  }

  /// About a word a token, the answer last.
  func text(_ draw: UInt32, tokens: Int, ending: String) -> String {
    var words: [String] = []
    words.reserveCapacity(tokens)
    for block in 0..<UInt32((tokens + 15) / 16) {
      var bits = random.bits(item: item, draw: draw, attempt: block + 1)
      for _ in 0..<min(16, tokens - Int(block) * 16) {
        words.append(Self.words[Int(bits & 15)])
        bits >>= 4
      }
    }
    return words.joined(separator: " ") + ": " + ending
  }
}
