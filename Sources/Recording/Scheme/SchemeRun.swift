import RoutingCore

/// A policy on its way through one query.
struct SchemeRun<Source: CallSource> {
  let runner: SchemeRunner
  let query: QueryRecord
  let source: Source
  private var stages: [SchemeStage] = []
  /// Whether an adaptive policy takes the smaller k.
  private var isStopped = false

  private var policy: SchemePolicy { runner.policy }

  init(runner: SchemeRunner, query: QueryRecord, source: Source) {
    self.runner = runner
    self.query = query
    self.source = source
  }

  mutating func outcome() async throws -> SchemeOutcome {
    let active = runner.header.activeCandidates(needing: query.skills)
    guard !active.isEmpty else { throw SchemeGap.noActiveCandidate }
    let drafts = policy.boot == .none ? [] : try await draft(active)
    var chosen = active
    if policy.k.rankedAbove < active.count {
      let ranking = try await rank(drafts, of: active, layer: 1, budget: policy.boot)
      let k = try k(after: ranking, of: drafts)
      if k < active.count { chosen = Array(ranking.names.prefix(k)) }
    } else {
      isStopped = policy.k.stop != nil
    }
    var outputs = try await firstOutputs(of: chosen, drafts)
    var layer = isProgressive ? 1 : min(policy.layers, 2)
    while layer < policy.layers {
      let merge = try await mergeAlongTheWay(outputs, layer: layer)
      layer += 1
      outputs = try await refine(outputs, shown: merge, layer: layer)
    }
    let answer = try await finish(outputs, layer: layer)
    return SchemeOutcome(answer: answer, chosen: chosen, stages: stages)
  }

  /// How many candidates go on, where that is decided by what they have begun to write.
  private mutating func k(after ranking: Ranking, of drafts: [SchemeOutput]) throws -> Int {
    guard let stop = policy.k.stop else { return policy.k.first }
    guard case .value(let threshold) = stop.threshold else { throw SchemeGap.onlyOffline("\(policy.k)") }
    let signal =
      switch stop.signal {
      case .agreement:
        try OfflineOrder.agreement(ranking.names, by: policy.selector, drafts, header: runner.header)
      case .margin: try ranking.margin()
      }
    isStopped = signal >= threshold
    return isStopped ? stop.k : policy.k.first
  }

  private var isProgressive: Bool { policy.layers >= 3 && policy.schedule == .progressive }

  /// Merges and refinements carry the budget only where their text depends on it.
  private func budget(layer: Int) -> BootBudget? { layer == 1 || isProgressive ? policy.boot : nil }

  // MARK: Drafts and answers

  private mutating func draft(_ active: [String]) async throws -> [SchemeOutput] {
    switch runner.drafting {
    case .cuts:
      let answers = try await calls(active.map { response($0) }, as: .boot)
      return zip(active, answers).map { candidate, call in cut(call, of: candidate) }
    case .calls:
      let drafts = try await calls(
        active.map { candidate in
          var call = response(candidate)
          guard policy.boot != .full else { return call }
          call.role = .boot
          call.bootBudget = policy.boot
          return call
        }, as: .boot)
      return zip(active, drafts).map { candidate, call in
        var output = output(call, of: candidate)
        output.isCut = call.role == .boot && call.finishReason == "length"
        return output
      }
    }
  }

  private func response(_ candidate: String) -> SchemeCall {
    var call = SchemeCall(role: .response)
    call.model = candidate
    call.sample = runner.sample
    return call
  }

  private func cut(_ call: CallRecord, of candidate: String) -> SchemeOutput {
    var output = output(call, of: candidate)
    let text = CuttableText(output.text, tokenEnds: call.tokenEnds, outputTokens: output.tokens)
    output.isCut = output.tokens > policy.boot.cut
    output.text = String(text.prefix(policy.boot.cut))
    output.tokens = min(output.tokens, policy.boot.cut)
    if output.isCut { output.answer = nil }
    return output
  }

  private func output(_ call: CallRecord, of candidate: String) -> SchemeOutput {
    SchemeOutput(
      candidate: candidate, text: call.text ?? "",
      tokens: call.outputTokens ?? TokenEstimator.tokens(bytes: call.text?.utf8.count ?? 0),
      answer: call.answer ?? call.text.flatMap { runner.answer?(query, $0) }, isCut: false)
  }

  /// What the chosen candidates hand on first: their prefixes at layer 1, else their full answers.
  private mutating func firstOutputs(
    of chosen: [String], _ drafts: [SchemeOutput]
  ) async throws -> [SchemeOutput] {
    func draft(_ candidate: String) -> SchemeOutput? { drafts.first { $0.candidate == candidate } }
    if policy.layers == 1 || isProgressive { return chosen.compactMap(draft) }
    let unfinished = chosen.filter { draft($0)?.isCut ?? true }
    let finished = try await calls(unfinished.map { completion(of: $0, after: draft($0)) }, as: .completion)
    let byName = Dictionary(
      zip(unfinished, finished).map { ($0, output($1, of: $0)) }, uniquingKeysWith: { first, _ in first })
    return chosen.compactMap { candidate in
      guard var whole = byName[candidate] else { return draft(candidate) }
      if case .calls = runner.drafting, let begun = draft(candidate), continues(candidate) {
        whole.text = begun.text + whole.text
        whole.answer = runner.answer?(query, whole.text)
      }
      return whole
    }
  }

  private func continues(_ candidate: String) -> Bool {
    guard case .calls(let restarting) = runner.drafting else { return false }
    return policy.continuation != .restart && !restarting.contains(candidate)
  }

  private func completion(of candidate: String, after draft: SchemeOutput?) -> SchemeCall {
    var call = response(candidate)
    guard let draft, continues(candidate) else { return call }
    call.role = .continuation
    call.bootBudget = policy.boot
    call.context = draft.text
    return call
  }

  // MARK: Ranking

  /// Candidates, best first.
  private struct Ranking {
    let names: [String]
    /// The selector's figures, in millionths; `nil` where it gives none.
    var scores: [Int64]?

    func margin() throws -> Int64 {
      guard let scores, scores.count > 1 else { throw SchemeGap.noRankingScores }
      return scores[0] - scores[1]
    }
  }

  private mutating func rank(
    _ outputs: [SchemeOutput], of members: [String], layer: Int32, budget: BootBudget
  ) async throws -> Ranking {
    guard let tool = try ToolName(policy.selector, runner.header.selectors, "selector") else {
      return Ranking(
        names: try OfflineOrder.rank(
          members, by: policy.selector, outputs, header: runner.header, seed: runner.seed))
    }
    var call = SchemeCall(role: .ranking)
    call.tool = tool.name
    call.sample = runner.sample
    call.layer = layer
    call.members = runner.header.inOrder(members)
    call.bootBudget = budget
    let order = ShownOrder.permutation(
      members.count, seed: runner.seed,
      purpose: [query.query, "ranking", tool.name, "\(layer)", "\(budget)", "\(runner.sample)"])
    let shown = runner.header.inOrder(members)
    call.shown = order.compactMap { place in
      outputs.first { $0.candidate == shown[place] }.map { ShownText(candidate: $0.candidate, text: $0.text) }
    }
    let ranking = try await calls([call], as: .selection)[0]
    if ranking.error != nil { throw SchemeGap.failed(.ranking, by: tool.name) }
    guard case .order(let names) = ranking.order else {
      throw SchemeGap.unparsableRanking(selector: tool.name)
    }
    return Ranking(names: names, scores: ranking.scores)
  }

  // MARK: Merges

  private mutating func mergeAlongTheWay(_ outputs: [SchemeOutput], layer: Int) async throws -> String {
    guard outputs.count > 1 else { return outputs[0].text }
    let declared = runner.header.aggregators
    guard
      let tool = try ToolName(policy.aggregator, declared, "aggregator")
        ?? (declared.count == 1 ? ToolName(name: declared[0].name) : nil)
    else { throw SchemeGap.onlyOffline(policy.aggregator) }
    return try await merge(outputs, by: tool, layer: layer)
  }

  private mutating func merge(_ outputs: [SchemeOutput], by tool: ToolName, layer: Int) async throws -> String
  {
    var call = SchemeCall(role: .merge)
    call.tool = tool.name
    call.sample = runner.sample
    call.layer = Int32(layer)
    call.members = runner.header.inOrder(outputs.map(\.candidate))
    call.bootBudget = budget(layer: layer)
    let order = ShownOrder.permutation(
      outputs.count, seed: runner.seed,
      purpose: [query.query, "merge", tool.name, "\(layer)", "\(runner.sample)"] + (call.members ?? []))
    // A merge is known by its set, so what is shown may not depend on how the set was ranked.
    let members = call.members ?? []
    call.shown = order.compactMap { place in
      outputs.first { $0.candidate == members[place] }.map {
        ShownText(candidate: $0.candidate, text: $0.text)
      }
    }
    let merged = try await calls([call], as: .merge)[0]
    if merged.error != nil { throw SchemeGap.failed(.merge, by: tool.name) }
    return merged.text ?? ""
  }

  private mutating func finish(_ outputs: [SchemeOutput], layer: Int) async throws -> String {
    guard outputs.count > 1 else { return outputs[0].text }
    if let tool = try ToolName(policy.aggregator, runner.header.aggregators, "aggregator") {
      return try await merge(outputs, by: tool, layer: layer)
    }
    guard let place = AggregatorRegistry.place(policy.aggregator, among: outputs.map(\.answer)) else {
      throw SchemeGap.onlyOffline(policy.aggregator)
    }
    return outputs[place].text
  }

  // MARK: Refinements

  /// The set of the next layer writes again, each shown the last merge.
  private mutating func refine(
    _ outputs: [SchemeOutput], shown merge: String, layer: Int
  ) async throws -> [SchemeOutput] {
    var members = outputs.map(\.candidate)
    let k = isStopped ? members.count : policy.k.k(layer: layer)
    if k < members.count {
      let budget = isProgressive ? policy.boot : BootBudget.full
      members = Array(
        try await rank(outputs, of: members, layer: Int32(layer - 1), budget: budget).names.prefix(k))
    }
    let tool = members.count > 0 ? try refinementTool() : nil
    let written = try await calls(
      members.map { candidate in
        var call = SchemeCall(role: .refinement)
        call.model = candidate
        call.tool = tool
        call.sample = runner.sample
        call.layer = Int32(layer)
        call.members = runner.header.inOrder(members)
        call.bootBudget = budget(layer: layer)
        call.context = merge
        return call
      }, as: .refinement)
    return zip(members, written).map { candidate, call in
      isProgressive && layer < policy.layers ? cut(call, of: candidate) : output(call, of: candidate)
    }
  }

  /// Named on refinements where several aggregators are recorded, whose merges they may be shown.
  private func refinementTool() throws -> String? {
    guard runner.header.aggregators.count > 1 else { return nil }
    return try ToolName(policy.aggregator, runner.header.aggregators, "aggregator")?.name
  }

  // MARK: Calls

  /// Makes calls side by side and books them under a stage.
  private mutating func calls(_ wanted: [SchemeCall], as stage: Stage) async throws -> [CallRecord] {
    guard !wanted.isEmpty else { return [] }
    let source = source
    let made = try await withThrowingTaskGroup(of: (Int, CallRecord).self) { group in
      for (index, call) in wanted.enumerated() {
        group.addTask { (index, try await source.make(call)) }
      }
      var made = [CallRecord?](repeating: nil, count: wanted.count)
      for try await (index, call) in group { made[index] = call }
      return made.compactMap { $0 }
    }
    stages.append(SchemeStage(stage: stage, calls: made))
    return made
  }
}

extension TraceHeader {
  /// Names in the order of the header's models, as sets are written.
  func inOrder(_ names: [String]) -> [String] {
    let wanted = Set(names.map(ExactString.init))
    return models.map(\.name).filter { wanted.contains(ExactString($0)) }
  }
}
