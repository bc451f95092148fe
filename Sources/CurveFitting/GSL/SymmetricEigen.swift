import CGSL

/// Eigenvalues and eigenvectors of a symmetric matrix, largest first.
struct SymmetricEigen {
  let values: [Double]
  /// `vectors[k]` belongs to `values[k]`.
  let vectors: [[Double]]

  /// Of an n × n matrix given row by row; its lower triangle is read.
  init(_ matrix: [Double], order n: Int) throws(FitError) {
    let copy = try GSLMatrix(rows: n, columns: n)
    for row in 0..<n { for column in 0..<n { copy[row, column] = matrix[row * n + column] } }
    let eigenvalues = try GSLVector(count: n)
    let eigenvectors = try GSLMatrix(rows: n, columns: n)
    let workspace = unsafe try GSL.allocated(gsl_eigen_symmv_alloc(n), "gsl_eigen_symmv_alloc")
    defer { unsafe gsl_eigen_symmv_free(workspace) }
    try unsafe GSL.check(
      gsl_eigen_symmv(copy.pointer, eigenvalues.pointer, eigenvectors.pointer, workspace), "gsl_eigen_symmv")
    try unsafe GSL.check(
      gsl_eigen_symmv_sort(eigenvalues.pointer, eigenvectors.pointer, GSL_EIGEN_SORT_VAL_DESC),
      "gsl_eigen_symmv_sort")
    var values: [Double] = []
    var vectors: [[Double]] = []
    for k in 0..<n {
      values.append(eigenvalues[k])
      var vector: [Double] = []
      for row in 0..<n { vector.append(eigenvectors[row, k]) }
      vectors.append(vector)
    }
    self.values = values
    self.vectors = vectors
  }
}
