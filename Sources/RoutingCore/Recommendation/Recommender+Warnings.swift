extension Recommender {
  /// What a reader should know before trusting the recommendation, in words.
  func warnings(_ parts: Parts) -> [Warning] {
    [
      smallSample, optimism(parts), notSeparated(parts), notBetterThanSingle(parts), coverage,
      estimatedTokens,
      voteOfTwo(parts), failures(parts), foldsWithoutChoice(parts),
    ].compactMap { $0 }
  }

  private var smallSample: Warning? {
    guard evidence.rows < Recommendation.fewQueries else { return nil }
    return Warning(
      code: "small-sample",
      text: "only \(evidence.rows) queries are compared; intervals this short of data are rough")
  }

  private func optimism(_ parts: Parts) -> Warning? {
    guard let single = parts.heldOut.bestSingle else { return nil }
    let gain = single.scoreDifference.mean
    guard gain > 0, parts.heldOut.scoreOptimism > gain else { return nil }
    return Warning(
      code: "optimism",
      text: """
        the score in-sample is \(rounded(parts.heldOut.scoreOptimism)) better than held out, more than the \
        \(rounded(gain)) gained on the best single model: choose on more queries before relying on the gain
        """)
  }

  private func notSeparated(_ parts: Parts) -> Warning? {
    guard let next = parts.runnerUp, !next.isSeparated else { return nil }
    let more = next.queriesToSeparate.map { "; about \($0) queries would tell" } ?? ""
    return Warning(
      code: "not-separated",
      text: "the data do not tell it from \(next.policy)\(more)")
  }

  private func notBetterThanSingle(_ parts: Parts) -> Warning? {
    guard let single = parts.heldOut.bestSingle, !isSingle(parts.choice), single.scoreDifference.high < 0,
      single.costDifference.low > 0
    else { return nil }
    return Warning(
      code: "single-is-better",
      text: "held out, the best single model scores more and costs less than what the rule chooses")
  }

  private func isSingle(_ choice: Int) -> Bool {
    if case .single = evidence.policy(means.positions[choice]) { true } else { false }
  }

  private var coverage: Warning? {
    let rows = evidence.replay.rowCount
    guard evidence.rows < rows else { return nil }
    return Warning(
      code: "coverage",
      text: "compared on \(evidence.rows) of \(rows) queries, those that every kept policy covers")
  }

  private var estimatedTokens: Warning? {
    let first = evidence.replay.workload.rows.lowerBound
    let width = trace.candidates.count
    var present = 0
    var estimated = 0
    for part in evidence.replay.parts {
      for entry in (first + part.lowerBound) * width..<(first + part.upperBound) * width
      where trace.responses.flags[entry].contains(.present) {
        present += 1
        if trace.responses.flags[entry].contains(.estimatedTokens) { estimated += 1 }
      }
    }
    guard estimated > 0 else { return nil }
    return Warning(
      code: "estimated-tokens",
      text:
        "token counts of \(100 * estimated / present) % of the answers are estimates, and so are the costs")
  }

  private func voteOfTwo(_ parts: Parts) -> Warning? {
    guard case .scheme(let scheme) = evidence.policy(means.positions[parts.choice]),
      scheme.isVoteOfTwo
    else { return nil }
    return Warning(
      code: "vote-of-two",
      text: "a vote of two is a tie rule: the first-ranked answer wins, the second is paid for nothing")
  }

  private func failures(_ parts: Parts) -> Warning? {
    let policy = evidence.kept[means.positions[parts.choice]]
    let failed = evidence.replay.compared.count { evidence.replay.outcomes[policy].failed[$0] }
    if settings.excludesFailures {
      return Warning(
        code: "failures-excluded",
        text: "queries with failed calls are left out, so models that fail on hard queries look better")
    }
    guard failed > 0 else { return nil }
    return Warning(code: "failures", text: "a call it makes failed on \(failed) of \(evidence.rows) queries")
  }

  private func foldsWithoutChoice(_ parts: Parts) -> Warning? {
    guard parts.heldOut.foldsWithoutChoice > 0 else { return nil }
    return Warning(
      code: "constraint-unstable",
      text: """
        in \(parts.heldOut.foldsWithoutChoice) of \(IdentityDigest.folds) folds no policy met the constraints on the other nine; \
        the nearest stood in
        """)
  }

  private func rounded(_ value: Double) -> String {
    FixedPoint.text(Int128((value * 10_000).rounded()), places: 4)
  }
}
