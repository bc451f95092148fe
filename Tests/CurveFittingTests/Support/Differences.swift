#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The families' formulas written down a second time, with derivatives by central differences.
enum Differences {
  static func value(of family: String, _ p: [Double], at x: Double) -> Double {
    switch family {
    case "constant": p[0]
    case "linear": p[0] + p[1] * x
    case "logarithmic": p[0] + p[1] * log(x)
    case "saturating-exponential": p[0] - p[1] * exp(-x / p[2])
    case "power": p[0] - p[1] * pow(x, -p[2])
    case "hyperbolic": p[0] - p[1] / (1 + x / p[2])
    case "logistic": p[0] / (1 + exp(-(x - p[1]) / p[2]))
    case "rise-and-fall": p[0] - p[1] * exp(-x / p[3]) - p[2] * x
    default: .nan
    }
  }

  static func gradient(of family: String, _ p: [Double], _ parameter: Int, at x: Double) -> Double {
    let step = 1e-5 * max(abs(p[parameter]), 1e-3)
    var (above, below) = (p, p)
    above[parameter] += step
    below[parameter] -= step
    return (value(of: family, above, at: x) - value(of: family, below, at: x)) / (2 * step)
  }
}
