/// How a shard's policies and candidates are numbered among those of the trace it is a part of.
package struct PartialLayout: Sendable {
  /// Candidates of all shards (`PartialHeader.candidates`).
  package let candidates: [String]
  /// By candidate of the shard.
  let positions: [Int]
  /// By policy of the shard.
  let policies: [Int]
  /// Policies of all shards.
  let policyCount: Int
  /// Those before the baselines, which depend on the grid alone.
  private let schemeCount: Int

  /// - Parameter grid: over the shard's own candidates.
  package init(header: TraceHeader, trace: Trace, grid: Grid) {
    let all = PartialHeader.candidates(of: header)
    candidates = all
    positions = trace.candidates.compactMap { ExactString.position(of: $0, in: all) }
    precondition(positions.count == trace.candidates.count, "candidates are models of the header")
    let others = Grid.baselineCount(candidates: 0)
    schemeCount = grid.policies.count - Grid.baselineCount(candidates: trace.candidates.count)
    policyCount = schemeCount + Grid.baselineCount(candidates: all.count)
    policies =
      Array(0..<schemeCount) + positions.map { [schemeCount] in schemeCount + $0 }
      + Array(policyCount - others..<policyCount)
  }

  /// The gaps of the single models that the shard has no answers of; none yet for all other policies.
  func absentGaps(rows: Int) -> [[Gap: Int]] {
    var gaps = [[Gap: Int]](repeating: [:], count: policyCount)
    let own = Set(positions)
    for candidate in candidates.indices where !own.contains(candidate) {
      gaps[schemeCount + candidate] = [Gap(.noResponse, candidate): rows]
    }
    return gaps
  }

  /// The gaps of the shard's policy at `index`, with candidates as all shards number them.
  func gaps(_ own: [Gap: Int], of index: Int) -> [Gap: Int] {
    // Schemes and bounds take models of the pool only, whose numbers are the same everywhere.
    guard (schemeCount..<schemeCount + positions.count).contains(index) else { return own }
    var gaps: [Gap: Int] = [:]
    for (gap, count) in own { gaps[Gap(gap.kind, positions[index - schemeCount])] = count }
    return gaps
  }

  /// The scores of each candidate's full answers in some rows.
  func responses(_ rows: [Int], in trace: Trace) -> [ScoreMoments] {
    var moments = [ScoreMoments](repeating: ScoreMoments(), count: candidates.count)
    for row in rows {
      for (candidate, position) in positions.enumerated() {
        let score = trace.responses.score[row * trace.candidates.count + candidate]
        if score >= 0 { moments[position].add(score) }
      }
    }
    return moments
  }
}
