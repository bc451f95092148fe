import RoutingCore
import Testing

/// How records are laid out as rows, groups and candidates.
@Suite struct TraceTests {
  private func trace(_ queries: [QueryRecord]) throws -> Trace {
    try TraceSketch("a", queries: queries).trace()
  }

  @Test("Rows are sorted by workload, group and query, whatever the order of the records")
  func rowOrder() throws {
    let records = [
      query([], name: "q3", workload: "w2", group: "g1"), query([], name: "q1", workload: "w2", group: "g2"),
      query([], name: "q2", workload: "w1", group: "g2"), query([], name: "q0", workload: "w2", group: "g2"),
    ]
    for order in [records, records.reversed()] {
      let trace = try trace(order)
      #expect(trace.rows.query == ["q2", "q3", "q0", "q1"])
      #expect(trace.workloads.map(\.name) == ["w1", "w2"])
      #expect(trace.workloads.map(\.rows) == [0..<1, 1..<4])
      #expect(trace.workloads.map(\.groups) == [0..<1, 1..<3])
      #expect(Array(trace.groups.rowStart) == [0, 1, 2, 4])
    }
  }

  @Test("Names sort by code point")
  func codePoints() throws {
    let names = ["b", "B", "é", "z", "\u{10000}", "\u{FFFD}"]
    let trace = try trace(names.map { query([], name: $0) })
    #expect(trace.rows.query == ["B", "b", "z", "é", "\u{FFFD}", "\u{10000}"])
  }

  @Test("A query without a group is its own")
  func ownGroup() throws {
    let trace = try trace([query([], name: "q1"), query([], name: "q2")])
    #expect(Array(trace.groups.key) == [TraceSketch.digest("q1").key, TraceSketch.digest("q2").key])
  }

  @Test("Workloads, groups and models whose names differ in bytes are different ones")
  func exactNames() throws {
    let composed = "\u{E9}"
    let decomposed = "e\u{301}"
    let workloads = try trace([
      query([], name: "1", workload: composed), query([], name: "2", workload: decomposed),
      query([], name: "3", workload: composed),
    ])
    #expect(workloads.workloads.map(\.rows.count) == [1, 2])
    let groups = try trace([
      query([], name: "1", group: composed), query([], name: "2", group: decomposed),
    ])
    #expect(groups.groups.key.count == 2)
    let models = try TraceSketch(
      composed, decomposed,
      queries: [query([response(composed, in: 1, out: 1), response(decomposed, in: 2, out: 2)])]
    ).trace()
    #expect(Array(models.responses.output) == [1, 2])
  }

  @Test("Recorded names that differ in bytes are told apart")
  func exactToolNames() async throws {
    let sketch = Bench.sketch.changing { calls in
      for (name, score) in [("\u{E9}", 111), ("e\u{301}", 222)] {
        calls.append(merge("m1 m3", by: name, in: 1, out: 1, score: score))
      }
    }
    #expect(try await sketch.replay(Bench.id(aggregator: "recorded:\u{E9}")).score == 111)
    #expect(try await sketch.replay(Bench.id(aggregator: "recorded:e\u{301}")).score == 222)
  }

  @Test("Candidates are the pool in its order, then other models that have answers")
  func candidates() throws {
    let sketch = TraceSketch(
      "a", "b", "c", "d", pool: ["c", "a"],
      queries: [query([response("d"), response("c")])])
    let trace = try sketch.trace()
    #expect(trace.candidates == ["c", "a", "d"])
    #expect(Array(trace.pool) == ["c", "a"])
  }

  @Test("A pool of more than 64 candidates is refused")
  func poolTooLarge() throws {
    func sketch(_ count: Int) -> TraceSketch {
      TraceSketch(models: (0..<count).map { ModelDeclaration(name: "m\($0)") }, queries: [query([])])
    }
    #expect(throws: TraceError.poolTooLarge(65)) { try sketch(65).trace() }
    #expect(try sketch(64).trace().rows.active[0].count == 64)
  }

  @Test("An id's key is the first eight bytes of its SHA-256, its fold the whole digest mod 10")
  func digest() {
    // SHA-256("abc") = ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad, which is
    // 84342368487090800366523834928142263660104883695016514377462985829716817089965.
    let digest = TraceSketch.digest("abc")
    #expect(digest.key == 0xBA78_16BF_8F01_CFEA)
    #expect(digest.fold == 5)
  }

  @Test("An answer, score or prefix of a call reaches its row")
  func prefixes() throws {
    let trace = try Bench.sketch.trace()
    let entry = trace.prefixes.index(row: 0, key: CutKey(candidate: 2, cut: 20))
    #expect(entry == 0)
    #expect(trace.prefixes.calls.score[0] == 125_000)
    #expect(trace.answers[Int(trace.prefixes.calls.answer[0])] == "9")
    #expect(trace.prefixes.index(row: 0, key: CutKey(candidate: 2, cut: 21)) == -1)
    #expect(trace.prefixes.index(row: 0, key: CutKey(candidate: 1, cut: 20)) == -1)
  }

  @Test("Calls over models that are no candidates have no place in a replay")
  func foreignMembers() throws {
    let sketch = Bench.sketch.changing { $0.append(merge("m1 judge", in: 1, out: 1)) }
    #expect(try sketch.trace().merges.calls.count == 1)
  }
}

@Suite struct CandidateSetTests {
  @Test("A set holds positions from 0 to 63 and lists them in ascending order")
  func positions() {
    var set = CandidateSet([63, 0, 5, 5])
    #expect(Array(set) == [0, 5, 63])
    #expect(set.count == 3)
    #expect(set.contains(63))
    #expect(!set.contains(1))
    set.insert(1)
    #expect(Array(set) == [0, 1, 5, 63])
    #expect(CandidateSet.empty.isEmpty)
    #expect(Array(CandidateSet.empty).isEmpty)
  }
}

@Suite struct ExactStringTests {
  @Test("Canonically equivalent texts are different, and hash and sort by their bytes")
  func bytes() {
    let composed = ExactString("\u{E9}")
    let decomposed = ExactString("e\u{301}")
    #expect("\u{E9}" == "e\u{301}")
    #expect(composed != decomposed)
    #expect(decomposed < composed)
    #expect(Set([composed, decomposed, composed]).count == 2)
    #expect(ExactString.sorted(["b", "a", "B"]) == ["B", "a", "b"])
  }
}

@Suite struct TokenEstimatorTests {
  @Test("Four bytes are a token, rounded up", arguments: [(0, 0), (1, 1), (4, 1), (5, 2)] as [(Int, Int32)])
  func tokens(bytes: Int, expected: Int32) {
    #expect(TokenEstimator.tokens(bytes: bytes) == expected)
  }

  @Test(
    "A cut is in proportion to the bytes, rounded down",
    arguments: [(1, 3, 10, 3), (2, 3, 10, 6), (3, 3, 10, 10), (5, 3, 10, 10), (1, 0, 0, 0)]
      as [(Int32, Int32, Int, Int)])
  func cuts(cut: Int32, tokens: Int32, bytes: Int, expected: Int) {
    #expect(TokenEstimator.byteOffset(cut: cut, tokens: tokens, bytes: bytes) == expected)
  }
}
