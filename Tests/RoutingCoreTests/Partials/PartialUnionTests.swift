import RoutingCore
import Testing

@Suite struct PartialUnionTests {
  private static let selectors = ["recorded:judge", "consensus", "random", "oracle", "static:m4>m1"]

  /// Two workloads, groups that lie in several shards, missing calls, failed calls and a judge that answered once.
  private static func everything(missing: Int, coverage: String) -> ShardSketch {
    var sketch = RandomTrace.sketch(seed: 5, queries: 28, missing: missing)
    for index in sketch.queries.indices where index % 5 == 4 { sketch.queries[index].workload = "other" }
    sketch.queries[9].calls.append(response("judge", in: 5, out: 6, ttft: 0.1, took: 1, score: 400_000))
    var shards = ShardSketch(sketch, selectors: selectors)
    shards.request.k = ["1", "2", "4", "3>1", "1|3@agreement:0.4"].compactMap { KSchedule($0) }
    shards.request.boots = [.tokens(5), .full]
    shards.request.layers = [1, 2, 3]
    shards.request.schedules = LayerSchedule.allCases
    shards.settings.minCoverage = CoverageShare(decimal: coverage) ?? .standard
    return shards
  }

  @Test(
    "Shards put together are the whole, however many there are, on any number of threads",
    arguments: [1, 2, 7, 28], [(0, "0.95"), (900, "0.95"), (900, "0.5"), (900, "1"), (60, "0.3")])
  func sharding(shards: Int, trace: (missing: Int, coverage: String)) async throws {
    let sketch = Self.everything(missing: trace.missing, coverage: trace.coverage)
    let whole = try await sketch.whole()
    #expect(whole.map(\.name) == ["other", "w"] || whole.count == 2)
    #expect(try await sketch.combined(shards: shards) == whole)
  }

  @Test("The examples leave policies out and compare some queries only")
  func examplesAreRich() async throws {
    let swept = try await Self.everything(missing: 900, coverage: "0.5").whole()
    #expect(swept.contains { !$0.excluded.isEmpty && !$0.policies.isEmpty })
    #expect(swept.contains { 0 < $0.comparedRows && $0.comparedRows < $0.rows && !$0.leftOut.isEmpty })
    #expect(swept.contains { $0.policies.contains { $0.latency != nil } })
  }

  @Test(
    "Replicates in which a shard, or every shard, draws nothing are those of the whole", arguments: [1, 2, 3])
  func emptyReplicates(queries: Int) async throws {
    var sketch = ShardSketch(RandomTrace.sketch(seed: 8, queries: queries), selectors: ["length"])
    sketch.settings.replicates = 500
    let retried = try await sketch.partial { $0 == 0 }.workloads[0].patterns[0].replicates.attempts
    #expect(retried.contains { $0 > 1 })
    #expect(try await sketch.combined(shards: queries) == sketch.whole())
  }

  @Test("Every sample of a query may be a row, and rows of a query may be covered by different policies")
  func samples() async throws {
    var sketch = RandomTrace.sketch(seed: 6, queries: 9)
    for index in sketch.queries.indices {
      for model in index % 2 == 0 ? ["m1", "m2"] : ["m1"] {
        sketch.queries[index].calls.append(
          response(model, in: 9, out: 9, score: 1_000_000, text: "w1", sample: 1))
      }
    }
    var shards = ShardSketch(sketch, selectors: ["length", "random"])
    shards.samples = .all
    shards.settings.minCoverage = CoverageShare(decimal: "0.2") ?? .standard
    #expect(try await shards.combined(shards: 4) == shards.whole())
  }

  @Test(
    "Right-or-wrong scores keep their own interval unless a group lies in two shards",
    arguments: [true, false])
  func binary(isGrouped: Bool) async throws {
    let queries = (0..<12).map { index in
      query(
        ["a", "b"].map { response($0, in: 3, out: 4, score: index % 3 == 0 ? 0 : 1_000_000, text: "x") },
        name: "q\(index)", group: isGrouped && index > 9 ? "q0" : nil)
    }
    let shards = ShardSketch(
      TraceSketch("a", "b", queries: queries), selectors: ["length"], aggregators: ["vote"])
    #expect(try await shards.combined(shards: 5) == shards.whole())
  }

  @Test("A partial without rows changes nothing")
  func identity() async throws {
    let sketch = Self.everything(missing: 0, coverage: "0.95")
    var union = PartialUnion()
    try union.add(await sketch.partial { _ in false }, from: "empty")
    try union.add(await sketch.partial { _ in true }, from: "all")
    #expect(try await union.sweep().workloads == sketch.whole())
  }

  @Test(
    "Calls that one shard lacks altogether are gaps in it and no error",
    arguments: ["recorded", "recorded:judge"])
  func toolsElsewhere(name: String) async throws {
    var sketch = RandomTrace.sketch(seed: 7, queries: 12)
    for index in sketch.queries.indices {
      sketch.queries[index].calls.removeAll { $0.tool == "editor" || ($0.role == .ranking && index % 3 == 0) }
    }
    var shards = ShardSketch(sketch, selectors: [name], aggregators: [name, "vote"])
    shards.request.boots = [.tokens(5)]
    shards.settings.minCoverage = CoverageShare(decimal: "0.5") ?? .standard
    #expect(try await shards.combined(shards: 3) == shards.whole())
  }
}
