import CGSL

/// Linear least squares by singular value decomposition, for one size of problem.
@safe struct LinearSolver: ~Copyable {
  private let workspace: UnsafeMutablePointer<gsl_multifit_linear_workspace>
  private let design: GSLMatrix
  private let target: GSLVector
  private let weights: GSLVector
  private let solution: GSLVector
  private let covariance: GSLMatrix
  private let rows: Int
  private let count: Int

  /// `rows` ≥ `parameters` ≥ 1.
  init(rows: Int, parameters: Int) throws(FitError) {
    let design = try GSLMatrix(rows: rows, columns: parameters)
    let target = try GSLVector(count: rows)
    let weights = try GSLVector(count: rows)
    let solution = try GSLVector(count: parameters)
    let covariance = try GSLMatrix(rows: parameters, columns: parameters)
    let workspace = unsafe try GSL.allocated(
      gsl_multifit_linear_alloc(rows, parameters), "gsl_multifit_linear_alloc")
    for row in 0..<rows { weights[row] = 1 }
    self.design = design
    self.target = target
    self.weights = weights
    self.solution = solution
    self.covariance = covariance
    unsafe self.workspace = unsafe workspace
    self.rows = rows
    count = parameters
  }

  deinit { unsafe gsl_multifit_linear_free(workspace) }

  /// The factors of `columns` that come closest to `goal`.
  borrowing func solve(columns: [[Double]], goal: [Double]) throws(FitError) -> [Double] {
    for (column, entries) in columns.enumerated() {
      for (row, entry) in entries.enumerated() { design[row, column] = entry }
    }
    for (row, entry) in goal.enumerated() { target[row] = entry }
    var chiSquare = 0.0
    try unsafe GSL.check(
      gsl_multifit_wlinear(
        design.pointer, weights.pointer, target.pointer, solution.pointer, covariance.pointer, &chiSquare,
        workspace), "gsl_multifit_wlinear")
    var factors: [Double] = []
    for column in 0..<count { factors.append(solution[column]) }
    return factors
  }
}
