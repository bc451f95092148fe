import CurveFitting
import RoutingCore

/// The variance laws of a trace.
struct VarianceSession {
  let trace: Trace
  let workloads: [Workload]
  let settings: SweepSettings
  /// Ids; `nil` = what the trace can answer.
  let aggregators: [String]?
  /// The first `static:` one gives the order in which ties fall.
  let selectors: [String]

  func curves() async throws -> [VarianceCurve] {
    var curves: [VarianceCurve] = []
    let order = selectors.first { $0.hasPrefix("static:") }
    for workload in workloads {
      let correlation = await ModelCorrelation(trace: trace, workload: workload, settings: settings)
      for aggregator in aggregators ?? offered {
        let scores = try SetScores(trace: trace, aggregator: aggregator, selector: order)
        let found = await VarianceMeasurer(scores, workload: workload, settings: settings).measurements()
        if found.isEmpty {
          Messages.note("\(workload.name): no query has every score that \(aggregator) takes; no variance")
        }
        curves += found.map {
          VarianceAnalysis(
            workload: workload.name, source: aggregator, measurement: $0, correlation: correlation
          ).curve()
        }
      }
    }
    return curves
  }

  /// `mean`, `vote` where there are answers, `best`, and every recorded aggregator.
  private var offered: [String] {
    ["mean"] + (trace.answers.isEmpty ? [] : ["vote"]) + ["best"]
      + trace.aggregators.map { ToolID.recorded($0) }
  }
}
