import CurveFitting
import RoutingCore
import Testing

/// Fits of simulated curves with known truth: 2000 a design, correlated points, fixed seeds.
struct SimulationTests {
  static let curves = 2000

  /// Points that share most of their noise, as points on the same queries do.
  struct Design: Sendable, CustomTestStringConvertible {
    let truth: TrueCurve
    let correlation: Double
    let deviation: Double
    var testDescription: String { truth.testDescription }

    func data(_ draws: inout Draws) -> CurveData {
      let noise = draws.correlated(truth.x.count, correlation: correlation, deviation: deviation)
      return truth.data(
        plus: noise,
        errors: TrueCurve.equicorrelated(truth.x.count, correlation: correlation, deviation: deviation))
    }
  }

  /// Among them: x_max ≥ 3τ.
  static let identified: [Design] = [
    Design(truth: TrueCurve.all[1], correlation: 0.8, deviation: 0.02),
    Design(truth: TrueCurve.all[2], correlation: 0.8, deviation: 0.02),
    Design(truth: TrueCurve.all[3], correlation: 0.8, deviation: 0.01),
    Design(truth: TrueCurve.all[4], correlation: 0.5, deviation: 0.005),
    Design(truth: TrueCurve.all[5], correlation: 0.8, deviation: 0.005),
    Design(truth: TrueCurve.all[7], correlation: 0.8, deviation: 0.005),
    Design(truth: TrueCurve.all[8], correlation: 0.8, deviation: 0.01),
    Design(truth: TrueCurve.all[10], correlation: 0.8, deviation: 0.005),
  ]

  @Test("95 % intervals of the true family hold the truth in 93 to 97 %", arguments: identified)
  func coverage(_ design: Design) throws {
    var draws = Draws(seed: 11)
    var held = [Int](repeating: 0, count: design.truth.parameters.count)
    for _ in 0..<Self.curves {
      let fit = try CurveFitter(design.data(&draws)).fit(design.truth.family).fit
      for (index, parameter) in fit.parameters.enumerated() {
        let truth = design.truth.parameters[index]
        if (parameter.low ?? -.infinity) <= truth, truth <= (parameter.high ?? .infinity) { held[index] += 1 }
      }
    }
    for (index, count) in held.enumerated() {
      let share = Double(count) / Double(Self.curves)
      #expect((0.93...0.97).contains(share), "parameter \(index): \(share)")
    }
  }

  @Test("Where the points end before the curve bends enough, its limit is often not identified, and says so")
  func unidentified() throws {
    // x_max = 1.3 τ.
    let truth = TrueCurve(
      family: "saturating-exponential", parameters: [0.85, 0.5, 300], x: TrueCurve.budgets
    ) {
      0.85 - 0.5 * TrueCurve.decay($0 / 300)
    }
    let design = Design(truth: truth, correlation: 0.8, deviation: 0.08)
    var draws = Draws(seed: 13)
    var (held, open) = (0, 0)
    for _ in 0..<Self.curves {
      let limit = try #require(try CurveFitter(design.data(&draws)).fit(truth.family).fit.parameters.first)
      if limit.high == nil { open += 1 }
      if (limit.low ?? -.infinity) <= 0.85, 0.85 <= (limit.high ?? .infinity) { held += 1 }
    }
    #expect(open > Self.curves / 10)
    #expect(held >= 93 * Self.curves / 100)
  }

  @Test("Flat curves are called flat in at least 93 %", arguments: [TrueCurve.budgets, TrueCurve.counts])
  func flat(_ x: [Double]) throws {
    var draws = Draws(seed: 12)
    let truth = TrueCurve(family: "constant", parameters: [0.7], x: x) { _ in 0.7 }
    let design = Design(truth: truth, correlation: 0.8, deviation: 0.02)
    var flat = 0
    for _ in 0..<Self.curves {
      let chosen = try CurveFitter(design.data(&draws)).fits(hasIntervals: false).chosen
      if chosen?.fit.family == "constant" { flat += 1 }
    }
    let share = Double(flat) / Double(Self.curves)
    #expect(share >= 0.93)
  }
}

/// The same through the bootstrap: answers to queries, resampled as a trace's are.
struct ResamplingSimulationTests {
  static let queries = 300
  static let replicates = 600

  /// Weights by replicate, shared by all curves.
  private static let weights: [[Double]] = {
    let weights = PoissonWeights(seed: 5)
    return (0..<UInt32(replicates)).map { replicate in
      (0..<UInt64(queries)).map {
        Double(weights.weight(group: $0 &* 0x9E37_79B9_7F4A_7C15, replicate: replicate, attempt: 0))
      }
    }
  }()

  /// Right or wrong at each x with the chance of the curve; mostly the same luck at every x.
  private func data(_ truth: TrueCurve, luck: Double, _ draws: inout Draws) -> CurveData {
    let columns = Self.columns(truth, luck: luck, &draws)
    let means = columns.map { $0.reduce(0, +) / Double(Self.queries) }
    let replicates = columns.map { column in
      Self.weights.map { drawn in
        var sum = 0.0
        var total = 0.0
        for query in 0..<Self.queries {
          sum += drawn[query] * column[query]
          total += drawn[query]
        }
        return sum / total
      }
    }
    return CurveData(
      points: zip(truth.x, means).map { CurvePoint(x: $0, y: $1) },
      errors: .correlated(covariance: Moments.covariance(replicates), isGiven: false))
  }

  private static func columns(_ truth: TrueCurve, luck: Double, _ draws: inout Draws) -> [[Double]] {
    var columns = truth.x.map { _ in [Double](repeating: 0, count: queries) }
    for query in 0..<queries {
      let shared = draws.uniform()
      for (index, chance) in truth.y.enumerated() {
        let own = draws.uniform() < luck ? draws.uniform() : shared
        columns[index][query] = own < chance ? 1 : 0
      }
    }
    return columns
  }

  @Test("With a bootstrap covariance flat curves are called flat in at least 93 %")
  func flat() throws {
    var draws = Draws(seed: 31)
    let truth = TrueCurve(family: "constant", parameters: [0.7], x: TrueCurve.budgets) { _ in 0.7 }
    var flat = 0
    for _ in 0..<SimulationTests.curves {
      let fits = try CurveFitter(data(truth, luck: 0.3, &draws)).fits(hasIntervals: false)
      if fits.chosen?.fit.family == "constant" { flat += 1 }
    }
    let share = Double(flat) / Double(SimulationTests.curves)
    #expect(share >= 0.93)
  }

  @Test("With a bootstrap covariance the intervals of a saturating curve hold the truth in 93 to 97 %")
  func coverage() throws {
    var draws = Draws(seed: 32)
    let truth = TrueCurve.all[3]
    var held = [0, 0, 0]
    for _ in 0..<SimulationTests.curves {
      let fit = try CurveFitter(data(truth, luck: 0.3, &draws)).fit(truth.family).fit
      for (index, parameter) in fit.parameters.enumerated() {
        let value = truth.parameters[index]
        if (parameter.low ?? -.infinity) <= value, value <= (parameter.high ?? .infinity) { held[index] += 1 }
      }
    }
    for (index, count) in held.enumerated() {
      let share = Double(count) / Double(SimulationTests.curves)
      #expect((0.93...0.97).contains(share), "parameter \(index): \(share)")
    }
  }

  @Test("The bootstrap interval of ρ holds the truth in 93 to 97 %")
  func rho() async throws {
    // Easy and hard queries, evenly; each model right with its chance on either.
    let chances = [(0.9, 0.5), (0.8, 0.3), (0.95, 0.4), (0.7, 0.6)]
    var draws = Draws(seed: 33)
    let means = chances.map { ($0.0 + $0.1) / 2 }
    let variance = means.reduce(0) { $0 + $1 * (1 - $1) } / 4
    var covariance = 0.0
    for first in 0..<4 {
      for second in 0..<4 where second != first {
        covariance += (chances[first].0 - chances[first].1) * (chances[second].0 - chances[second].1) / 4 / 12
      }
    }
    let truth = covariance / variance
    var settings = SweepSettings()
    settings.replicates = 600
    var held = 0
    for _ in 0..<SimulationTests.curves {
      let graded = GradedTrace(
        (0..<Self.queries).map { _ in
          let isEasy = draws.uniform() < 0.5
          return chances.map { draws.uniform() < (isEasy ? $0.0 : $0.1) ? 1_000_000 : 0 }
        })
      let trace = try graded.trace()
      let found = try #require(
        await ModelCorrelation(trace: trace, workload: trace.workloads[0], settings: settings))
      if found.low <= truth, truth <= found.high { held += 1 }
    }
    let share = Double(held) / Double(SimulationTests.curves)
    #expect((0.93...0.97).contains(share), "\(share)")
  }
}
