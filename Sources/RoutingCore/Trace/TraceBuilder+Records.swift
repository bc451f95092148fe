extension TraceBuilder.Query {
  /// A query as far as replay needs it. Samples are those of its calls, or the first only.
  package init(_ record: QueryRecord, samples selection: SampleSelection) {
    var samples: [Int32] = [0]
    if selection == .all, !record.calls.isEmpty { samples = Set(record.calls.map(\.sample)).sorted() }
    self.init(
      name: record.query, workload: record.workload, group: record.effectiveGroup, skills: record.skills,
      samples: samples, promptBytes: record.promptBytes, ordinal: record.ordinal)
  }
}

extension TraceBuilder.Call {
  /// A call as far as replay needs it; `position` is a model's place in the header, by name.
  package init(_ record: CallRecord, position: [ExactString: Int]) {
    self.init(role: record.role)
    model = record.model.flatMap { position[ExactString($0)] }
    tool = record.tool
    sample = record.sample
    layer = record.layer
    bootBudget = record.bootBudget
    members = (record.members ?? []).compactMap { position[ExactString($0)] }
    if case .order(let names) = record.order { order = names.compactMap { position[ExactString($0)] } }
    orderScores = record.scores
    score = record.score
    answer = record.answer
    cost = record.cost
    textBytes = record.text?.utf8.count
    tokenEndCount = record.tokenEnds?.count
    usage.input = record.inputTokens ?? CallColumns.unknown
    usage.cachedInput = record.cachedInputTokens ?? 0
    usage.output = record.outputTokens ?? CallColumns.unknown
    usage.hidden = record.reasoningTokens ?? 0
    usage.timeToFirstToken = record.timeToFirstToken?.count ?? -1
    usage.duration = record.duration?.count ?? -1
    if record.error != nil { usage.flags.insert(.failed) }
    if record.tokenSource == .estimated { usage.flags.insert(.estimatedTokens) }
  }
}

/// Which samples of a query are replayed.
package enum SampleSelection: String, Sendable, CaseIterable {
  /// Sample 0.
  case first
  /// Every sample is a row of its query's group.
  case all
}

extension Trace {
  /// Records laid out for replay, in memory.
  package static func of(
    header: TraceHeader, records: [QueryRecord], samples: SampleSelection = .first, fingerprint: String = "",
    digest: (String) -> IdentityDigest
  ) throws(TraceError) -> Trace {
    let position = Dictionary(
      header.models.enumerated().map { (ExactString($1.name), $0) }, uniquingKeysWith: { first, _ in first })
    let respondents = records.flatMap { record in
      record.calls.filter { $0.role == .response }.compactMap {
        $0.model.flatMap { position[ExactString($0)] }
      }
    }
    var builder = try TraceBuilder(
      header: header, queries: records.map { TraceBuilder.Query($0, samples: samples) },
      respondents: respondents, digest: digest)
    for (index, record) in records.enumerated() {
      for call in record.calls {
        builder.add(TraceBuilder.Call(call, position: position), query: index)
        guard let model = call.model.flatMap({ position[ExactString($0)] }) else { continue }
        for prefix in call.prefixes { builder.add(prefix, model: model, sample: call.sample, query: index) }
      }
    }
    return builder.build(fingerprint: fingerprint)
  }
}
