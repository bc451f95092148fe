import Reporting
import RoutingCore
import Testing

@Suite struct CurveFigureTests {
  private func curve(
    _ workload: String?, slice: String,
    line: [CurvePoint] = [
      CurvePoint(x: 1, y: 0.5, standardError: 0.1), CurvePoint(x: 2, y: 0.6, standardError: 0.05),
    ]
  ) -> FittedCurve {
    FittedCurve(
      workload: workload, along: "k", slice: slice,
      points: [
        .init(x: 1, y: 0.5, standardError: 0.1), .init(x: 2, y: 0.6, standardError: nil, isFitted: false),
      ],
      rank: 1, families: [], chosen: "linear", asymptote: nil, marginalGain: nil, optimum: nil, line: line,
      notes: [])
  }

  @Test("Names say only what tells the curves apart")
  func names() {
    let curves = [
      curve("alpha", slice: "boot=5,layers=2,aggregator=vote"),
      curve("alpha", slice: "boot=9,layers=2,aggregator=vote"),
    ]
    let figure = PlotFigure(curves: curves, title: "t")
    #expect(Set(figure.series.map(\.name)) == ["alpha, boot=5 (linear)", "alpha, boot=9 (linear)"])
    #expect(PlotFigure.shared(curves).joined(separator: ",") == "layers=2,aggregator=vote")
    #expect(PlotFigure(curves: [curve(nil, slice: "")], title: "t").series.first?.name == "linear")
  }

  @Test("Intervals and bands reach 1.96 standard errors, and are missing where the error is")
  func intervals() throws {
    let series = PlotFigure(curves: [curve("a", slice: "boot=5")], title: "t").series
    let points = try #require(series.first).points
    #expect(abs(try #require(points[0].high) - 0.696) < 1e-12 && points[1].low == nil)
    #expect(series[1].marks == [.line, .band])
    let bare = curve("a", slice: "boot=5", line: [CurvePoint(x: 1, y: 0.5), CurvePoint(x: 2, y: 0.6)])
    #expect(PlotFigure(curves: [bare], title: "t").series[1].marks == .line)
  }

  @Test("The axis of a trace's curves is k in words; that of a table has its column's name")
  func axes() {
    #expect(PlotFigure(curves: [curve("a", slice: "")], title: "t").x.title == "k (candidates that finish)")
    #expect(PlotFigure(curves: [curve(nil, slice: "")], title: "t").x.title == "k")
  }
}
