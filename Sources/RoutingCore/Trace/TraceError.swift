/// Why recorded calls cannot be laid out for replay.
package enum TraceError: Error, Equatable {
  case poolTooLarge(Int)
}

extension TraceError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .poolTooLarge(let count):
      """
      the pool has \(count) candidates; at most \(CandidateSet.capacity) can be replayed together: \
      keep the ones you would run in the header's "pool"
      """
    }
  }
}
