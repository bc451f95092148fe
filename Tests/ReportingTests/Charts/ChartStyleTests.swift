import Reporting
import Testing

@Suite struct ChartStyleTests {
  @Test("Every slot has a shape of its own")
  func shapes() {
    let marks = (0..<ChartStyle.slots).map { ChartStyle.slot($0).mark(0, 0, title: nil).markup }
    #expect(Set(marks).count == ChartStyle.slots)
  }

  @Test(
    "Lengths are written to a tenth",
    arguments: [(1.0, "1"), (-0.04, "0"), (12.35, "12.4"), (-3.25, "-3.2"), (0.05, "0")])
  func lengths(length: Double, text: String) { #expect(Paper.text(length) == text) }

  @Test("A fitted text is no wider than its room", arguments: hostileTexts)
  func fitted(text: String) {
    #expect(Paper.width(Paper.fitted(text, to: 100)) <= 100 + Paper.fontSize)
  }
}
