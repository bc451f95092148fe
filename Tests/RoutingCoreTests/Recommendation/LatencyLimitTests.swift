import RoutingCore
import Testing

@Suite struct LatencyLimitTests {
  /// Twenty queries; "slow" takes 1 s nineteen times and 30 s once, "late" 30 s twice, "untimed" has one gap.
  private let sketch: SinglesSketch = {
    func model(_ name: String, _ seconds: [Double?]) -> SinglesSketch.Model {
      .init(
        name: name, scores: .init(repeating: 500_000, count: 20), tokens: .init(repeating: 10, count: 20),
        seconds: seconds)
    }
    let quick = [Double?](repeating: 1, count: 18)
    var sketch = SinglesSketch([
      model("slow", quick + [1, 30]), model("late", quick + [30, 30]), model("untimed", quick + [1, nil]),
    ])
    // The last two queries are alone in fold 1.
    sketch.names = SinglesSketch.names(fold: 0, 18) + SinglesSketch.names(fold: 1, 2)
    return sketch
  }()

  private func limit(_ seconds: Double?) async throws -> LatencyLimit {
    LatencyLimit(try await sketch.evidence(), trace: try sketch.sketch.trace(), limit: seconds)
  }

  @Test("The 95th percentile is the nearest rank: one late query in twenty does not break the limit, two do")
  func nearestRank() async throws {
    let limit = try await limit(2)
    #expect(limit.isMet(0, without: nil))
    #expect(!limit.isMet(1, without: nil))
  }

  @Test("An unknown time fails the limit")
  func unknown() async throws {
    let limit = try await limit(100)
    #expect(limit.isMet(1, without: nil))
    #expect(!limit.isMet(2, without: nil))
    #expect(limit.summary(2) == nil)
  }

  @Test("The rows of a fold can be left out")
  func folds() async throws {
    let limit = try await limit(2)
    #expect(limit.isMet(1, without: 1))
    #expect(limit.isMet(2, without: 1))
    #expect(!limit.isMet(1, without: 0))
    #expect(!limit.isMet(1, without: 7))
  }

  @Test("Without a limit everything meets it")
  func none() async throws {
    let limit = try await limit(nil)
    #expect((0..<3).allSatisfy { limit.isMet($0, without: nil) })
  }
}
