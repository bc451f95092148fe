import CGSL

/// Roots and minima of functions of one variable, by Brent's methods.
enum ScalarSearch {
  /// The function a callback evaluates.
  private final class Function {
    let body: (Double) -> Double
    init(_ body: @escaping (Double) -> Double) { self.body = body }
  }

  private static let callback: @convention(c) (Double, UnsafeMutableRawPointer?) -> Double = { x, context in
    guard let context = unsafe context else { return .nan }
    return unsafe Unmanaged<Function>.fromOpaque(context).takeUnretainedValue().body(x)
  }

  /// A zero of `body` between two points where its signs differ, to `tolerance`.
  static func root(
    of body: (Double) -> Double, from low: Double, to high: Double, tolerance: Double
  ) throws(FitError) -> Double {
    GSL.prepare()
    guard let solver = unsafe gsl_root_fsolver_alloc(cgsl_brent_root()) else {
      throw .library(function: "gsl_root_fsolver_alloc", code: Int32(GSL_ENOMEM))
    }
    defer { unsafe gsl_root_fsolver_free(solver) }
    let (status, root) = withoutActuallyEscaping(body) { body -> (Int32, Double) in
      let function = Function(body)
      return withExtendedLifetime(function) {
        var described = unsafe gsl_function(
          function: callback, params: Unmanaged.passUnretained(function).toOpaque())
        let status = unsafe gsl_root_fsolver_set(solver, &described, min(low, high), max(low, high))
        guard status == Int32(GSL_SUCCESS) else { return (status, low) }
        for _ in 0..<60 {
          let step = unsafe gsl_root_fsolver_iterate(solver)
          guard step == Int32(GSL_SUCCESS) else { return (step, low) }
          let width = unsafe gsl_root_fsolver_x_upper(solver) - gsl_root_fsolver_x_lower(solver)
          if width <= tolerance { break }
        }
        return (Int32(GSL_SUCCESS), unsafe gsl_root_fsolver_root(solver))
      }
    }
    try GSL.check(status, "gsl_root_fsolver")
    return root
  }

  /// The place of a minimum of `body` between two points, where `middle` is lower than both, to `tolerance`.
  static func minimum(
    of body: (Double) -> Double, from low: Double, through middle: Double, to high: Double, tolerance: Double
  ) throws(FitError) -> Double {
    GSL.prepare()
    guard let solver = unsafe gsl_min_fminimizer_alloc(cgsl_brent_minimum()) else {
      throw .library(function: "gsl_min_fminimizer_alloc", code: Int32(GSL_ENOMEM))
    }
    defer { unsafe gsl_min_fminimizer_free(solver) }
    let (status, place) = withoutActuallyEscaping(body) { body -> (Int32, Double) in
      let function = Function(body)
      return withExtendedLifetime(function) {
        var described = unsafe gsl_function(
          function: callback, params: Unmanaged.passUnretained(function).toOpaque())
        let status = unsafe gsl_min_fminimizer_set(solver, &described, middle, low, high)
        guard status == Int32(GSL_SUCCESS) else { return (status, middle) }
        for _ in 0..<60 {
          let step = unsafe gsl_min_fminimizer_iterate(solver)
          guard step == Int32(GSL_SUCCESS) else { break }
          let width = unsafe gsl_min_fminimizer_x_upper(solver) - gsl_min_fminimizer_x_lower(solver)
          if width <= tolerance { break }
        }
        return (Int32(GSL_SUCCESS), unsafe gsl_min_fminimizer_x_minimum(solver))
      }
    }
    try GSL.check(status, "gsl_min_fminimizer")
    return place
  }
}
