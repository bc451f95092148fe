/// Why a curve cannot be fitted.
package enum FitError: Error, Equatable {
  /// A family needs more points (or, with correlated errors, a higher rank) than there are.
  case tooFewPoints(family: String, parameters: Int, needed: Int, found: Int, isRank: Bool)
  case tooFewDistinct(family: String, needed: Int, found: Int)
  /// The points are outside the family's domain, e.g. x = 0 for a logarithm.
  case domain(family: String, reason: String)
  case noOriginForm(family: String)
  case noIdentifiableShape(family: String)
  /// No start led to a minimum.
  case notConverged(family: String, starts: Int)
  case allXEqual(x: Double, points: Int)
  /// A value that is not a number, or infinite.
  case notFinite(what: String, point: Int)
  case badStandardError(point: Int, value: Double)
  case asymmetricCovariance(row: Int, column: Int)
  case badVariance(point: Int, value: Double)
  case notPositiveSemidefinite(smallest: Double, largest: Double)
  case unknownFamily(name: String, known: [String])
  /// The library refused, for a reason that is not the data's.
  case library(function: String, code: Int32)
}

extension FitError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooFewPoints(let family, let parameters, let needed, let found, let isRank):
      let unit = isRank ? "independent points (rank of their covariance)" : "points"
      return
        "\(family) has \(parameters) parameter\(parameters == 1 ? "" : "s") and needs \(needed) \(unit), found \(found)"
    case .tooFewDistinct(let family, let needed, let found):
      return "\(family) needs \(needed) different x, found \(found)"
    case .domain(let family, let reason): return "\(family) \(reason)"
    case .noOriginForm(let family): return "\(family) has no form through the origin"
    case .noIdentifiableShape(let family): return "\(family) fits nothing that depends on its shape here"
    case .notConverged(let family, let starts):
      return "\(family) did not converge from \(starts) starting points"
    case .allXEqual(let x, let points):
      return "all \(points) points have x = \(x); a curve needs different x"
    case .notFinite(let what, let point): return "point \(point): \(what) is not a finite number"
    case .badStandardError(let point, let value):
      return "point \(point): sigma is \(value); expected a number > 0"
    case .asymmetricCovariance(let row, let column):
      return
        "the covariance is not symmetric: row \(row), column \(column) differs from row \(column), column \(row)"
    case .badVariance(let point, let value):
      return "the covariance has variance \(value) for point \(point); expected a number > 0"
    case .notPositiveSemidefinite(let smallest, let largest):
      return """
        the covariance is not positive semidefinite: its correlations have eigenvalues from \(smallest) to \
        \(largest); expected none below 0
        """
    case .unknownFamily(let name, let known):
      return "unknown family '\(name)' (known: \(known.joined(separator: ", ")), all)"
    case .library(let function, let code): return "GSL: \(function) failed with code \(code)"
    }
  }
}
