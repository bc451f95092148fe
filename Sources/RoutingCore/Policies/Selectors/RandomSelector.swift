/// Ranks in a seeded random order per query and layer, the same at every boot budget: the selector
/// ablation, and a bound.
struct RandomSelector: CandidateSelector {
  static let entry = SelectorEntry(
    name: "random", argument: .none, needsPrefixes: true, isBound: true,
    words: { "\($0) are ranked at random" },
    make: { (_, _, options) in RandomSelector(generator: Philox(seed: options.seed)) })

  let generator: Philox

  func rank(_ scope: RankingScope, into column: inout RankingColumn) {
    for (offset, row) in scope.rows.enumerated() where scope.members[offset].count > 1 {
      let query = scope.trace.rows.queryKey[row]
      let sample = UInt32(bitPattern: scope.trace.rows.sample[row])
      column.rank(offset, scope.members[offset]) { candidate in
        let draw = UInt32(scope.layer) << 8 | UInt32(candidate)
        // The top bit of an attempt sets these draws apart from the bootstrap's.
        let bits = generator.bits(item: query, draw: draw, attempt: 1 << 31 | sample)
        return Int64(bits >> 1)
      }
    }
  }
}
