import ArgumentParser
import CurveFitting
import Foundation
import Reporting
import RoutingCore
import TraceStore

struct FitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Curves of the score along boot budget, k or layers, and laws of its variance.",
    discussion: """
      Example:
        \(ExampleTrace.made)
        lightreplay fit demo.sqlite --along k --boot 20 \\
          --prices traces/prices.yaml --lambda 500
        lightreplay fit demo.sqlite --along k --boot 20 --picture along-k.svg
        lightreplay fit demo.sqlite --variance
        lightreplay fit --csv traces/learning.csv --x tokens --y score --sigma se

      Points of one curve share their queries, so they are fitted with their bootstrap covariance. A family \
      other than constant is chosen only where it beats it by 4 in AIC. With --lambda (and --prices), the x \
      with the largest S − λT. Families: \(FamilyRegistry.names.joined(separator: ", ")).
      Exit codes: 0 done, 1 failed, 64 wrong usage.
      """)

  /// Fewer say too little about how points vary together.
  static let leastReplicates = 100

  @Argument(help: "The trace file.")
  var trace: String?

  @OptionGroup(title: "What is fitted") var fit: FitOptions
  @OptionGroup(title: "Policies") var grid: GridOptions
  @OptionGroup(title: "Replay") var flags: ReplayFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(help: ArgumentHelp("The curves as a picture (SVG), beside the result.", valueName: "file"))
  var picture: String?

  func validate() throws {
    try fit.validate(hasTrace: trace != nil)
    if picture != nil, fit.csv == nil, fit.along == nil {
      throw ValidationError("--picture draws curves: add --along boot, k or layers")
    }
    if trace != nil, flags.replicates < Self.leastReplicates {
      throw ValidationError(
        "--replicates is \(flags.replicates); a covariance needs \(Self.leastReplicates) or more")
    }
  }

  func run() async throws {
    let report: FitReport
    if let trace { report = try await fitted(trace) } else { report = try fit.fittedTable() }
    if let picture {
      try OutputFile.write(to: picture) { try $0.write(Array(report.picture.utf8)) }
    }
    switch output.format {
    case .table: try output.write(report.table)
    case .json: try output.write(report.json.document)
    case .csv: try output.write(report.csv)
    }
  }

  private func fitted(_ path: String) async throws -> FitReport {
    var flags = flags
    // Without λ nothing is priced.
    if fit.lambda == nil, flags.prices == nil, flags.costUnit == .usd { flags.costUnit = .tokens }
    var curves: [FittedCurve] = []
    var source: FitReport.Source?
    if let axis = fit.along {
      let session = try await ReplaySession(
        path: path, grid: grid, flags: flags, lambdas: fit.lambda.map { [$0] } ?? [])
      for workload in session.workloads {
        curves += try await session.curves(workload, along: axis, analysis: fit.analysis)
      }
      if curves.isEmpty { throw FitCommandError.nothingAlong(axis) }
      source = .trace(
        name: session.trace.name, fingerprint: session.trace.fingerprint, settings: session.settings,
        prices: session.prices)
    }
    var variance: [VarianceCurve] = []
    if fit.variance {
      let session = try varianceSession(path, flags)
      variance = try await session.curves()
      source =
        source
        ?? .trace(
          name: session.trace.name, fingerprint: session.trace.fingerprint, settings: session.settings,
          prices: nil)
    }
    guard let source else { throw ValidationError("say what to fit") }
    return FitReport(source: source, curves: curves, variance: variance)
  }

  private func varianceSession(_ path: String, _ flags: ReplayFlags) throws -> VarianceSession {
    let request = try grid.request()
    let trace = try TraceDatabase(reading: path).trace(samples: flags.samples, grader: flags.grader)
    return VarianceSession(
      trace: trace,
      workloads: try ReplaySession.workloads(named: flags.workload?.elements.map(\.name), in: trace),
      settings: flags.settings(lambdas: [], continuation: grid.continuation),
      aggregators: request.aggregators, selectors: request.selectors ?? [])
  }
}

extension ReplaySession {
  /// Every slice of the grid along an axis, fitted.
  func curves(_ workload: Workload, along axis: CurveAxis, analysis: CurveAnalysis) async throws
    -> [FittedCurve]
  {
    let evidence = await runner.evidence(workload)
    guard evidence.rows > 0 else {
      Messages.note("\(workload.name): no query that every kept policy covers; nothing to fit")
      return []
    }
    return try CurveSlice.slices(of: evidence, along: axis).map { slice in
      try analysis.curve(CurveSample(slice, of: evidence, in: trace), workload: workload.name)
    }
  }
}

/// Why nothing was fitted.
enum FitCommandError: Error, CustomStringConvertible {
  case nothingAlong(CurveAxis)

  var description: String {
    switch self {
    case .nothingAlong(let axis):
      """
      no policies differ only in \(axis.rawValue): give several values \
      (\(axis == .k ? "--k 1-4" : axis == .boot ? "--boot 25,50,100,200" : "--layers 1-3")) that the trace covers
      """
    }
  }
}
