import RoutingCore

/// Writes headers and queries in the interchange form (Traces.md, "Fingerprint"), keys in its order.
///
/// What is absent is left out, and so is sample 0. The text is canonical: equal content gives equal bytes.
struct InterchangeEncoder {
  private var writer = JSONWriter()

  /// What was encoded since the last `clear()`.
  var bytes: [UInt8] { writer.bytes }

  mutating func clear() { writer.clear() }

  // MARK: Header

  /// Appends the header's line; `forFingerprint` leaves out the name and sorts selectors and aggregators,
  /// whose order depends on what was imported first.
  mutating func encode(_ header: TraceHeader, forFingerprint: Bool = false) {
    writer.object { writer in
      writer.put(HeaderKey.format.rawValue, TraceHeader.format)
      if !forFingerprint { writer.put(HeaderKey.name.rawValue, header.name) }
      writer.key(HeaderKey.models.rawValue)
      writer.array(header.models) { $0.model($1) }
      writer.key(HeaderKey.pool.rawValue)
      writer.array(header.pool) { $0.string($1) }
      writer.tools(HeaderKey.selectors.rawValue, header.selectors, sorted: forFingerprint)
      writer.tools(HeaderKey.aggregators.rawValue, header.aggregators, sorted: forFingerprint)
      writer.put(HeaderKey.extra.rawValue, header.extra)
    }
    writer.endLine()
  }

  // MARK: Queries

  /// Appends a query's line; its calls must be in canonical order.
  mutating func encode(_ query: QueryRecord) {
    writer.object { writer in
      writer.put(QueryKey.query.rawValue, query.query)
      writer.put(QueryKey.workload.rawValue, query.workload)
      writer.put(QueryKey.group.rawValue, query.group)
      if !query.skills.isEmpty { writer.put(QueryKey.skills.rawValue, query.skills) }
      writer.put(QueryKey.ordinal.rawValue, query.ordinal)
      writer.put(QueryKey.prompt.rawValue, query.prompt)
      writer.put(QueryKey.messages.rawValue, query.messages)
      writer.put(QueryKey.reference.rawValue, query.reference)
      var rest = query.calls[...]
      while let role = rest.first?.role {
        let calls = rest.prefix { $0.role == role }
        rest = rest.dropFirst(calls.count)
        writer.key(role.key)
        writer.array(calls) { $0.call($1) }
      }
      writer.put(QueryKey.extra.rawValue, query.extra)
    }
    writer.endLine()
  }
}

extension JSONWriter {
  fileprivate mutating func model(_ model: ModelDeclaration) {
    object { writer in
      writer.put(ModelKey.name.rawValue, model.name)
      if !model.skills.isEmpty { writer.put(ModelKey.skills.rawValue, model.skills) }
      writer.put(ModelKey.continuation.rawValue, model.continuation?.rawValue)
      writer.put(ModelKey.extra.rawValue, model.extra)
    }
  }

  fileprivate mutating func tools(_ name: String, _ tools: [ToolDeclaration], sorted: Bool) {
    guard !tools.isEmpty else { return }
    key(name)
    let tools = sorted ? tools.sorted { ExactString($0.name) < ExactString($1.name) } : tools
    array(tools) { writer, tool in
      writer.object { writer in
        writer.put(ToolKey.name.rawValue, tool.name)
        writer.put(ToolKey.model.rawValue, tool.model)
        writer.put(ToolKey.prompt.rawValue, tool.prompt)
        writer.put(ToolKey.extra.rawValue, tool.extra)
      }
    }
  }

  fileprivate mutating func call(_ call: CallRecord) {
    object { writer in
      writer.coordinates(of: call)
      writer.put(CallKey.text.rawValue, call.text)
      if let ends = call.tokenEnds {
        writer.key(CallKey.tokenEnds.rawValue)
        writer.array(ends) { $0.integer(Int64($1)) }
      }
      writer.usage(of: call)
      writer.put(CallKey.finishReason.rawValue, call.finishReason)
      writer.put(CallKey.answer.rawValue, call.answer)
      writer.put(CallKey.score.rawValue, call.score)
      writer.grades(call.grades)
      writer.prefixes(call.prefixes)
      writer.put(CallKey.error.rawValue, call.error)
      writer.put(CallKey.extra.rawValue, call.extra)
    }
  }

  private mutating func coordinates(of call: CallRecord) {
    if call.role.isByCandidate { put(CallKey.model.rawValue, call.model) }
    put((call.role == .ranking ? CallKey.selector : .aggregator).rawValue, call.tool)
    if !call.role.isByCandidate { put(CallKey.model.rawValue, call.model) }
    if call.sample != 0 { put(CallKey.sample.rawValue, Int64(call.sample)) }
    if call.role != .merge, call.role != .refinement { put(CallKey.bootBudget.rawValue, call.bootBudget) }
    if call.role == .ranking { put(CallKey.layer.rawValue, call.layer.map { Int64($0) }) }
    if let members = call.members { put(CallKey.members.rawValue, members) }
    if call.role == .merge || call.role == .refinement {
      put(CallKey.layer.rawValue, call.layer.map { Int64($0) })
      put(CallKey.bootBudget.rawValue, call.bootBudget)
    }
    switch call.order {
    case .order(let names): put(CallKey.order.rawValue, names)
    case .unparsable:
      key(CallKey.order.rawValue)
      null()
    case nil: break
    }
    if let scores = call.scores {
      key(CallKey.scores.rawValue)
      array(scores) { $0.decimal(Int128($1), places: 6) }
    }
    if let shown = call.shown { put(CallKey.shown.rawValue, shown) }
  }

  private mutating func usage(of call: CallRecord) {
    put(CallKey.inputTokens.rawValue, call.inputTokens.map { Int64($0) })
    put(CallKey.cachedInputTokens.rawValue, call.cachedInputTokens.map { Int64($0) })
    put(CallKey.outputTokens.rawValue, call.outputTokens.map { Int64($0) })
    put(CallKey.reasoningTokens.rawValue, call.reasoningTokens.map { Int64($0) })
    put(CallKey.tokenSource.rawValue, call.tokenSource?.rawValue)
    put(CallKey.cost.rawValue, call.cost?.picodollars, places: 12)
    put(CallKey.timeToFirstToken.rawValue, call.timeToFirstToken.map { Int128($0.count) }, places: 6)
    put(CallKey.duration.rawValue, call.duration.map { Int128($0.count) }, places: 6)
  }

  private mutating func grades(_ grades: [NamedGrade]) {
    guard !grades.isEmpty else { return }
    key(CallKey.grades.rawValue)
    object { writer in
      for grade in grades {
        writer.key(grade.name)
        writer.object { writer in
          writer.put(GradeKey.answer.rawValue, grade.answer)
          writer.put(GradeKey.score.rawValue, grade.score)
        }
      }
    }
  }

  private mutating func prefixes(_ prefixes: [PrefixGrade]) {
    guard !prefixes.isEmpty else { return }
    key(CallKey.prefixes.rawValue)
    array(prefixes) { writer, prefix in
      writer.object { writer in
        writer.put(GradeKey.bootBudget.rawValue, prefix.bootBudget)
        writer.put(GradeKey.answer.rawValue, prefix.answer)
        writer.put(GradeKey.score.rawValue, prefix.score)
      }
    }
  }

  // MARK: A key with its value, or nothing

  fileprivate mutating func put(_ name: String, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }

  fileprivate mutating func put(_ name: String, _ values: [String]) {
    key(name)
    array(values) { $0.string($1) }
  }

  fileprivate mutating func put(_ name: String, _ value: RawJSON?) {
    guard let value else { return }
    key(name)
    raw(value)
  }

  fileprivate mutating func put(_ name: String, _ value: Int64?) {
    guard let value else { return }
    key(name)
    integer(value)
  }

  fileprivate mutating func put(_ name: String, _ value: Int128?, places: Int) {
    guard let value else { return }
    key(name)
    decimal(value, places: places)
  }

  fileprivate mutating func put(_ name: String, _ score: Score?) {
    put(name, score.map { Int128($0.millionths) }, places: 6)
  }

  fileprivate mutating func put(_ name: String, _ budget: BootBudget?) {
    switch budget {
    case .tokens(let count): put(name, Int64(count))
    case .full: put(name, "full")
    case BootBudget.none?, nil: break
    }
  }
}
