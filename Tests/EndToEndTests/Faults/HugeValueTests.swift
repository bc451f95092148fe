import Foundation
import Testing

/// Numbers at the ends of what a machine can hold.
@Suite struct HugeValueTests {
  private static let fields = [
    "input_tokens", "cached_input_tokens", "output_tokens", "reasoning_tokens", "cost_usd", "ttft_s",
    "duration_s", "score", "sample",
  ]

  private static let values = [
    "0", "-0", "1e0", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "-9223372036854775809", "18446744073709551616",
    "170141183460469231731687303715884105728", "1e18", "1e19", "1e39", "1e308", "1e309", "1e400", "-1e400",
    "1e2147483648", "1e-2147483649", "1e-400", "0.000000000001", "0.0000000000001", "9223372.036854775807",
    "9223372.036854775808", "10000000", "10000000.000001", "0.1e-1", String(repeating: "9", count: 4000),
    "0." + String(repeating: "0", count: 4000) + "1",
  ]

  @Test("A huge or tiny number anywhere is refused by its field, or replayed", arguments: values)
  func everywhere(value: String) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.write(
      "date: 2026-11-21\nprices:\n  m1: {input: 1000000, output: 1000000}\n  m2: 1000000\n  judge: 0.000001\n",
      to: "p.yaml")
    for field in Self.fields {
      let filler = field == "cached_input_tokens" ? "\"input_tokens\":\(value)," : ""
      let query =
        #"{"query":"q2","workload":"w","responses":[{"model":"m1","text":"hello",\#(filler)"\#(field)":\#(value)},{"model":"m2","text":"x","input_tokens":2147483647,"output_tokens":2147483647,"score":1}]}"#
      try program.write(
        [Malformed.header, Malformed.good("q1"), query].map { $0 + "\n" }.joined(), to: "a.jsonl")
      let imported = try program.run("import", "jsonl", "a.jsonl", "--trace", "\(field).sqlite")
      guard imported.status == 0 else {
        #expect(imported.status == 1)
        #expect(imported.messages.contains("a.jsonl:3: "), "\(imported.messages.prefix(300))")
        #expect(!imported.messages.contains("Fatal"))
        continue
      }
      for arguments in [["--cost-unit", "tokens"], ["--prices", "p.yaml"]] {
        let swept = try program.run(
          ["sweep", "\(field).sqlite", "--replicates", "10", "--samples", "all", "--min-coverage", "0"]
            + arguments)
        #expect([0, 1, 2].contains(swept.status), "\(field) \(value): \(swept.messages.suffix(500))")
      }
      #expect(try program.run("verify", "\(field).sqlite").status == 0)
    }
  }

  @Test("A huge or tiny price or λ is refused by its name, or counted with", arguments: values)
  func prices(value: String) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    try program.write(
      (try String(contentsOf: Place.prices, encoding: .utf8)).replacing(
        try Regex("input: *[0-9.]+"), with: "input: \(value)", maxReplacements: 1), to: "p.yaml")
    for arguments in [["--prices", "p.yaml"], ["--cost-unit", "tokens", "--lambda=\(value)"]] {
      let outcome = try program.run(["sweep", "demo.sqlite", "--replicates", "10"] + arguments)
      #expect([0, 1, 2, 64].contains(outcome.status), "\(outcome.messages.suffix(500))")
      #expect(!outcome.output.contains("nan") && !outcome.output.contains("inf"), "\(outcome.output)")
    }
  }
}
