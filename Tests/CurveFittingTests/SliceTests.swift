import CurveFitting
import RoutingCore
import Testing

/// Curves of a trace's policies.
struct SliceTests {
  /// Sixty queries, four models, answers of 5 to 400 tokens.
  private func trace() throws -> Trace {
    var draws = Draws(seed: 7)
    var graded = GradedTrace(
      (0..<60).map { _ in
        let ease = draws.uniform()
        return (0..<4).map { model in
          let isRight = draws.uniform() < 0.2 + 0.15 * Double(model) + 0.4 * ease
          return (isRight ? 1_000_000 : 0, isRight ? "right" : "wrong \(Int(3 * draws.uniform()))")
        }
      })
    graded.outputs = graded.rows.map { _ in (0..<4).map { _ in Int32(5 + 395 * draws.uniform()) } }
    return try graded.trace()
  }

  private func evidence(_ trace: Trace, _ change: (inout GridRequest) -> Void) async throws -> Evidence {
    var request = GridRequest()
    request.selectors = ["length"]
    request.aggregators = ["vote"]
    request.layers = [2]
    request.boots = [.tokens(50)]
    change(&request)
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = 400
    let grid = try Grid(request, for: trace)
    return await
      (try SweepRunner(trace: trace, policies: grid.policies, prices: .tokens(for: trace), settings: settings))
      .evidence(trace.workloads[0])
  }

  @Test("Along k there is one slice for each boot budget, ascending")
  func alongK() async throws {
    let trace = try trace()
    let evidence = try await evidence(trace) { $0.boots = [.tokens(50), .full] }
    let slices = CurveSlice.slices(of: evidence, along: .k)
    #expect(
      slices.map(\.name) == [
        "boot=50,layers=2,selector=length,aggregator=vote",
        "boot=full,layers=2,selector=length,aggregator=vote",
      ])
    for slice in slices {
      #expect(slice.members.map(\.x) == [1, 2, 3, 4])
      for member in slice.members {
        guard case .scheme(let scheme) = evidence.policy(member.position) else {
          Issue.record("not a scheme")
          continue
        }
        #expect(member.x == Double(scheme.k.first))
      }
    }
  }

  @Test("A vote of two is the first one's answer: its point is merged with that of k = 1")
  func merged() async throws {
    let trace = try trace()
    let evidence = try await evidence(trace) { _ in }
    let sample = CurveSample(
      try #require(CurveSlice.slices(of: evidence, along: .k).first), of: evidence, in: trace)
    #expect(sample.fitted.map { sample.measured[$0].x } == [1, 3, 4])
    #expect(sample.twin(of: 1) == 0)
    let curve = try CurveAnalysis().curve(sample, workload: "w")
    #expect(curve.points.map(\.isFitted) == [true, false, true, true])
    #expect(curve.points[1].remark == "equal to 1 on every query")
    #expect(curve.rank == 3)
  }

  @Test("A boot of everything is drawn at the mean output length and not fitted")
  func full() async throws {
    let trace = try trace()
    let evidence = try await evidence(trace) {
      $0.k = [KSchedule(constant: 1)]
      $0.boots = [.tokens(25), .tokens(50), .tokens(100), .tokens(200), .full]
    }
    let slice = try #require(CurveSlice.slices(of: evidence, along: .boot).first)
    let sample = CurveSample(slice, of: evidence, in: trace)
    #expect(sample.measured.map(\.x) == [25, 50, 100, 200])
    let drawn = try #require(sample.drawn)
    let outputs = trace.responses.output.map(Double.init)
    #expect(abs(drawn.x - outputs.reduce(0, +) / Double(outputs.count)) < 1e-9)
    let last = try #require(try CurveAnalysis().curve(sample, workload: "w").points.last)
    #expect(!last.isFitted)
    #expect(last.y == drawn.score)
  }

  @Test("The covariance of the points is that of their replicates")
  func covariance() async throws {
    let trace = try trace()
    let evidence = try await evidence(trace) { _ in }
    let sample = CurveSample(
      try #require(CurveSlice.slices(of: evidence, along: .k).first), of: evidence, in: trace)
    guard case .correlated(let covariance, false) = sample.data.errors else {
      Issue.record("no covariance")
      return
    }
    for (row, first) in sample.fitted.enumerated() {
      let error = Estimate.standardDeviation(sample.measured[first].scores)
      #expect(abs(covariance[row * 3 + row].squareRoot() - error) < 1e-12)
      #expect(sample.data.points[row].standardError == covariance[row * 3 + row].squareRoot())
    }
    #expect(covariance[1] == covariance[3])
  }

  @Test("A score that never varies still has an error")
  func sure() async throws {
    let trace = try GradedTrace((0..<50).map { index in [1_000_000, index % 2 == 0 ? 1_000_000 : 0, 0] })
      .trace()
    let evidence = try await evidence(trace) {
      $0.selectors = ["static:m0>m1>m2"]
      $0.aggregators = ["mean"]
    }
    let sample = CurveSample(
      try #require(CurveSlice.slices(of: evidence, along: .k).first), of: evidence, in: trace)
    #expect(sample.measured[0].standardError == 0)
    // Two successes and two failures added to fifty: p = 52/54.
    let share = 52.0 / 54
    #expect(
      abs(try #require(sample.data.points[0].standardError) - (share * (1 - share) / 54).squareRoot()) < 1e-12
    )
  }

  @Test("Without λ there is no optimum; with one, it is where S − λT is largest on the curve")
  func optimum() async throws {
    let trace = try trace()
    let evidence = try await evidence(trace) { _ in }
    let sample = CurveSample(
      try #require(CurveSlice.slices(of: evidence, along: .k).first), of: evidence, in: trace)
    var analysis = CurveAnalysis()
    analysis.families = ["linear"]
    #expect(try analysis.curve(sample, workload: "w").optimum == nil)
    analysis.lambda = 1e-6
    let curve = try analysis.curve(sample, workload: "w")
    let best = try #require(curve.optimum)
    let line = try #require(
      curve.families.compactMap(\.fit).first { $0.family == curve.chosen }?.parameters.map(\.value))
    let objectives = sample.measured.map { line[0] + line[1] * $0.x - 1e-6 * $0.cost }
    let largest = try #require(objectives.max())
    #expect(best.x == sample.measured[try #require(objectives.firstIndex(of: largest))].x)
    #expect(abs(best.objective - largest) < 1e-12)
    #expect(try #require(best.low) <= best.x && best.x <= (try #require(best.high)))
  }

  @Test("An enormous λ makes the cheapest best, by the curve and by the points, and both say so")
  func cheapest() async throws {
    let trace = try trace()
    let evidence = try await evidence(trace) { _ in }
    let sample = CurveSample(
      try #require(CurveSlice.slices(of: evidence, along: .k).first), of: evidence, in: trace)
    var analysis = CurveAnalysis()
    analysis.lambda = 1
    let curve = try analysis.curve(sample, workload: "w")
    let best = try #require(curve.optimum)
    #expect(best.x == 1 && best.measured.x == 1 && best.low == 1 && best.high == 1)
    #expect(best.isAtEdge && best.agrees)
    #expect(curve.notes.contains { $0.contains("agrees with the measured one") })
  }

  @Test("Of measured places that are equally good the cheaper is the best")
  func equallyGood() async throws {
    var draws = Draws(seed: 3)
    var graded = GradedTrace(
      (0..<60).map { _ in
        (0..<4).map { model in
          let isRight = draws.uniform() < (model == 0 ? 0.9 : 0.2)
          return (isRight ? 1_000_000 : 0, isRight ? "right" : "wrong")
        }
      })
    graded.outputs = graded.rows.map { _ in [100, 60, 60, 60] }
    let trace = try graded.trace()
    let evidence = try await evidence(trace) { _ in }
    let sample = CurveSample(
      try #require(CurveSlice.slices(of: evidence, along: .k).first), of: evidence, in: trace)
    // A vote of two is the first one's answer, and the first is nearly always right.
    #expect(sample.measured[0].score == sample.measured[1].score)
    #expect(sample.measured[0].score > sample.measured[2].score)
    var analysis = CurveAnalysis()
    analysis.families = ["constant"]
    analysis.lambda = 0
    #expect(try #require(analysis.curve(sample, workload: "w").optimum).measured.x == 1)
  }

  @Test("The interior optimum of a rise-and-fall is found to a millionth")
  func interior() throws {
    let truth = TrueCurve.all[10]
    let fitted = try CurveFitter(truth.data()).fit("rise-and-fall", hasIntervals: false)
    // b/τ e^{−x/τ} = c: x = τ ln(b / (c τ)) = 50 ln 30.
    let peak = 50 * 3.4011973816621555
    #expect(abs(fitted.slope(at: peak)) < 1e-9)
  }
}
