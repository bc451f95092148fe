extension Trace {
  /// The trace as if answers were longer or shorter: output tokens and the time they take times a factor
  /// (*modelled*). Scores, texts and the calls that read the answers stay as recorded.
  ///
  /// - Parameter model: a candidate; `nil` = every candidate.
  package func scalingOutputs(of model: String?, by factor: ScenarioFactor) -> Trace {
    let position = model.flatMap { ExactString.position(of: $0, in: candidates) }
    var responses = responses
    for entry in 0..<responses.count where position.map({ entry % candidates.count == $0 }) ?? true {
      if responses.output[entry] >= 0 {
        responses.output[entry] = Int32(clamping: factor.times(Int64(responses.output[entry])))
      }
      let (first, whole) = (responses.timeToFirstToken[entry], responses.duration[entry])
      if first >= 0, whole >= first { responses.duration[entry] = first + factor.times(whole - first) }
    }
    return Trace(
      name: name, fingerprint: fingerprint, candidates: candidates, poolCount: poolCount,
      candidateSkills: candidateSkills, restarting: restarting, payers: payers, selectors: selectors,
      aggregators: aggregators, workloads: workloads, rows: rows, groups: groups, responses: responses,
      prefixes: prefixes, boots: boots, continuations: continuations, rankings: rankings, orders: orders,
      merges: merges, refinements: refinements, recordedCosts: recordedCosts, answers: answers,
      similarities: similarities)
  }
}
