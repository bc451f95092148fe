import RoutingCore

/// Times the hot paths; prints a name, a tab and a figure per line. Not part of the tests.
///
///     lightreplay-bench peaks THREADS
///     lightreplay-bench curves
///     lightreplay-bench stages TRACE REPLICATES THREADS
@main
struct Benchmark {
  static func main() async throws {
    var arguments = CommandLine.arguments.dropFirst()
    switch arguments.popFirst() {
    case "peaks": await PeakBenchmark.run(threads: arguments.popFirst().flatMap { Int($0) } ?? 1)
    case "curves": try await CurveBenchmark.run()
    case "stages":
      guard let path = arguments.popFirst() else { fallthrough }
      let numbers = arguments.compactMap { Int($0) }
      try await StageBenchmark.run(
        path: path, replicates: numbers.first ?? 2000, threads: numbers.count > 1 ? numbers[1] : 1)
    default: print("peaks [THREADS] | curves | stages TRACE [REPLICATES [THREADS]]")
    }
  }

  static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  /// The fastest of a few runs, in seconds.
  static func fastest(of runs: Int, _ body: () async throws -> Void) async rethrows -> Double {
    var best = Duration.seconds(1_000_000)
    for _ in 0..<runs {
      best = min(best, try await ContinuousClock().measure { try await body() })
    }
    return seconds(best)
  }
}
