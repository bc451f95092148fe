import ArgumentParser

/// How the program ends. `ExitCode.success` is 0: done.
///
/// A reader of its output that goes away ends it as the signal would (`LightReplay.end`).
extension ExitCode {
  /// 1: it could not be done, was only done in part, or what was checked is not as it should be. Errors that are
  /// thrown end in it too.
  static let failed = ExitCode.failure
  /// 2: all went well, and nothing can be compared or recommended, or meets the constraints.
  static let nothingMeetsWish = ExitCode(2)
  /// 64: the command line makes no sense.
  static let wrongUsage = ExitCode.validationFailure
}
