/// Goes over columns one after the other, to write them somewhere or to fill them from there.
package protocol ColumnArchive {
  /// Whether columns are filled.
  var isReading: Bool { get }
  mutating func column<Element: BitwiseCopyable>(_ column: inout ContiguousArray<Element>) throws
}

/// The columns of a trace taken apart, so that they can be kept and put together again.
///
/// One list of columns serves both directions; whoever changes it gives the archive another name.
package struct TraceImage {
  private var names = [String](repeating: "", count: 2)
  private var candidates: [String] = []
  private var numbers: ContiguousArray<UInt64> = [0, 0]
  private var skills: [String] = []
  private var skillCounts: ContiguousArray<Int32> = []
  private var payers: [String] = []
  private var selectors: [String] = []
  private var aggregators: [String] = []
  private var workloadNames: [String] = []
  private var workloadEnds: ContiguousArray<Int64> = []
  private var rows = RowColumns()
  private var groups = GroupColumns()
  private var responses = CallColumns()
  private var prefixes = CallTable<CutKey>.empty
  private var boots = CallTable<CutKey>.empty
  private var continuations = CallTable<CutKey>.empty
  private var rankings = CallTable<SetCallKey>.empty
  private var orders = RankingOrders()
  private var merges = CallTable<SetCallKey>.empty
  private var refinements = CallTable<SetCallKey>.empty
  private var costs: ContiguousArray<Cost> = []
  private var answers: [String] = []

  /// Fills an image from an archive.
  package init(from archive: inout some ColumnArchive) throws { try visit(&archive) }

  /// - Returns: `nil` where the trace has what an image does not keep: similarities, traffic, recorded order.
  package init?(_ trace: Trace) {
    guard trace.traffic.isEmpty, trace.rows.ordinal.isEmpty, trace.similarities.prefixes.isEmpty,
      trace.similarities.refinements.isEmpty
    else { return nil }
    names = [trace.name, trace.fingerprint]
    candidates = trace.candidates
    numbers = [UInt64(trace.poolCount), trace.restarting.bits]
    skills = trace.candidateSkills.flatMap { $0 }
    skillCounts = ContiguousArray(trace.candidateSkills.map { Int32($0.count) })
    payers = trace.payers
    selectors = trace.selectors
    aggregators = trace.aggregators
    workloadNames = trace.workloads.map(\.name)
    workloadEnds = ContiguousArray(
      trace.workloads.flatMap { [Int64($0.rows.upperBound), Int64($0.groups.upperBound)] })
    rows = trace.rows
    groups = trace.groups
    responses = trace.responses
    prefixes = trace.prefixes
    boots = trace.boots
    continuations = trace.continuations
    rankings = trace.rankings
    orders = trace.orders
    merges = trace.merges
    refinements = trace.refinements
    costs = ContiguousArray(trace.recordedCosts)
    answers = trace.answers
  }

  /// Every column, in an order that never changes under one name.
  package mutating func visit(_ archive: inout some ColumnArchive) throws {
    try archive.texts(&names)
    try archive.texts(&candidates)
    try archive.column(&numbers)
    try archive.texts(&skills)
    try archive.column(&skillCounts)
    try archive.texts(&payers)
    try archive.texts(&selectors)
    try archive.texts(&aggregators)
    try archive.texts(&workloadNames)
    try archive.column(&workloadEnds)
    try archive.texts(&rows.query)
    try archive.column(&rows.sample)
    try archive.column(&rows.active)
    try archive.column(&rows.queryKey)
    try archive.column(&rows.group)
    try archive.column(&groups.key)
    try archive.column(&groups.fold)
    try archive.column(&groups.rowStart)
    try archive.calls(&responses)
    try archive.table(&prefixes)
    try archive.table(&boots)
    try archive.table(&continuations)
    try archive.table(&rankings)
    try archive.column(&orders.start)
    try archive.column(&orders.candidates)
    try archive.column(&orders.scores)
    try archive.table(&merges)
    try archive.table(&refinements)
    try archive.column(&costs)
    try archive.texts(&answers)
  }

  /// The trace; `nil` where the columns do not fit together.
  package var trace: Trace? {
    guard isSound else { return nil }
    var start = (row: 0, group: 0)
    var workloads: [Workload] = []
    for (index, name) in workloadNames.enumerated() {
      let end = (row: Int(workloadEnds[2 * index]), group: Int(workloadEnds[2 * index + 1]))
      workloads.append(Workload(name: name, rows: start.row..<end.row, groups: start.group..<end.group))
      start = end
    }
    var next = 0
    let lists = skillCounts.map { count in
      defer { next += Int(count) }
      return Array(skills[next..<next + Int(count)])
    }
    return Trace(
      name: names[0], fingerprint: names[1], candidates: candidates, poolCount: Int(numbers[0]),
      candidateSkills: lists, restarting: CandidateSet(bits: numbers[1]), payers: payers,
      selectors: selectors, aggregators: aggregators, workloads: workloads, rows: rows, groups: groups,
      responses: responses, prefixes: prefixes, boots: boots, continuations: continuations,
      rankings: rankings, orders: orders, merges: merges, refinements: refinements,
      recordedCosts: Array(costs), answers: answers)
  }
}

// MARK: Soundness

extension TraceImage {
  /// Whether every number that points somewhere points at something: a replay checks nothing again.
  private var isSound: Bool {
    guard names.count == 2, numbers.count == 2, candidates.count <= Int(Int32.max),
      numbers[0] <= UInt64(min(candidates.count, CandidateSet.capacity)),
      payers.count >= candidates.count, skillCounts.count == candidates.count,
      skillCounts.allSatisfy({ $0 >= 0 }),
      skillCounts.reduce(Int64(0), { $0 + Int64($1) }) == Int64(skills.count)
    else { return false }
    let everybody = numbers[0] == 64 ? UInt64.max : 1 << numbers[0] - 1
    return areRowsSound && numbers[1] & ~everybody == 0
      && rows.active.allSatisfy { $0.bits & ~everybody == 0 }
      && responses.count == rows.count * candidates.count && isSound(responses)
      && isSound(prefixes) { isCandidate($0.candidate) } && isSound(boots) { isCandidate($0.candidate) }
      && isSound(continuations) { isCandidate($0.candidate) }
      && isSound(rankings) { isTool($0.tool, selectors) && $0.members.bits & ~everybody == 0 }
      && isSound(merges) { isTool($0.tool, aggregators) }
      && isSound(refinements) { isTool($0.tool, aggregators) && isCandidate($0.candidate) }
      && areOrdersSound
  }

  private var areRowsSound: Bool {
    let count = rows.count
    var end = (row: Int64(0), group: Int64(0))
    guard workloadEnds.count == 2 * workloadNames.count else { return false }
    for index in workloadNames.indices {
      let next = (row: workloadEnds[2 * index], group: workloadEnds[2 * index + 1])
      guard next.row >= end.row, next.group >= end.group else { return false }
      end = next
    }
    return rows.sample.count == count && rows.active.count == count && rows.queryKey.count == count
      && rows.group.count == count && end.row == count && end.group == groups.key.count
      && rows.group.allSatisfy { groups.key.indices.contains(Int($0)) }
      && groups.fold.count == groups.key.count && groups.fold.allSatisfy { $0 < IdentityDigest.folds }
      && groups.rowStart.count == groups.key.count + 1 && groups.rowStart.first == 0
      && groups.rowStart.last == count && zip(groups.rowStart, groups.rowStart.dropFirst()).allSatisfy(<=)
  }

  private var areOrdersSound: Bool {
    orders.start.count == rankings.calls.count + 1 && orders.start.first == 0
      && Int(orders.start.last ?? -1) == orders.candidates.count
      && zip(orders.start, orders.start.dropFirst()).allSatisfy(<=)
      && orders.candidates.allSatisfy { Int($0) < candidates.count }
      && (orders.scores.isEmpty || orders.scores.count == orders.candidates.count)
  }

  private func isCandidate(_ candidate: Int32) -> Bool { candidates.indices.contains(Int(candidate)) }

  private func isTool(_ tool: Int32, _ tools: [String]) -> Bool { tool >= -1 && Int(tool) < tools.count }

  private func isSound(_ calls: CallColumns) -> Bool {
    let count = calls.count
    func points(_ column: ContiguousArray<Int32>, into size: Int) -> Bool {
      column.count == count && column.allSatisfy { $0 >= -1 && Int($0) < size }
    }
    return points(calls.answer, into: answers.count) && points(calls.payer, into: payers.count)
      && points(calls.recordedCost, into: costs.count)
      && points(calls.score, into: Int(Score.unit) + 1)
      && [calls.input, calls.output].allSatisfy { $0.count == count && $0.allSatisfy { $0 >= -1 } }
      && [calls.cachedInput, calls.hidden].allSatisfy { $0.count == count && $0.allSatisfy { $0 >= 0 } }
      && [calls.timeToFirstToken, calls.duration].allSatisfy {
        $0.count == count && $0.allSatisfy { $0 >= -1 }
      }
      && calls.callID.count == count
  }

  private func isSound<Key>(_ table: CallTable<Key>, _ key: (Key) -> Bool) -> Bool {
    guard table.rowStart.count == rows.count + 1, table.rowStart.first == 0,
      Int(table.rowStart.last ?? -1) == table.keys.count, table.calls.count == table.keys.count
    else { return false }
    return zip(table.rowStart, table.rowStart.dropFirst()).allSatisfy(<=) && table.keys.allSatisfy(key)
      && isSound(table.calls)
  }
}

// MARK: Parts

extension ColumnArchive {
  /// Texts as their UTF-8 one after the other, and where each ends.
  fileprivate mutating func texts(_ texts: inout [String]) throws {
    var ends = ContiguousArray<Int64>()
    var bytes = ContiguousArray<UInt8>()
    if !isReading {
      for text in texts {
        bytes.append(contentsOf: text.utf8)
        ends.append(Int64(bytes.count))
      }
    }
    try column(&ends)
    try column(&bytes)
    guard isReading else { return }
    texts = []
    texts.reserveCapacity(ends.count)
    var start = 0
    for end in ends where Int(end) >= start && Int(end) <= bytes.count {
      texts.append(String(decoding: bytes[start..<Int(end)], as: UTF8.self))
      start = Int(end)
    }
  }

  fileprivate mutating func calls(_ calls: inout CallColumns) throws {
    try column(&calls.input)
    try column(&calls.cachedInput)
    try column(&calls.output)
    try column(&calls.hidden)
    try column(&calls.timeToFirstToken)
    try column(&calls.duration)
    try column(&calls.score)
    try column(&calls.answer)
    try column(&calls.flags)
    try column(&calls.payer)
    try column(&calls.recordedCost)
    try column(&calls.callID)
  }

  fileprivate mutating func table<Key: BitwiseCopyable>(_ table: inout CallTable<Key>) throws {
    try column(&table.rowStart)
    try column(&table.keys)
    try calls(&table.calls)
  }
}
