import Reporting
import Testing

@Suite struct ChartScaleTests {
  @Test("Linear ticks are round and lie within")
  func linear() {
    let scale = ChartScale(.linear, low: 0.13, high: 0.98, from: 0, to: 100)
    #expect(scale.ticks(about: 5).map(\.text) == ["0.2", "0.4", "0.6", "0.8"])
    let large = ChartScale(.linear, low: 0, high: 4200, from: 0, to: 100)
    #expect(large.ticks(about: 5).map(\.text) == ["0", "1000", "2000", "3000", "4000"])
  }

  @Test("Logarithmic ticks are 1, 2 and 5, and fewer over many decades")
  func logarithmic() {
    let scale = ChartScale(.logarithmic, low: 0.015, high: 3, from: 0, to: 100)
    #expect(scale.ticks(about: 6).map(\.text) == ["0.02", "0.05", "0.1", "0.2", "0.5", "1", "2"])
    let wide = ChartScale(.logarithmic, low: 0.5, high: 2_000_000, from: 0, to: 100)
    #expect(
      wide.ticks(about: 6).map(\.text) == ["1", "10", "100", "1,000", "10,000", "100,000", "1,000,000"])
  }

  @Test("Within less than a decade a logarithmic axis still has ticks")
  func narrow() {
    let scale = ChartScale(.logarithmic, low: 1.1, high: 1.9, from: 0, to: 100)
    #expect(scale.ticks(about: 4).count >= 2)
  }

  @Test("Places run from end to end, and what lies outside is held")
  func places() {
    let scale = ChartScale(.logarithmic, low: 1, high: 100, from: 10, to: 30)
    #expect(scale.place(1) == 10)
    #expect(abs(scale.place(10) - 20) < 1e-12)
    #expect(scale.place(1000) == 30)
    #expect(scale.place(0.001) == 10)
  }

  @Test("One value alone, or none, still makes a scale", arguments: [[0.5], [], [0.0, 0.0]])
  func degenerate(values: [Double]) {
    let scale = ChartScale(.linear, holding: values, from: 0, to: 10)
    #expect(scale.low < scale.high)
    #expect(scale.place(0.5).isFinite)
  }
}
