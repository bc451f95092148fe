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
