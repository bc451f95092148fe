import RoutingCore
import TraceStore

/// How long each stage of a sweep takes on a trace file, and how far that is from what the machine can do.
enum StageBenchmark {
  /// Thirty policies that replay from responses alone.
  static func grid(for trace: Trace) throws -> Grid {
    var request = GridRequest()
    request.k = [1, 2, 3].map { KSchedule(constant: $0) }
    request.boots = [.tokens(50), .tokens(100), .tokens(200), .tokens(400), .full]
    request.layers = [2]
    request.selectors = ["length"]
    request.aggregators = ["vote", "first"]
    return try Grid(request, for: trace)
  }

  static func run(path: String, replicates: Int, threads: Int) async throws {
    var stages: [(name: String, seconds: Double)] = []
    func time<Value>(_ name: String, _ body: () async throws -> Value) async rethrows -> Value {
      let clock = ContinuousClock()
      let start = clock.now
      let value = try await body()
      stages.append((name, Benchmark.seconds(start.duration(to: clock.now))))
      return value
    }
    let trace = try await time("load") {
      try TraceDatabase(reading: path).trace(samples: .first, grader: nil)
    }
    let grid = try Self.grid(for: trace)
    var settings = SweepSettings()
    settings.replicates = replicates
    settings.threads = threads
    let options = ReplayOptions(prices: .tokens(for: trace), threads: threads)
    let replayer = try Replayer(trace: trace, policies: grid.policies, options: options)
    let replay = await time("replay") { await replayer.replay(trace.workloads[0]) }
    let kept = Array(grid.policies.indices)
    let sums = await time("group") {
      await GroupSums(replay, in: trace, policies: kept, threads: threads)
    }
    let means = await time("bootstrap") { await ResampledMeans(sums, settings: settings) }
    let runner = try SweepRunner(
      trace: trace, policies: grid.policies, prices: .tokens(for: trace), settings: settings)
    let evidence = await time("evidence") { await runner.evidence(trace.workloads[0]) }
    _ = await time("summary") { await runner.summary(evidence) }
    _ = means
    for stage in stages { print("\(stage.name)\t\(stage.seconds)") }
  }
}
