import Reporting
import Testing

@Suite struct HTMLPageTests {
  @Test("Names that are markup are shown, not obeyed")
  func hostile() async throws {
    var sketch = ReportSketch()
    sketch.workloads = Array(hostileTexts.prefix(3))
    sketch.models = Array(hostileTexts.suffix(5))
    let page = try await sketch.made().report.text(as: .html)
    // Ours: one program, the data of the explorer, and one specification per chart.
    #expect(page.matches(of: /<script>/).count == 1)
    #expect(page.matches(of: /<img|onerror="|onload="/).isEmpty)
    #expect(
      page.matches(of: /<script type="application\/json"/).count == page.matches(of: /<figure/).count + 1)
  }

  @Test("A page refers to nothing outside itself")
  func selfContained() async throws {
    let page = try await ReportSketch().made().report.text(as: .html)
    #expect(page.matches(of: /(src|href)="(?!#)/).isEmpty)
    #expect(page.matches(of: /@import|url\(/).isEmpty)
  }

  @Test("A name of 10,000 characters is shown in part")
  func longNames() async throws {
    var sketch = ReportSketch()
    sketch.models[1] = String(repeating: "x", count: 10_000)
    let page = try await sketch.made().report.text(as: .html)
    let longest = page.split(whereSeparator: { $0 != "x" }).map(\.count).max() ?? 0
    // The program alone needs the whole id, once.
    #expect(page.matches(of: /x{10000}/).count <= 1 && longest <= 10_000)
  }
}
