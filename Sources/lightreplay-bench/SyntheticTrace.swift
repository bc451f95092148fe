import RoutingCore

/// A seeded trace of any size: candidates of different strength, 0/1 scores, answers from a small set.
enum SyntheticTrace {
  static func make(queries: Int, candidates: Int, seed: UInt64) throws -> Trace {
    let header = TraceHeader(
      name: "synthetic", models: (0..<candidates).map { ModelDeclaration(name: "m\($0)") })
    let random = Philox(seed: seed)
    let digests = Philox(seed: seed &+ 1)
    var builder = try TraceBuilder(
      header: header,
      queries: (0..<queries).map { .init(name: "q\($0)", workload: "w", group: "q\($0)") },
      respondents: 0..<candidates
    ) { name in
      let bits = digests.bits(item: UInt64(name.utf8.reduce(0) { $0 &* 31 &+ Int($1) }), draw: 0)
      return IdentityDigest(sha256: (0..<32).map { UInt8(truncatingIfNeeded: bits >> ($0 % 8 * 8)) })
    }
    for query in 0..<queries {
      for candidate in 0..<candidates {
        let bits = random.bits(item: UInt64(query), draw: UInt32(candidate))
        var call = TraceBuilder.Call(role: .response)
        call.model = candidate
        let isRight = Int(bits % 100) < 90 - 5 * candidate
        call.score = isRight ? .one : .zero
        call.answer = isRight ? "right" : "wrong \(bits >> 8 & 3)"
        call.usage.input = 100 + Int32(bits >> 16 & 255)
        call.usage.output = 50 + Int32(bits >> 24 & 511)
        call.usage.timeToFirstToken = 300_000
        call.usage.duration = 300_000 + Int64(call.usage.output) * 10_000
        builder.add(call, query: query)
      }
    }
    return builder.build(fingerprint: "")
  }
}
