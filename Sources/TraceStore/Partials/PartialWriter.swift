import Crypto
import RoutingCore

/// Writes the lines of a partial.
struct PartialWriter {
  private let put: ([UInt8]) throws -> Void
  private var json = JSONWriter()
  private var hash = SHA256()
  private var lines = 0

  init(_ put: @escaping ([UInt8]) throws -> Void) { self.put = put }

  mutating func write(_ partial: PartialSweep) throws {
    try line { Self.header(partial.header, &$0) }
    for workload in partial.workloads { try write(workload) }
    let digest = ContentHash.hex(hash.finalize())
    let count = Int64(lines)
    try line { json in
      json.key("end")
      json.object { json in
        json.key("lines")
        json.integer(count)
        json.key("sha256")
        json.string(digest)
      }
    }
  }

  private mutating func line(_ write: (inout JSONWriter) -> Void) throws {
    json.clear()
    json.object(write)
    json.endLine()
    hash.update(data: json.bytes)
    lines += 1
    try put(json.bytes)
  }

  private mutating func write(_ workload: PartialWorkload) throws {
    try line { json in
      json.key("workload")
      json.object { json in
        json.key("name")
        json.string(workload.name)
        json.key("queries")
        json.integer(Int64(workload.rows))
        json.integers("covered", workload.covered)
        json.integers(
          "gaps",
          workload.gaps.enumerated().flatMap { policy, gaps in
            gaps.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { [policy, Int($0.rawValue), $1] }
          })
      }
    }
    for pattern in workload.patterns { try write(pattern) }
  }

  private mutating func write(_ pattern: PartialPattern) throws {
    try line { json in
      json.key("pattern")
      json.object { json in
        json.key("queries")
        json.integer(Int64(pattern.rows))
        json.integers("members", pattern.members)
        json.flag("plain_groups", pattern.groupKeys == nil)
        json.flag("repeats_groups", pattern.repeatsGroups)
        json.integers("responses", pattern.responses.flatMap { [Int128($0.count), $0.sum, $0.squares] })
        json.integers(
          "attempts",
          pattern.replicates.attempts.enumerated().flatMap { $1 == 0 ? [] : [$0, Int($1)] })
      }
    }
    try column("query_keys", Self.differences(pattern.queryKeys))
    if let keys = pattern.groupKeys { try column("group_keys", Self.differences(keys)) }
    try column("replicate_queries", pattern.replicates.rows)
    for (position, tally) in pattern.tallies.enumerated() {
      try write(tally, scores: pattern.replicates.scores[position], costs: pattern.replicates.costs[position])
    }
  }

  private mutating func write(_ tally: PartialTally, scores: [Int128], costs: [Int128]) throws {
    try line { json in
      json.key("policy")
      json.object { json in
        json.integers("sums", [tally.score, tally.cost])
        json.integers("tokens", [tally.inputTokens, tally.outputTokens])
        json.integers("stage_costs", tally.stageCosts)
        json.integers("failures", [tally.failures])
        json.integers("stopped", tally.stopped.map { [$0] } ?? [])
        json.flag("binary", tally.isBinary)
      }
    }
    try column("scores", scores)
    try column("costs", costs)
    try column("latencies_us", Self.differences(tally.latencies.values))
    try column("latency_counts", tally.latencies.counts)
  }

  private mutating func column(_ name: String, _ values: [some BinaryInteger]) throws {
    for start in stride(from: 0, to: values.count, by: PartialFile.columnPiece) {
      let piece = values[start..<min(start + PartialFile.columnPiece, values.count)]
      try line { $0.integers(name, piece) }
    }
  }

  /// The first value, then what each is more than the one before.
  private static func differences(_ ascending: [some BinaryInteger]) -> [Int128] {
    var last: Int128 = 0
    return ascending.map { value in
      defer { last = Int128(value) }
      return Int128(value) - last
    }
  }
}

extension JSONWriter {
  /// A key with an array of integers.
  mutating func integers(_ name: String, _ values: some Sequence<some BinaryInteger>) {
    key(name)
    array(values) { json, value in
      if let short = Int64(exactly: value) {
        json.integer(short)
      } else {
        json.decimal(Int128(value), places: 0)
      }
    }
  }

  mutating func flag(_ name: String, _ value: Bool) {
    key(name)
    raw(RawJSON(text: value ? "true" : "false"))
  }

  mutating func strings(_ name: String, _ values: [String]) {
    key(name)
    array(values) { $0.string($1) }
  }
}
