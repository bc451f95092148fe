import CGSL

/// What every use of the library goes through.
enum GSL {
  /// The library's handler ends the program on any error; it is turned off once, and every status checked.
  private static let handlerIsOff: Void = { _ = unsafe gsl_set_error_handler_off() }()

  static func prepare() { handlerIsOff }

  /// - Throws: `FitError.library` unless `status` is success.
  static func check(_ status: Int32, _ function: String) throws(FitError) {
    guard status == Int32(GSL_SUCCESS) else { throw .library(function: function, code: status) }
  }

  /// An allocation; with the handler off a failed one is a null pointer.
  static func allocated<Value>(
    _ pointer: UnsafeMutablePointer<Value>?, _ function: String
  ) throws(FitError) -> UnsafeMutablePointer<Value> {
    guard let pointer = unsafe pointer else { throw .library(function: function, code: Int32(GSL_ENOMEM)) }
    return unsafe pointer
  }
}

/// A vector of the library, owned.
@safe struct GSLVector: ~Copyable {
  let pointer: UnsafeMutablePointer<gsl_vector>
  let count: Int

  /// Zeros; `count` ≥ 1.
  init(count: Int) throws(FitError) {
    precondition(count > 0, "the library has no empty vectors")
    GSL.prepare()
    unsafe pointer = try GSL.allocated(gsl_vector_calloc(count), "gsl_vector_calloc")
    self.count = count
  }

  deinit { unsafe gsl_vector_free(pointer) }

  subscript(index: Int) -> Double {
    get { unsafe gsl_vector_get(pointer, index) }
    nonmutating set { unsafe gsl_vector_set(pointer, index, newValue) }
  }
}

/// A matrix of the library, owned.
@safe struct GSLMatrix: ~Copyable {
  let pointer: UnsafeMutablePointer<gsl_matrix>

  /// Zeros; both dimensions ≥ 1.
  init(rows: Int, columns: Int) throws(FitError) {
    precondition(rows > 0 && columns > 0, "the library has no empty matrices")
    GSL.prepare()
    unsafe pointer = try GSL.allocated(gsl_matrix_calloc(rows, columns), "gsl_matrix_calloc")
  }

  deinit { unsafe gsl_matrix_free(pointer) }

  subscript(row: Int, column: Int) -> Double {
    get { unsafe gsl_matrix_get(pointer, row, column) }
    nonmutating set { unsafe gsl_matrix_set(pointer, row, column, newValue) }
  }
}
