import Foundation

/// Checks the statistics against simulated truth, prints the figures, and exits 1 where one is out of bounds.
///
/// Everything is simulated from fixed seeds and estimated by the code that `sweep` and `recommend` run.
@main
struct StatisticsCheck {
  /// By name, in the order of the documentation (`Statistics.md`).
  private static let checks: [(name: String, run: @Sendable () async throws -> FigureTable)] = [
    ("coverage", ScoreCoverage.table), ("groups", GroupCoverage.table),
    ("differences", DifferenceCoverage.table),
    ("k-set", KSetCoverage.table), ("met", MetReliability.table), ("held-out", HeldOutBias.table),
    ("separation", Separation.table),
  ]

  /// Arguments name the checks to run; none = all.
  static func main() async throws {
    let wanted = CommandLine.arguments.dropFirst()
    var failures = 0
    for check in checks where wanted.isEmpty || wanted.contains(check.name) {
      let clock = ContinuousClock()
      let start = clock.now
      let table = try await check.run()
      print("\(check.name): \(table.text)")
      FileHandle.standardError.write(Data("\(check.name) took \(clock.now - start)\n".utf8))
      failures += table.failures
    }
    print(failures == 0 ? "All figures are within their bounds." : "\(failures) figures are out of bounds.")
    if failures > 0 { exit(1) }
  }
}
