import ArgumentParser
import ConfigFiles
import CurveFitting
import Foundation
import Reporting
import RoutingCore

/// What is fitted, and from where.
struct FitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("boot, k or layers: curves of the score along it.", valueName: "what"))
  var along: CurveAxis?

  @Flag(help: "How the variance of the score falls with k, and the laws compared with it.")
  var variance = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Score per cost unit: the x with the largest S − λT is sought.", valueName: "number"),
    transform: { try Lambda.reading($0) })
  var lambda: Lambda?

  @Option(help: ArgumentHelp("Points in a table instead of a trace.", valueName: "file"))
  var csv: String?

  @Option(help: ArgumentHelp("The table's column of x. Default: x, else the first.", valueName: "column"))
  var x: String?

  @Option(help: ArgumentHelp("The table's column of y. Default: y, else the second.", valueName: "column"))
  var y: String?

  @Option(
    help: ArgumentHelp(
      "The table's column of standard errors. Default: sigma, if there is one.", valueName: "column"))
  var sigma: String?

  @Option(
    help: ArgumentHelp("Covariance of the table's points: a square table.", valueName: "file"))
  var covariance: String?

  @Option(
    help: ArgumentHelp("all, or some of the families.", valueName: "list"),
    transform: { try ListArgument($0) })
  var family: ListArgument<NameElement>?

  @Flag(help: "Curves through the origin, where a family has such a form.")
  var throughOrigin = false

  func validate(hasTrace: Bool) throws {
    guard hasTrace != (csv != nil) else {
      throw ValidationError(
        hasTrace ? "--csv takes the place of a trace; give one of them" : "give a trace, or --csv FILE")
    }
    if hasTrace {
      guard along != nil || variance else {
        throw ValidationError("say what to fit: --along boot, k or layers, or --variance")
      }
      if x != nil || y != nil || sigma != nil || covariance != nil {
        throw ValidationError("--x, --y, --sigma and --covariance belong to --csv")
      }
    } else {
      guard along == nil, !variance, lambda == nil else {
        throw ValidationError("--along, --variance and --lambda need a trace")
      }
      if sigma != nil, covariance != nil {
        throw ValidationError("--covariance has the errors of the points; leave --sigma out")
      }
    }
    for name in families ?? [] where !FamilyRegistry.names.contains(name) {
      throw ValidationError(
        PolicyError.unknown(kind: "family", name: name, known: ["all"] + FamilyRegistry.names).description)
    }
  }

  /// `nil` = all.
  private var families: [String]? {
    guard let names = family?.elements.map(\.name), names != ["all"] else { return nil }
    return names
  }

  var analysis: CurveAnalysis {
    var analysis = CurveAnalysis()
    analysis.families = families
    analysis.throughOrigin = throughOrigin
    analysis.lambda = lambda?.value
    return analysis
  }

  /// The points of `--csv`, fitted.
  func fittedTable() throws -> FitReport {
    let file = csv ?? ""
    let table = try PointTable(ConfigText.read(file), file: file)
    let points = try table.points(x: x, y: y, sigma: covariance == nil ? sigma : nil)
    let errors: CurveData.Errors
    if let covariance {
      errors = .correlated(
        covariance: try PointTable.covariance(
          ConfigText.read(covariance), file: covariance, points: points.count), isGiven: true)
    } else {
      errors = points.allSatisfy { $0.standardError != nil } ? .independent : .unknown
    }
    do {
      let curve = try analysis.curve(CurveData(points: points, errors: errors), along: x ?? "x")
      return FitReport(source: .table(file: file), curves: [curve], variance: [])
    } catch {
      throw TableFitError(file: file, error: error)
    }
  }
}

/// A fit that failed, with the table it was for.
struct TableFitError: Error, CustomStringConvertible {
  let file: String
  let error: FitError
  var description: String { "\(file): \(error)" }
}

extension CurveAxis: ExpressibleByArgument {}
