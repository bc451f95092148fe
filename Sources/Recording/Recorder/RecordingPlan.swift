package import RoutingCore

/// What a recording would ask, before anything is spent.
///
/// The scheme itself is carried out on made-up answers wherever a call is not recorded yet. Which sets get merged
/// depends on rankings that nobody knows yet, so there are two plans: every unknown ranking alike, and every one as
/// different as can be.
package struct RecordingPlan: Sendable, Equatable {
  /// By role and model: calls, input tokens and output tokens, at least and at most.
  package var entries: [Entry]
  package var queries: Int
  /// Calls that are recorded already.
  package var recorded: Int

  package struct Entry: Sendable, Equatable {
    package var role: CallRole
    package var model: String
    package var calls: ClosedRange<Int>
    package var inputTokens: ClosedRange<Int64>
    /// Estimated by the calls of that kind recorded so far, else by the limit of output tokens.
    package var outputTokens: ClosedRange<Int64>
  }

  package func calls(_ role: CallRole) -> ClosedRange<Int> {
    let parts = entries.filter { $0.role == role }.map(\.calls)
    return parts.reduce(0) { $0 + $1.lowerBound }...parts.reduce(0) { $0 + $1.upperBound }
  }

  /// Half the width of the 95 % interval of a score difference between two policies of which one is right and the
  /// other wrong on a share of the queries: 1.96 · √(share / n).
  package static func halfWidth(queries: Int, disagreeing share: Double) -> Double {
    1.96 * (share / Double(max(1, queries))).squareRoot()
  }

  /// - Parameter queries: with the calls recorded for them so far.
  package static func make(_ queries: [QueryRecord], _ calls: LiveCalls) async throws -> RecordingPlan {
    let known = OutputLengths(queries)
    let low = try await tallies(queries, calls, known, spread: false)
    let high = try await tallies(queries, calls, known, spread: true)
    let keys = Set(low.keys).union(high.keys).sorted {
      ($0.role.rawValue, $0.model) < ($1.role.rawValue, $1.model)
    }
    let entries = keys.map { key in
      let (few, many) = (low[key] ?? .init(), high[key] ?? .init())
      return Entry(
        role: key.role, model: key.model, calls: range(few.calls, many.calls),
        inputTokens: range(few.input, many.input), outputTokens: range(few.output, many.output))
    }
    return RecordingPlan(
      entries: entries, queries: queries.count, recorded: queries.reduce(0) { $0 + $1.calls.count })
  }

  private static func range<Value: Comparable>(_ left: Value, _ right: Value) -> ClosedRange<Value> {
    min(left, right)...max(left, right)
  }

  struct Key: Hashable {
    let role: CallRole
    let model: String
  }

  struct Tally {
    var calls = 0
    var input: Int64 = 0
    var output: Int64 = 0
  }

  private static func tallies(
    _ queries: [QueryRecord], _ calls: LiveCalls, _ lengths: OutputLengths, spread: Bool
  ) async throws -> [Key: Tally] {
    let store = PlanStore()
    let recorder = Recorder(calls: calls, store: store)
    var total: [Key: Tally] = [:]
    for query in queries {
      let source = PlanningSource(query, calls, lengths, spread: spread)
      try await recorder.walk(query, source)
      for (key, tally) in await source.tallies {
        total[key, default: .init()].calls += tally.calls
        total[key, default: .init()].input += tally.input
        total[key, default: .init()].output += tally.output
      }
    }
    return total
  }
}

/// A plan keeps nothing.
private struct PlanStore: CallStore {
  func add(_ call: CallRecord, to query: String) {}
}

/// Mean output tokens of the calls recorded so far, by role and model.
struct OutputLengths: Sendable {
  private var sums: [RecordingPlan.Key: (count: Int64, tokens: Int64)] = [:]

  init(_ queries: [QueryRecord]) {
    for call in queries.lazy.flatMap(\.calls) {
      guard let model = call.model, let tokens = call.outputTokens else { continue }
      let key = RecordingPlan.Key(role: call.role, model: model)
      let sum = sums[key] ?? (0, 0)
      sums[key] = (sum.count + 1, sum.tokens + Int64(tokens))
    }
  }

  func mean(_ role: CallRole, _ model: String) -> Int32? {
    sums[RecordingPlan.Key(role: role, model: model)].map {
      Int32(clamping: ($0.tokens + $0.count / 2) / $0.count)
    }
  }
}

/// Answers calls that are not recorded by made-up texts of the likely length, and counts them.
actor PlanningSource: CallSource {
  private let query: QueryRecord
  private let calls: LiveCalls
  private let lengths: OutputLengths
  /// Whether unknown rankings are made to differ from each other.
  private let spread: Bool
  private var known: [CallIdentity: CallRecord]
  /// Sets of candidates that some ranking puts first.
  private var seen: Set<Set<String>> = []
  private(set) var tallies: [RecordingPlan.Key: RecordingPlan.Tally] = [:]

  init(_ query: QueryRecord, _ calls: LiveCalls, _ lengths: OutputLengths, spread: Bool) {
    self.query = query
    self.calls = calls
    self.lengths = lengths
    self.spread = spread
    known = Dictionary(query.calls.map { (CallIdentity($0), $0) }, uniquingKeysWith: { first, _ in first })
    for case .order(let order) in query.calls.compactMap(\.order) { seen.formUnion(Self.fronts(of: order)) }
  }

  func make(_ call: SchemeCall) throws -> CallRecord {
    let key = CallIdentity(call)
    if let known = known[key] { return known }
    let (model, input, limit) = try calls.mostTokens(call, for: query)
    let output = min(limit, lengths.mean(call.role, model) ?? limit)
    let tallyKey = RecordingPlan.Key(role: call.role, model: model)
    tallies[tallyKey, default: .init()].calls += 1
    tallies[tallyKey, default: .init()].input += Int64(input)
    tallies[tallyKey, default: .init()].output += Int64(output)
    var record = CallRecord(role: call.role)
    record.model = model
    record.tool = call.tool
    record.members = call.members
    record.text = String(repeating: "word", count: Int(min(output, 100_000)))
    record.outputTokens = output
    if call.role == .ranking { record.order = .order(order(of: call.members ?? [])) }
    known[key] = record
    return record
  }

  /// The members as they are; or in the order whose first 1, 2, 3, … give the most sets not met before.
  private func order(of members: [String]) -> [String] {
    guard spread, members.count > 1 else { return members }
    var best: (order: [String], new: Int)?
    for order in Self.orders(of: members) {
      let new = Self.fronts(of: order).count { !seen.contains($0) }
      if new > best?.new ?? -1 { best = (order, new) }
    }
    guard let best else { return members }
    seen.formUnion(Self.fronts(of: best.order))
    return best.order
  }

  private static func fronts(of order: [String]) -> [Set<String>] {
    (1..<order.count).map { Set(order.prefix($0)) }
  }

  /// Every order of up to five; of more, every turn of the list.
  private static func orders(of members: [String]) -> [[String]] {
    guard members.count <= 5 else {
      return members.indices.map { Array(members[$0...] + members[..<$0]) }
    }
    guard members.count > 1 else { return [members] }
    return members.indices.flatMap { first in
      var rest = members
      let name = rest.remove(at: first)
      return orders(of: rest).map { [name] + $0 }
    }
  }
}
