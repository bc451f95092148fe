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
    var trace: Trace?
    let load = try await Benchmark.fastest(of: 3) {
      trace = try TraceDatabase(reading: path).trace(samples: .first, grader: nil)
    }
    guard let trace else { return }
    print("load\t\(load)")
    // One tile of replicates is a hundredth of the bootstrap's work: the rest is replay, sums and summary.
    let replay = try await sweep(trace, replicates: 1, threads: threads)
    print("replay\t\(replay)")
    print("bootstrap\t\(try await sweep(trace, replicates: replicates, threads: threads) - replay)")
  }

  /// Seconds a sweep of a loaded trace takes.
  private static func sweep(_ trace: Trace, replicates: Int, threads: Int) async throws -> Double {
    var settings = SweepSettings()
    settings.replicates = replicates
    settings.threads = threads
    let runner = try SweepRunner(
      trace: trace, policies: Self.grid(for: trace).policies, prices: .tokens(for: trace), settings: settings)
    return await Benchmark.fastest(of: 3) { _ = await runner.sweep(trace.workloads[0]) }
  }
}
