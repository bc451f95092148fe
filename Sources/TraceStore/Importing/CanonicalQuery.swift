import RoutingCore

/// What tells a call from the others of its query, in the order calls are written.
struct CallCoordinates: Hashable {
  /// Stands where a coordinate does not apply.
  static let none: Int32 = -1

  let role: CallRole
  /// Position in the header.
  let model: Int32
  let tool: ExactString?
  let layer: Int32
  /// `BootBudget.cut`.
  let bootBudget: Int32
  /// Positions in the header, ascending.
  let members: [Int32]
  let sample: Int32
}

extension CallCoordinates: Comparable {
  static func < (left: CallCoordinates, right: CallCoordinates) -> Bool {
    if left.role != right.role { return left.role.rawValue < right.role.rawValue }
    if left.model != right.model { return left.model < right.model }
    if left.tool != right.tool {
      guard let leftTool = left.tool, let rightTool = right.tool else { return left.tool == nil }
      return leftTool < rightTool
    }
    if left.layer != right.layer { return left.layer < right.layer }
    if left.bootBudget != right.bootBudget { return left.bootBudget < right.bootBudget }
    if left.members != right.members { return left.members.lexicographicallyPrecedes(right.members) }
    return left.sample < right.sample
  }
}

extension CallRole {
  /// The layer meant where none is named: rankings and merges of the plain scheme, the first refinement.
  var firstLayer: Int32? {
    switch self {
    case .ranking: 1
    case .merge: 2
    case .refinement: 3
    case .response, .boot, .continuation: nil
    }
  }
}

/// A query that satisfies every rule, with defaults filled in and calls in canonical order.
struct CanonicalQuery {
  let record: QueryRecord
  /// One entry per call of the record.
  let coordinates: [CallCoordinates]
}

/// Checks queries against a header and brings them into canonical form.
struct QueryRules {
  private let header: TraceHeader
  private let models: ModelTable
  private let callRules: CallRules

  init(header: TraceHeader) {
    self.header = header
    models = ModelTable(header.models.map(\.name))
    callRules = CallRules(models: models)
  }

  typealias Faults = [(field: String, fault: ImportFault)]

  /// The canonical form, or everything that is wrong with it.
  ///
  /// Calls reported already, by fields such as `responses[2].score`, are not reported again.
  func canonical(_ query: QueryRecord, reported: Faults = []) -> (query: CanonicalQuery?, faults: Faults) {
    var record = query
    var faults: Faults = []
    let places = placesOfCalls(record)
    for index in record.calls.indices {
      fillDefaults(&record.calls[index], skills: record.skills)
      for (key, fault) in callRules.faults(in: record.calls[index]) {
        faults.append((places(index) + "." + key, fault))
      }
    }
    faults += faultsOfQuery(record)
    if !reported.isEmpty { faults.removeAll { isAbout($0.field, reported) } }
    guard faults.isEmpty, reported.isEmpty else { return (nil, faults) }
    let (sorted, coordinates) = sortedCalls(record.calls, places, &faults)
    guard faults.isEmpty else { return (nil, faults) }
    record.calls = sorted
    return (CanonicalQuery(record: record, coordinates: coordinates), [])
  }

  private func faultsOfQuery(_ record: QueryRecord) -> Faults {
    var faults: Faults = []
    if record.query.isEmpty { faults.append(("query", .missing(expected: "the query's name"))) }
    if record.workload.isEmpty { faults.append(("workload", .missing(expected: "the workload's name"))) }
    if record.prompt != nil, record.messages != nil {
      faults.append(("messages", .unfit(found: "a prompt and messages", expected: "one of them")))
    }
    return faults
  }

  // MARK: Defaults

  private func fillDefaults(_ call: inout CallRecord, skills: [String]) {
    if call.layer == nil { call.layer = call.role.firstLayer }
    if call.role != .response, call.role != .boot, call.role != .continuation {
      let members = call.members ?? activeCandidates(skills)
      let positions = members.compactMap { models.position(of: $0) }
      // Unknown names are left for the rules to report.
      call.members =
        positions.count == members.count ? positions.sorted().map { models.names[Int($0)] } : members
    }
    if call.grades.count > 1 { call.grades.sort { ExactString($0.name) < ExactString($1.name) } }
    if call.prefixes.count > 1 { call.prefixes.sort { $0.bootBudget < $1.bootBudget } }
  }

  /// The pool without the candidates that declare skills of which the query needs none.
  private func activeCandidates(_ needed: [String]) -> [String] {
    let needed = Set(needed.map(ExactString.init))
    let declared = Dictionary(
      header.models.map { (ExactString($0.name), $0.skills) }, uniquingKeysWith: { first, _ in first })
    return header.pool.filter { name in
      let skills = declared[ExactString(name)] ?? []
      return skills.isEmpty || skills.contains { needed.contains(ExactString($0)) }
    }
  }

  // MARK: Order

  private func sortedCalls(
    _ calls: [CallRecord], _ places: (Int) -> String, _ faults: inout Faults
  ) -> ([CallRecord], [CallCoordinates]) {
    let coordinates = calls.map(coordinates)
    var order = Array(calls.indices)
    if !zip(coordinates, coordinates.dropFirst()).allSatisfy({ $0 < $1 }) {
      order.sort { (coordinates[$0], $0) < (coordinates[$1], $1) }
      for (first, second) in zip(order, order.dropFirst()) where coordinates[first] == coordinates[second] {
        faults.append((places(second), .duplicateCall(first: places(first))))
      }
      return (order.map { calls[$0] }, order.map { coordinates[$0] })
    }
    return (calls, coordinates)
  }

  private func coordinates(_ call: CallRecord) -> CallCoordinates {
    CallCoordinates(
      role: call.role,
      model: call.role.isByCandidate
        ? call.model.flatMap { models.position(of: $0) } ?? CallCoordinates.none : CallCoordinates.none,
      tool: call.tool.map(ExactString.init),
      layer: call.layer ?? CallCoordinates.none,
      bootBudget: call.bootBudget?.cut ?? CallCoordinates.none,
      members: (call.members ?? []).compactMap { models.position(of: $0) },
      sample: call.sample)
  }

  // MARK: Places

  /// Gives calls their place in the line they came from, e.g. `responses[2]`.
  private func placesOfCalls(_ record: QueryRecord) -> (Int) -> String {
    { index in
      let call = record.calls[index]
      let position = record.calls[..<index].count { $0.role == call.role }
      return "\(call.role.key)[\(position)]"
    }
  }

  /// Whether something was reported about the same call, or the same field of the query.
  private func isAbout(_ field: String, _ reported: Faults) -> Bool {
    let subject = field.split(separator: ".", maxSplits: 1)[0]
    return reported.contains { entry in
      entry.field == subject || entry.field.hasPrefix(subject + ".") || entry.field.hasPrefix(subject + "[")
    }
  }
}
