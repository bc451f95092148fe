import Foundation

/// How many files and connections the process may have open.
///
/// Systems start programs with a soft limit of 1024 or even 256, and let them raise it themselves.
package enum OpenFileLimit {
  #if canImport(Glibc)
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let resource = RLIMIT_NOFILE
  #endif
  /// What databases, pipes and the like need beside connections.
  private static let others: rlim_t = 512

  /// Raises the soft limit so that `connections` fit, as far as the hard limit allows.
  ///
  /// - Returns: whether they fit.
  @discardableResult
  package static func raise(toHold connections: Int) -> Bool {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return false }
    let wanted = rlim_t(connections) + others
    guard limit.rlim_cur < wanted else { return true }
    limit.rlim_cur = min(wanted, limit.rlim_max)
    return setrlimit(resource, &limit) == 0 && limit.rlim_cur >= wanted
  }
}
