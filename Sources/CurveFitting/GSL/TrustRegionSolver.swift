import CGSL

/// Residuals and Jacobian of a nonlinear least-squares problem, as the library's callbacks ask for them.
///
/// A class, so that callbacks reach it through one pointer.
final class ResidualSystem {
  /// Hands out the residuals at a point, by row.
  let residuals: (_ point: [Double], _ entry: (Int, Double) -> Void) -> Void
  /// Hands out the Jacobian at a point, by row and parameter.
  let jacobian: (_ point: [Double], _ entry: (Int, Int, Double) -> Void) -> Void

  init(
    residuals: @escaping (_ point: [Double], _ entry: (Int, Double) -> Void) -> Void,
    jacobian: @escaping (_ point: [Double], _ entry: (Int, Int, Double) -> Void) -> Void
  ) {
    self.residuals = residuals
    self.jacobian = jacobian
  }
}

/// The library's trust-region solver for one size of problem; its workspace is reused from call to call.
@safe struct TrustRegionSolver: ~Copyable {
  private let workspace: UnsafeMutablePointer<gsl_multifit_nlinear_workspace>
  private let functions: UnsafeMutablePointer<gsl_multifit_nlinear_fdf>
  private let start: GSLVector
  private let count: Int

  /// Steps smaller than this share of a parameter end the search: for estimates, and for fits of which only
  /// the residuals matter.
  static let fineStep = 1e-11
  static let coarseStep = 1e-8
  private static let iterations = 100

  /// `rows` ≥ `parameters` ≥ 1.
  init(rows: Int, parameters: Int) throws(FitError) {
    let start = try GSLVector(count: parameters)
    var settings = unsafe cgsl_trust_region_parameters()
    let workspace = unsafe try GSL.allocated(
      gsl_multifit_nlinear_alloc(cgsl_trust_region(), &settings, rows, parameters),
      "gsl_multifit_nlinear_alloc")
    count = parameters
    self.start = start
    unsafe self.workspace = unsafe workspace
    unsafe functions = .allocate(capacity: 1)
    unsafe functions.initialize(to: gsl_multifit_nlinear_fdf())
    unsafe functions.pointee.n = rows
    unsafe functions.pointee.p = parameters
    unsafe functions.pointee.f = { point, context, residuals in
      guard let point = unsafe point, let context = unsafe context, let residuals = unsafe residuals else {
        return Int32(GSL_EFAULT)
      }
      let system = unsafe Unmanaged<ResidualSystem>.fromOpaque(context).takeUnretainedValue()
      system.residuals(unsafe TrustRegionSolver.entries(of: point)) { row, value in
        unsafe gsl_vector_set(residuals, row, value)
      }
      return Int32(GSL_SUCCESS)
    }
    unsafe functions.pointee.df = { point, context, jacobian in
      guard let point = unsafe point, let context = unsafe context, let jacobian = unsafe jacobian else {
        return Int32(GSL_EFAULT)
      }
      let system = unsafe Unmanaged<ResidualSystem>.fromOpaque(context).takeUnretainedValue()
      system.jacobian(unsafe TrustRegionSolver.entries(of: point)) { row, column, value in
        unsafe gsl_matrix_set(jacobian, row, column, value)
      }
      return Int32(GSL_SUCCESS)
    }
  }

  deinit {
    unsafe gsl_multifit_nlinear_free(workspace)
    unsafe functions.deinitialize(count: 1)
    unsafe functions.deallocate()
  }

  private static func entries(of vector: UnsafePointer<gsl_vector>) -> [Double] {
    (0..<(unsafe vector.pointee.size)).map { unsafe gsl_vector_get(vector, $0) }
  }

  /// Where the search from `point` ends; whether that is a minimum is for the caller to judge.
  borrowing func descend(from point: [Double], on system: ResidualSystem, step: Double) throws(FitError)
    -> [Double]
  {
    for (index, value) in point.enumerated() { start[index] = value }
    unsafe functions.pointee.params = Unmanaged.passUnretained(system).toOpaque()
    defer { unsafe functions.pointee.params = nil }
    let status = withExtendedLifetime(system) {
      unsafe gsl_multifit_nlinear_init(start.pointer, functions, workspace)
    }
    try GSL.check(status, "gsl_multifit_nlinear_init")
    withExtendedLifetime(system) {
      var info: Int32 = 0
      for _ in 0..<Self.iterations {
        // No progress is no error: the point may be the minimum to the last digit.
        guard unsafe gsl_multifit_nlinear_iterate(workspace) == Int32(GSL_SUCCESS) else { return }
        let isDone = unsafe gsl_multifit_nlinear_test(step, 0, 0, &info, workspace)
        if isDone == Int32(GSL_SUCCESS) { return }
      }
    }
    guard let position = unsafe gsl_multifit_nlinear_position(workspace) else {
      throw .library(function: "gsl_multifit_nlinear_position", code: Int32(GSL_EFAULT))
    }
    return unsafe Self.entries(of: position)
  }
}
