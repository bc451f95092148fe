/// Lays recorded calls out as the columns of a `Trace`.
package struct TraceBuilder {
  /// A query as far as replay needs it.
  package struct Query: Sendable {
    package var name: String
    package var workload: String
    package var group: String
    package var skills: [String]
    /// The samples that become rows, ascending, at least one.
    package var samples: [Int32]
    /// UTF-8 length of the prompt; `nil` without one.
    package var promptBytes: Int?
    /// Position in recorded order, where it is recorded and asked for.
    package var ordinal: Int64?

    package init(
      name: String, workload: String, group: String, skills: [String] = [], samples: [Int32] = [0],
      promptBytes: Int? = nil, ordinal: Int64? = nil
    ) {
      self.name = name
      self.workload = workload
      self.group = group
      self.skills = skills
      self.samples = samples
      self.promptBytes = promptBytes
      self.ordinal = ordinal
    }
  }

  /// A call as far as replay needs it. Models are positions in the header's list.
  package struct Call: Sendable {
    package var role: CallRole
    package var model: Int?
    package var tool: String?
    package var sample: Int32 = 0
    /// `nil` = the role's first: 1 for a ranking, 2 for a merge, 3 for a refinement.
    package var layer: Int32?
    package var bootBudget: BootBudget?
    /// Empty = the query's active candidates.
    package var members: [Int] = []
    package var order: [Int]?
    package var orderScores: [Int64]?
    /// Its numbers; `score`, `answer`, `payer` and `recordedCost` are filled in by the builder.
    package var usage = RecordedCall()
    package var score: Score?
    package var answer: String?
    package var cost: Cost?
    package var textBytes: Int?
    package var tokenEndCount: Int?

    package init(role: CallRole) { self.role = role }
  }

  private let header: TraceHeader
  private let queries: [Query]
  private let candidates: [String]
  /// Candidate position by model position; −1 for models that are no candidates.
  private let candidateOfModel: [Int]
  private let workloads: [Workload]
  private let groups: GroupColumns
  private var rows = RowColumns()
  /// The rows of each query given to `init`, in the order of its samples.
  private var rowsOfQuery: [[Int]]

  private var responses: CallColumns
  private var payers: Interner
  private var answers = Interner()
  private var tools: [CallRole: Interner] = [:]
  private var cuts: [CallRole: [CallTable<CutKey>.Entry]] = [:]
  private var sets: [CallRole: [CallTable<SetCallKey>.Entry]] = [:]
  private var orders: [(row: Int, key: SetCallKey, call: Call)] = []
  private var costs: [Cost] = []

  /// - Parameters:
  ///   - respondents: positions of the models that have full answers.
  ///   - digest: what replay needs of the SHA-256 of a query or group id.
  /// - Throws: `TraceError.poolTooLarge`.
  package init(
    header: TraceHeader, queries: [Query], respondents: some Sequence<Int>,
    digest: (String) -> IdentityDigest
  ) throws(TraceError) {
    guard header.pool.count <= CandidateSet.capacity else {
      throw .poolTooLarge(header.pool.count)
    }
    self.header = header
    self.queries = queries
    let inPool = Set(header.pool.map(ExactString.init))
    let others = Set(respondents).sorted().map { header.models[$0].name }
      .filter { !inPool.contains(ExactString($0)) }
    candidates = header.pool + others
    let positions = Dictionary(
      uniqueKeysWithValues: candidates.enumerated().map { (ExactString($1), $0) })
    candidateOfModel = header.models.map { positions[ExactString($0.name)] ?? -1 }
    payers = Interner(candidates)

    let layout = RowLayout(queries: queries, digest: digest)
    workloads = layout.workloads
    groups = layout.groups
    rows = layout.rows
    rowsOfQuery = layout.rowsOfQuery
    let skills = header.pool.map { header.declaration(of: $0)?.skills ?? [] }
    rows.active = ContiguousArray(
      layout.queryOfRow.map { row in
        let needed = queries[row].skills
        return CandidateSet(
          skills.indices.filter { index in
            skills[index].isEmpty || skills[index].contains(where: needed.contains)
          })
      })
    responses = CallColumns(absent: rows.count * candidates.count)
  }

  /// Adds a call of the query at `query` in the list given to `init`. Calls of samples that are no row,
  /// and calls over models that are no candidates, have no place in a replay and are left out.
  package mutating func add(_ call: Call, query: Int) {
    guard let position = queries[query].samples.firstIndex(of: call.sample) else { return }
    let row = rowsOfQuery[query][position]
    let candidate = call.model.map { candidateOfModel[$0] } ?? -1
    switch call.role {
    case .response:
      guard candidate >= 0 else { return }
      responses[row * candidates.count + candidate] = recorded(call, query: query, payer: candidate)
    case .boot, .continuation:
      guard candidate >= 0, let budget = call.bootBudget else { return }
      let key = CutKey(candidate: Int32(candidate), cut: budget.cut)
      cuts[call.role, default: []].append(
        .init(row: row, key: key, call: recorded(call, query: query, payer: candidate)))
    case .ranking, .merge, .refinement:
      addSetCall(call, row: row, query: query, candidate: candidate)
    }
  }

  /// Adds the grade of a response cut at a boot budget.
  package mutating func add(_ prefix: PrefixGrade, model: Int, sample: Int32, query: Int) {
    guard let position = queries[query].samples.firstIndex(of: sample), candidateOfModel[model] >= 0
    else { return }
    let key = CutKey(candidate: Int32(candidateOfModel[model]), cut: prefix.bootBudget.cut)
    let call = RecordedCall(
      score: prefix.score?.millionths ?? CallColumns.unknown,
      answer: prefix.answer.map { answers.id($0) } ?? CallColumns.unknown, flags: .present)
    // Prefix grades share the table kind of boots but are kept under the role they belong to.
    cuts[.response, default: []].append(.init(row: rowsOfQuery[query][position], key: key, call: call))
  }

  /// The finished trace.
  package mutating func build(fingerprint: String) -> Trace {
    let selectors = tools[.ranking, default: Interner()].names
    let selectorRank = Interner.ranks(selectors)
    let aggregators = tools[.merge, default: Interner()].names
    let aggregatorRank = Interner.ranks(aggregators)
    let (rankings, rankingOrders) = rankingTable(toolRank: selectorRank)
    let skills = candidates.map { header.declaration(of: $0)?.skills ?? [] }
    let restarting = header.pool.indices.filter {
      header.declaration(of: header.pool[$0])?.continuation == DeclaredContinuation.none
    }
    return Trace(
      name: header.name, fingerprint: fingerprint, candidates: candidates,
      poolCount: header.pool.count, candidateSkills: skills, restarting: CandidateSet(restarting),
      payers: payers.names, selectors: ExactString.sorted(selectors),
      aggregators: ExactString.sorted(aggregators),
      workloads: workloads, rows: rows, groups: groups, responses: responses,
      prefixes: cutTable(.response), boots: cutTable(.boot), continuations: cutTable(.continuation),
      rankings: rankings, orders: rankingOrders,
      merges: setTable(.merge, toolRank: aggregatorRank),
      refinements: setTable(.refinement, toolRank: aggregatorRank),
      recordedCosts: costs, answers: answers.names)
  }
}

extension TraceBuilder {
  private mutating func addSetCall(_ call: Call, row: Int, query: Int, candidate: Int) {
    let members = call.members.map { candidateOfModel[$0] }
    guard members.allSatisfy({ (0..<CandidateSet.capacity).contains($0) }) else { return }
    let kind = call.role == .ranking ? CallRole.ranking : .merge
    let tool = call.tool.map { tools[kind, default: Interner()].id($0) } ?? -1
    let key = SetCallKey(
      tool: tool, candidate: call.role == .refinement ? Int32(candidate) : -1,
      layer: call.layer ?? (call.role == .ranking ? 1 : call.role == .merge ? 2 : 3),
      cut: call.bootBudget?.cut ?? -1, members: members.isEmpty ? rows.active[row] : CandidateSet(members))
    if call.role == .ranking {
      orders.append((row, key, call))
    } else {
      let payer = call.role == .refinement ? candidate : Int(payerID(of: call))
      sets[call.role, default: []].append(
        .init(row: row, key: key, call: recorded(call, query: query, payer: payer)))
    }
  }

  /// A ranking or merge is priced by its model, else by the model its tool declares, else by the tool's name.
  private mutating func payerID(of call: Call) -> Int32 {
    if let model = call.model { return payers.id(header.models[model].name) }
    let declared = call.role == .ranking ? header.selectors : header.aggregators
    let name = call.tool ?? ""
    return payers.id(declared.first { ExactString($0.name) == ExactString(name) }?.model ?? name)
  }

  /// The numbers of a call, with what is missing estimated from its text where Traces.md, "What is missing".
  private mutating func recorded(_ call: Call, query: Int, payer: Int) -> RecordedCall {
    var entry = call.usage
    entry.payer = Int32(payer)
    entry.flags.insert(.present)
    entry.answer = call.answer.map { answers.id($0) } ?? CallColumns.unknown
    entry.score = call.score?.millionths ?? CallColumns.unknown
    let failed = entry.flags.contains(.failed)
    if failed {
      entry.score = 0
      entry.answer = CallColumns.unknown
    }
    if let cost = call.cost {
      entry.recordedCost = Int32(costs.count)
      costs.append(cost)
    } else if !failed {
      estimateTokens(
        &entry, call: call, promptBytes: call.role == .response ? queries[query].promptBytes : nil)
    }
    if let bytes = call.textBytes {
      entry.flags.insert(.hasText)
      // A token that is shown has at least one byte; estimates follow from the text itself.
      if !entry.flags.contains(.estimatedTokens), entry.hidden == 0, Int(entry.output) > bytes {
        entry.hidden = entry.output - Int32(bytes)
      }
    }
    if call.tokenEndCount != nil { entry.flags.insert(.exactCuts) }
    return entry
  }

  private func estimateTokens(_ entry: inout RecordedCall, call: Call, promptBytes: Int?) {
    if entry.output < 0, let bytes = call.textBytes {
      entry.output = call.tokenEndCount.map(Int32.init) ?? TokenEstimator.tokens(bytes: bytes)
      entry.flags.insert(.estimatedTokens)
    }
    if entry.input < 0, let bytes = promptBytes {
      entry.input = TokenEstimator.tokens(bytes: bytes)
      entry.flags.insert(.estimatedTokens)
    }
  }

  private mutating func rankingTable(toolRank: [Int32]) -> (CallTable<SetCallKey>, RankingOrders) {
    for index in orders.indices where orders[index].key.tool >= 0 {
      orders[index].key.tool = toolRank[Int(orders[index].key.tool)]
    }
    orders.sort { ($0.row, $0.key) < ($1.row, $1.key) }
    var entries: [CallTable<SetCallKey>.Entry] = []
    var columns = RankingOrders()
    let recordsScores = orders.contains { $0.call.orderScores != nil }
    for (row, key, call) in orders {
      var entry = recorded(call, query: 0, payer: Int(payerID(of: call)))
      entry.score = CallColumns.unknown
      if let order = call.order {
        columns.candidates.append(contentsOf: order.map { UInt8(candidateOfModel[$0]) })
        if recordsScores {
          columns.scores.append(contentsOf: call.orderScores ?? order.map { _ in .min })
        }
      } else {
        entry.flags.insert(.unparsable)
      }
      columns.start.append(Int32(columns.candidates.count))
      entries.append(.init(row: row, key: key, call: entry))
    }
    return (CallTable(rows: rows.count, entries: entries), columns)
  }

  private func cutTable(_ role: CallRole) -> CallTable<CutKey> {
    CallTable(rows: rows.count, entries: cuts[role] ?? [])
  }

  private func setTable(_ role: CallRole, toolRank: [Int32]) -> CallTable<SetCallKey> {
    var entries = sets[role] ?? []
    for index in entries.indices where entries[index].key.tool >= 0 {
      entries[index].key.tool = toolRank[Int(entries[index].key.tool)]
    }
    return CallTable(rows: rows.count, entries: entries)
  }
}

/// Names with dense ids in order of first appearance; equal means the same bytes.
private struct Interner {
  private(set) var names: [String] = []
  private var ids: [ExactString: Int32] = [:]

  init(_ names: [String] = []) {
    for name in names { _ = id(name) }
  }

  mutating func id(_ name: String) -> Int32 {
    if let known = ids[ExactString(name)] { return known }
    let id = Int32(names.count)
    ids[ExactString(name)] = id
    names.append(name)
    return id
  }

  /// The position of each name among the sorted names.
  static func ranks(_ names: [String]) -> [Int32] {
    var ranks = [Int32](repeating: 0, count: names.count)
    for (rank, index) in names.indices.sorted(by: { ExactString(names[$0]) < ExactString(names[$1]) })
      .enumerated()
    {
      ranks[index] = Int32(rank)
    }
    return ranks
  }
}
