/// Candidates that all stream on until the ranking is known: `continuation=stream`.
struct Streams {
  /// When the ranking is known, T_sel = max_j boot_time_j + selector_time, by row; −1 where unknown.
  let selected: ContiguousArray<Int64>
  private let isBilled: Bool

  /// `nil` where nobody streams on.
  init?(_ walk: SchemeWalk, _ boots: BootColumn) {
    let scheme = walk.scheme
    guard scheme.continuation == .stream, scheme.layers >= 2, !scheme.isProgressive, scheme.cut > 0,
      scheme.cut != .max
    else { return nil }
    isBilled = walk.scope.billing.accounting == .billed
    let durations = walk.scope.trace.rankings.calls.duration
    var moments = boots.times
    for (offset, ranking) in walk.firstRanking.enumerated() where ranking >= 0 {
      let selecting = durations[Int(ranking)]
      moments[offset] = moments[offset] < 0 || selecting < 0 ? -1 : moments[offset] + selecting
    }
    selected = moments
  }

  /// Whether cancelled streams cannot be billed: some loser writes on, and when the ranking was known is not.
  func lackTimings(_ walk: SchemeWalk, _ offset: Int) -> Bool {
    guard isBilled, selected[offset] < 0, walk.chosenCounts[offset] > 0 else { return false }
    return losers(walk, offset).contains { candidate in
      walk.scope.trace.responses.output[walk.scope.response(offset, candidate)] > walk.scheme.cut
    }
  }

  /// Active candidates that were not chosen and whose streams are cancelled.
  func losers(_ walk: SchemeWalk, _ offset: Int) -> CandidateSet {
    var rest = walk.scope.active(offset).bits & ~walk.scope.trace.restarting.bits
    for place in 0..<Int(walk.chosenCounts[offset]) {
      rest &= ~(1 << UInt64(walk.chosen[offset * walk.width + place]))
    }
    return CandidateSet(bits: rest)
  }

  /// What is left of a winner's stream once the ranking is known; a restart takes its whole time.
  func rest(_ time: Int64, _ walk: SchemeWalk, _ offset: Int, _ candidate: Int) -> Int64 {
    if walk.scope.trace.restarting.contains(candidate) { return time }
    return time < 0 || selected[offset] < 0 ? -1 : max(0, time - selected[offset])
  }
}
