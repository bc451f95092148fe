import RoutingCore
import Testing

@Suite struct CalibratorTests {
  /// Six queries over three candidates with one recorded judge at B = 10 and full.
  ///
  /// | queries | scores m1 m2 m3 | order at 10 | order at full |
  /// |---|---|---|---|
  /// | q0–q2 | 1 0 0 | m1 m2 m3 | m1 m2 m3 |
  /// | q3–q4 | 0 1 0 | m3 m2 m1 | m2 m3 m1 |
  /// | q5 | 1 1 1 | m1 m2 m3 | m1 m2 m3 |
  static let sketch: TraceSketch = {
    let queries = (0..<6).map { index -> QueryRecord in
      let scores = index < 3 ? [1, 0, 0] : index < 5 ? [0, 1, 0] : [1, 1, 1]
      var calls = zip(["m1", "m2", "m3"], scores).map { model, score in
        response(
          model, in: 10, out: 20, answer: score == 1 ? "right" : "wrong \(model)", score: score * 1_000_000)
      }
      let isLate = (3...4).contains(index)
      calls.append(ranking(isLate ? "m3 m2 m1" : "m1 m2 m3", boot: .tokens(10), in: 30, out: 3))
      calls.append(ranking(isLate ? "m2 m3 m1" : "m1 m2 m3", boot: .full, in: 60, out: 3))
      for members in ["m1 m2", "m1 m3", "m2 m3", "m1 m2 m3"] {
        // The merger is right on q0, q1 and q5 only.
        calls.append(merge(members, in: 40, out: 20, score: [0, 1, 5].contains(index) ? 1_000_000 : 0))
      }
      return query(calls, name: "q\(index)")
    }
    return TraceSketch("m1", "m2", "m3", "judge", pool: ["m1", "m2", "m3"], queries: queries)
  }()

  private func calibration(_ sketch: TraceSketch = sketch, threads: Int = 1) async throws
    -> WorkloadCalibration
  {
    let trace = try sketch.trace()
    let grid = try Grid(Calibrator.request(GridRequest(), for: trace), for: trace)
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = 200
    settings.threads = threads
    let runner = try SweepRunner(
      trace: trace, policies: grid.policies, prices: .tokens(for: trace), settings: settings)
    return try await Calibrator(grid: grid, runner: runner).calibrate(trace.workloads[0])
  }

  private func calibrated(_ calibration: WorkloadCalibration, _ selector: String, _ boot: BootBudget) throws
    -> RankingCalibration
  {
    try #require(calibration.rankings.first { $0.selector == selector && $0.boot == boot })
  }

  @Test("Five of six queries carry information")
  func informative() async throws {
    let share = try #require(try await calibration().informative)
    #expect(abs(share.mean - 5.0 / 6) < 1e-12)
  }

  @Test("Somers' D pools pairs over queries")
  func somersD() async throws {
    let calibration = try await calibration()
    // At full every pair stands right; at 10 one of two is wrong on two of five queries: (8 − 2) / 10.
    #expect(try calibrated(calibration, "recorded", .full).somersD?.mean == 1)
    #expect(
      abs(try #require(try calibrated(calibration, "recorded", .tokens(10)).somersD).mean - 0.6) < 1e-12)
  }

  @Test("Hits are counted against the exact expectation of a random order")
  func hits() async throws {
    let own = try calibrated(await calibration(), "recorded", .tokens(10))
    let (first, second) = (own.hits[0], own.hits[1])
    #expect(abs(first.rate.mean - 4.0 / 6) < 1e-12)
    #expect(second.rate.mean == 1)
    // One best of three on five queries, all best on the sixth.
    #expect(abs(first.random - (5.0 / 3 + 1) / 6) < 1e-8)
    #expect(abs(second.random - (10.0 / 3 + 1) / 6) < 1e-8)
  }

  @Test("The random order is compared with, never calibrated")
  func bounds() async throws {
    let calibration = try await calibration()
    #expect(!calibration.rankings.contains { $0.selector == "random" })
    #expect(calibration.rankings.contains { $0.selector == "prior" })
    #expect(Set(calibration.worth.map(\.selector)) == ["recorded"])
  }

  @Test("Merges are counted by right inputs, with what they lost and found")
  func merges() async throws {
    let pair = try #require(try await calibration().aggregators.first { $0.k == 2 })
    #expect(pair.byRight.map(\.queries) == [0, 5, 1])
    #expect(pair.byRight[0].merged == nil)
    #expect(abs(try #require(pair.byRight[1].merged).mean - 0.4) < 1e-12)
    #expect(pair.byRight[2].merged?.mean == 1)
    #expect(abs(try #require(pair.lost).mean - 0.5) < 1e-12)
    #expect(pair.found == nil)
  }

  @Test("Queries whose first candidates disagree are scored apart")
  func contradictions() async throws {
    let pair = try #require(try await calibration().contradictions.first { $0.k == 2 })
    #expect(pair.queries == 5)
    #expect(pair.first?.mean == 1)
    #expect(abs(try #require(pair.merged).mean - 0.4) < 1e-12)
    #expect(pair.mergedAgreeing?.mean == 1)
  }

  @Test("Six queries are too few to name a sufficient boot budget")
  func tooFew() async throws {
    let calibration = try await calibration()
    let first = try #require(calibration.sufficient.first { $0.k == 1 })
    #expect(abs(first.losses[0].loss.mean - 2.0 / 6) < 1e-12)
    #expect(first.verdict == .cannotTell(queries: nil))
    #expect(calibration.signatures.allSatisfy { $0.verdict == .cannotTell })
  }

  @Test("A query without a ranking is left out, not counted as wrong")
  func gaps() async throws {
    let sketch = Self.sketch.removing { $0.role == .ranking && $0.bootBudget == .full }
    var request = GridRequest()
    request.boots = [.tokens(10), .full]
    let trace = try sketch.trace()
    let grid = try Grid(Calibrator.request(request, for: trace), for: trace)
    var settings = SweepSettings()
    settings.replicates = 50
    settings.minCoverage = try #require(CoverageShare(decimal: "0.8"))
    let runner = try SweepRunner(
      trace: trace, policies: grid.policies, prices: .tokens(for: trace), settings: settings)
    let calibration = try await Calibrator(grid: grid, runner: runner).calibrate(trace.workloads[0])
    #expect(calibration.comparedRows == 5)
    #expect(calibration.rows == 6)
  }

  @Test("One thread and four give the same figures")
  func threads() async throws {
    let (one, four) = (try await calibration(), try await calibration(threads: 4))
    #expect(one.rankings.map(\.somersD) == four.rankings.map(\.somersD))
    #expect(one.worth.map(\.score) == four.worth.map(\.score))
    #expect(one.informative == four.informative)
  }
}
