import Foundation
import RoutingCore
import TraceStore

/// A trace file from anybody: with other bytes, or with other values and the seal that its maker would have put on.
///
/// Inputs are changes to one small trace, which is made of the interchange file that `FUZZ_BASE` names.
enum FuzzedTrace {
  /// Every four bytes of the input are a place (24 bits) and what is put there, by exclusive or.
  static func bytes(_ data: Data) {
    FuzzFolder.empty()
    guard var trace = base else { return }
    let input = [UInt8](data)
    for start in stride(from: 0, to: min(input.count, 256) - 3, by: 4) {
      let place = Int(input[start]) << 16 | Int(input[start + 1]) << 8 | Int(input[start + 2])
      trace[place % trace.count] ^= input[start + 3]
    }
    let path = FuzzFolder.path("t")
    guard (try? trace.write(to: URL(fileURLWithPath: path))) != nil else { return }
    read(path)
    if (try? TraceSeal.renew(at: path)) != nil { read(path) }
  }

  /// Every six bytes are a column, a row, a kind of value and the value.
  static func values(_ data: Data) {
    FuzzFolder.empty()
    let path = FuzzFolder.path("t")
    guard let base = base, (try? base.write(to: URL(fileURLWithPath: path))) != nil else { return }
    let input = [UInt8](data)
    let changes = stride(from: 0, to: min(input.count, 96) - 5, by: 6).map { change(input[$0..<($0 + 6)]) }
    if (try? TraceSeal.renew(at: path, after: changes.joined(separator: ";"))) != nil { read(path) }
  }

  private static func change(_ bytes: ArraySlice<UInt8>) -> String {
    let bytes = Array(bytes)
    let place = columns[Int(bytes[0]) % columns.count].split(separator: ".")
    let number = Int(bytes[3]) << 16 | Int(bytes[4]) << 8 | Int(bytes[5])
    let value =
      switch bytes[2] % 5 {
      case 0: "NULL"
      case 1: String(edges[number % edges.count])
      case 2: String(number % 64)
      case 3: texts[number % texts.count]
      default: "x'" + String(number, radix: 16).leftPadded + "'"
      }
    let key = ["call_contents", "rankings", "prefix_grades", "grades"].contains(place[0]) ? "call_id" : "id"
    let row = "(SELECT \(key) FROM \(place[0]) LIMIT 1 OFFSET \(bytes[1] % 16))"
    return "UPDATE OR REPLACE \(place[0]) SET \(place[1]) = \(value) WHERE \(key) = \(row)"
  }

  private static let edges: [Int64] = [
    .min, .min + 1, -1, 0, 1, 1_000_000, 1_000_001, 1 << 31 - 1, 1 << 31, 1 << 32, 10_000_000_000_000,
    1 << 53, .max,
  ]

  private static let texts = [
    "''", "'[]'", "'[0]'", "'[0,1]'", "'[1,0]'", "'[0,1,2]'", "'[2,1,0]'", "'[0,1,3]'", "'[99]'", "'[-1]'",
    "'['",
    "'[9223372036854775807,-9223372036854775808]'", "'[\"math\"]'", "char(0)", "'{}'",
  ]

  private static let columns = [
    "calls.query_id", "calls.role", "calls.model", "calls.tool_id", "calls.sample", "calls.layer",
    "calls.boot_budget", "calls.set_id", "calls.input_tokens", "calls.cached_input_tokens",
    "calls.output_tokens",
    "calls.reasoning_tokens", "calls.token_source", "calls.time_to_first_token_us", "calls.duration_us",
    "calls.cost_picodollars", "calls.score", "calls.answer_id", "calls.failed", "calls.text_id",
    "calls.text_bytes",
    "calls.token_end_count", "calls.id", "queries.id", "queries.name", "queries.workload_id",
    "queries.group_name",
    "queries.skills", "queries.ordinal", "queries.prompt_bytes", "queries.sha256", "workloads.name",
    "tools.name",
    "answers.answer", "answers.id", "candidate_sets.members", "candidate_sets.id", "texts.block_id",
    "texts.sha256",
    "texts.block_offset", "texts.bytes", "text_blocks.codec", "text_blocks.bytes", "text_blocks.content",
    "call_contents.token_ends", "call_contents.extra", "call_contents.call_id", "rankings.parsed",
    "rankings.model_order", "rankings.scores", "rankings.shown", "rankings.call_id",
    "prefix_grades.boot_budget",
    "prefix_grades.score", "grades.score", "grades.answer_id", "header.json",
  ]

  private static let base: Data? = {
    guard let file = ProcessInfo.processInfo.environment["FUZZ_BASE"],
      let importer = ImporterRegistry.importer(named: "jsonl")
    else { return nil }
    FuzzFolder.empty()
    let path = FuzzFolder.path("base")
    guard
      (try? TraceImport.run(
        importer.init(options: ImportOptions()), files: [file], into: path, progress: { _, _, _ in })) != nil
    else { return nil }
    return try? Data(contentsOf: URL(fileURLWithPath: path))
  }()

  private static func read(_ path: String) {
    guard let database = try? TraceDatabase(reading: path) else { return }
    _ = try? database.inspect()
    _ = try? database.verify()
    try? database.exportJSONLines { _ in }
    for samples in SampleSelection.allCases {
      guard let trace = try? database.trace(samples: samples, grader: nil) else { continue }
      replay(trace)
    }
  }

  /// A few policies over whatever it holds.
  private static func replay(_ trace: Trace) {
    var settings = SweepSettings()
    settings.replicates = 3
    guard trace.rows.count < 10_000, let grid = try? Grid(GridRequest(), for: trace),
      let runner = try? SweepRunner(
        trace: trace, policies: Array(grid.policies.prefix(40)), prices: .tokens(for: trace),
        settings: settings)
    else { return }
    let isDone = DispatchSemaphore(value: 0)
    Task.detached {
      for workload in trace.workloads { _ = await runner.sweep(workload) }
      isDone.signal()
    }
    isDone.wait()
  }
}

extension String {
  /// An even number of digits.
  fileprivate var leftPadded: String { count % 2 == 0 ? self : "0" + self }
}
