import RoutingCore

/// Times the hot paths on synthetic traces and prints a table. Not part of the tests.
@main
struct Benchmark {
  static func main() async throws {
    let arguments = CommandLine.arguments
    let queries = arguments.count > 1 ? Int(arguments[1]) ?? 100_000 : 100_000
    try await CurveBenchmark.run()
    if arguments.last == "curves" { return }
    try await ReplayBenchmark.run(queries: queries)
  }

  /// The fastest of a few runs, in seconds.
  static func fastest(of runs: Int, _ body: () async throws -> Void) async rethrows -> Double {
    var best = Duration.seconds(1_000_000)
    for _ in 0..<runs {
      best = min(best, try await ContinuousClock().measure { try await body() })
    }
    return Double(best.components.seconds) + Double(best.components.attoseconds) / 1e18
  }
}
