import CGSL

/// J = U S Vᵀ of a tall matrix by one-sided Jacobi rotations: small singular values are accurate, too.
struct SingularValues {
  /// Largest first.
  let values: [Double]
  /// `right[k]` is the k-th column of V.
  let right: [[Double]]

  /// `columns` of equal length, at least as long as there are columns.
  init(columns: [[Double]]) throws(FitError) {
    let (rows, count) = (columns[0].count, columns.count)
    let u = try GSLMatrix(rows: rows, columns: count)
    for (column, entries) in columns.enumerated() {
      for (row, entry) in entries.enumerated() { u[row, column] = entry }
    }
    let v = try GSLMatrix(rows: count, columns: count)
    let s = try GSLVector(count: count)
    try unsafe GSL.check(
      gsl_linalg_SV_decomp_jacobi(u.pointer, v.pointer, s.pointer), "gsl_linalg_SV_decomp_jacobi")
    var values: [Double] = []
    var right: [[Double]] = []
    for k in 0..<count {
      values.append(s[k])
      var vector: [Double] = []
      for row in 0..<count { vector.append(v[row, k]) }
      right.append(vector)
    }
    self.values = values
    self.right = right
  }
}
