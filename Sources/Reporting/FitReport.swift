package import RoutingCore

/// Fitted curves and variance laws with everything their output says about where they came from.
package struct FitReport: Sendable {
  /// Where the points come from.
  package enum Source: Sendable {
    case trace(name: String, fingerprint: String, settings: SweepSettings, prices: PriceBook?)
    /// A table of points.
    case table(file: String)
  }

  package let source: Source
  package let curves: [FittedCurve]
  package let variance: [VarianceCurve]

  package init(source: Source, curves: [FittedCurve], variance: [VarianceCurve]) {
    self.source = source
    self.curves = curves
    self.variance = variance
  }

  /// The curves as a picture (SVG), those of all workloads in one.
  package var picture: String {
    let along = curves.first.map { $0.workload == nil ? $0.along : "Score along \($0.along)" } ?? ""
    let title = ([along] + PlotFigure.shared(curves).map(String.init)).joined(separator: ", ")
    return DrawingFile(figure: PlotFigure(curves: curves, title: title)).text
  }
}
