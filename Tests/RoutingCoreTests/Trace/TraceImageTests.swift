import RoutingCore
import Testing

/// Columns kept in memory.
private struct MemoryArchive: ColumnArchive {
  var columns: [[UInt8]] = []
  var isReading = false
  private var next = 0

  init() {}

  init(reading columns: [[UInt8]]) {
    self.columns = columns
    isReading = true
  }

  mutating func column<Element: BitwiseCopyable>(_ column: inout ContiguousArray<Element>) throws {
    defer { next += 1 }
    guard isReading else {
      columns.append(column.withUnsafeBytes(Array.init))
      return
    }
    column = columns[next].withUnsafeBytes { bytes in
      let count = bytes.count / MemoryLayout<Element>.stride
      return ContiguousArray(
        (0..<count).map {
          bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Element>.stride, as: Element.self)
        })
    }
  }
}

@Suite struct TraceImageTests {
  /// A trace with every kind of call.
  private func trace() throws -> Trace {
    let made = SyntheticWorkload(queries: 12, candidates: 3, workloads: 2)
    var header = made.header
    header.models[1].skills = ["algebra"]
    header.models[2].continuation = DeclaredContinuation.none
    header.selectors = [ToolDeclaration(name: "ranker", model: "m1")]
    let records = (0..<12).map { position in
      var record = made.query(at: position)
      record.ordinal = nil
      record.group = "g\(position / 3)"
      record.skills = position % 2 == 0 ? ["algebra"] : []
      let names = position % 2 == 0 ? ["m1", "m2", "m3"] : ["m1", "m3"]
      var ranking = CallRecord(role: .ranking)
      ranking.tool = "ranker"
      ranking.bootBudget = .tokens(50)
      ranking.members = names
      ranking.order = position == 4 ? .unparsable : .order(names.reversed())
      ranking.cost = Cost(picodollars: 1 << 70)
      var merge = CallRecord(role: .merge)
      merge.tool = "merger"
      merge.members = ["m1", "m3"]
      merge.score = .one
      var refinement = merge
      refinement.role = .refinement
      refinement.model = "m3"
      record.calls[0].prefixes = [PrefixGrade(bootBudget: .tokens(50), answer: "right", score: .one)]
      record.calls += [ranking, merge, refinement]
      return record
    }
    return try Trace.of(header: header, records: records, fingerprint: "f", digest: TraceSketch.digest)
  }

  private func archived(_ trace: Trace) throws -> [[UInt8]] {
    var archive = MemoryArchive()
    var image = try #require(TraceImage(trace))
    try image.visit(&archive)
    return archive.columns
  }

  private func restored(_ columns: [[UInt8]]) throws -> Trace? {
    var archive = MemoryArchive(reading: columns)
    return try TraceImage(from: &archive).trace
  }

  @Test("Put together again a trace has the same columns and replays the same")
  func roundTrip() async throws {
    let trace = try trace()
    let columns = try archived(trace)
    let copy = try #require(try restored(columns))
    #expect(try archived(copy) == columns)
    #expect(copy.workloads == trace.workloads)
    #expect(copy.candidateSkills == trace.candidateSkills)
    #expect(copy.recordedCosts == trace.recordedCosts)
    let grid = try Grid(GridRequest(), for: trace)
    let options = ReplayOptions(prices: .tokens(for: trace))
    for workload in trace.workloads {
      let one = await (try Replayer(trace: trace, policies: grid.policies, options: options)).replay(workload)
      let two = await (try Replayer(trace: copy, policies: grid.policies, options: options)).replay(workload)
      #expect(one.covered == two.covered)
      for (left, right) in zip(one.outcomes, two.outcomes) {
        #expect(left.scores == right.scores)
        #expect(left.costs == right.costs)
        #expect(left.gaps == right.gaps)
      }
    }
  }

  @Test("Columns that do not fit together are no trace, and nothing crashes")
  func damage() async throws {
    let trace = try trace()
    let columns = try archived(trace)
    let grid = try Grid(GridRequest(), for: trace)
    var refused = 0
    for index in columns.indices where !columns[index].isEmpty {
      for change in 0..<3 {
        var damaged = columns
        switch change {
        case 0: damaged[index].removeLast(min(16, damaged[index].count))
        case 1: damaged[index] = damaged[index].map { _ in 0x7F }
        default: damaged[index][damaged[index].count / 2] ^= 0xFF
        }
        guard let copy = try restored(damaged) else {
          refused += 1
          continue
        }
        // What is let through may say something else, but every number in it points somewhere.
        guard
          let replayer = try? Replayer(
            trace: copy, policies: grid.policies, options: ReplayOptions(prices: .tokens(for: copy)))
        else { continue }
        for workload in copy.workloads { _ = await replayer.replay(workload) }
      }
    }
    #expect(refused > columns.count)
  }

  @Test("A trace with recorded order or similarities is not kept")
  func refusals() throws {
    let trace = try trace()
    var similarities = SimilarityColumns()
    similarities.prefixes[50] = [0]
    #expect(TraceImage(trace.adding(similarities)) == nil)
  }
}
