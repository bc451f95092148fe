/// What merges make of right and wrong inputs, and of inputs that disagree.
struct MergeTables {
  /// A merged answer counts as right from this score on, in millionths.
  static let right: Int32 = 500_000

  let policy: Policy
  let k: Int
  let aggregator: String
  /// By compared row: scores of the inputs, best-ranked first, and the score of their merge.
  private let inputs: [[Int32]]
  private let answers: [[Int32]]
  private let merged: [Int32]
  private let rows: [Int]
  private let trace: Trace

  /// - Parameters:
  ///   - outcomes: of the policy on the workload's rows.
  ///   - compared: offsets of the rows looked at.
  init(
    _ scheme: SchemePolicy, ranking: WorkloadRanking, outcomes: PolicyOutcomes, compared: [Int], first: Int,
    trace: Trace
  ) {
    policy = .scheme(scheme)
    k = scheme.k.first
    aggregator = scheme.aggregator
    let k = scheme.k.first
    let chosen = compared.filter { ranking.order($0).count >= k }
    inputs = chosen.map { Array(ranking.rankedScores($0).prefix(k)) }
    answers = chosen.map { Array(ranking.rankedAnswers($0).prefix(k)) }
    merged = chosen.map { outcomes.scores[$0] }
    rows = chosen.map { first + $0 }
    self.trace = trace
  }

  /// Merges by right inputs; `nil` without a merge.
  func stress(_ settings: SweepSettings) async -> AggregatorStress? {
    guard !rows.isEmpty else { return nil }
    let right = inputs.map { scores in scores.count { $0 >= Self.right } }
    let isRight = merged.map { $0 >= Self.right }
    var sums = GroupRatios(rows: rows, in: trace)
    func add(_ condition: (Int) -> Bool) -> GroupRatios.Column {
      sums.add(rows.indices.map { condition($0) ? 1 : 0 })
    }
    let columns = (0...k).map { count in
      (all: add { right[$0] == count }, merged: add { right[$0] == count && isRight[$0] })
    }
    let some = add { right[$0] > 0 }
    let lost = add { right[$0] > 0 && !isRight[$0] }
    let ratios = await sums.resampled(settings)
    return AggregatorStress(
      policy: policy, aggregator: aggregator, k: k,
      byRight: columns.enumerated().map { count, column in
        MergesByRight(
          right: count, queries: Int(ratios.total(column.all)),
          merged: ratios.share(column.merged, column.all))
      }, lost: ratios.share(lost, some), found: ratios.share(columns[0].merged, columns[0].all))
  }

  /// Queries whose inputs disagree; `nil` where no answers are extracted.
  func contradiction(_ settings: SweepSettings) async -> ContradictionStress? {
    guard answers.contains(where: { $0.contains { $0 >= 0 } }) else { return nil }
    let disagree = answers.map { ids in ids.contains { $0 != ids[0] } }
    var sums = GroupRatios(rows: rows, in: trace)
    func add(_ value: (Int) -> Int32) -> GroupRatios.Column {
      sums.add(rows.indices.map { Int128(value($0)) })
    }
    let unit = Int32(Score.unit)
    let all = add { _ in unit }
    let apart = add { disagree[$0] ? unit : 0 }
    let together = add { disagree[$0] ? 0 : unit }
    let first = add { disagree[$0] ? inputs[$0][0] : 0 }
    let best = add { disagree[$0] ? inputs[$0].max() ?? 0 : 0 }
    let mergedApart = add { disagree[$0] ? merged[$0] : 0 }
    let mergedTogether = add { disagree[$0] ? 0 : merged[$0] }
    let ratios = await sums.resampled(settings)
    func share(_ part: GroupRatios.Column, _ whole: GroupRatios.Column) -> Estimate? {
      ratios.share(part, whole, unit: Int128(unit))
    }
    guard let shareApart = share(apart, all) else { return nil }
    return ContradictionStress(
      policy: policy, k: k, queries: disagree.count { $0 }, share: shareApart, first: share(first, apart),
      merged: share(mergedApart, apart), best: share(best, apart),
      mergedAgreeing: share(mergedTogether, together))
  }
}
