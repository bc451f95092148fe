import Foundation
import Testing

@Suite struct CombineCommandTests {
  private static let flags = [
    "--selector", "recorded,consensus", "--aggregator", "recorded:merger,recorded:solver,vote", "--layers",
    "2-3", "--lambda", "0,1000", "--replicates", "300", "--prices",
    Place.root.appendingPathComponent("traces/local-llms/prices.yaml").path,
  ]

  /// The recorded trace cut into shards, each swept by itself; the names of the partials.
  private func partials(_ program: Program, shards: Int, flags: [String] = flags) throws -> [String] {
    let exported = try program.run(
      "export", "jsonl", Place.root.appendingPathComponent("traces/local-llms.sqlite").path)
    let lines = exported.output.split(separator: "\n", omittingEmptySubsequences: true)
    return try (0..<shards).map { shard in
      let own = lines.dropFirst().enumerated().filter { $0.offset % shards == shard }.map(\.element)
      try program.write(([lines[0]] + own).map { $0 + "\n" }.joined(), to: "\(shard).jsonl")
      try #require(
        try program.run("import", "jsonl", "\(shard).jsonl", "--trace", "\(shard).sqlite").status == 0)
      let swept = try program.run(
        ["sweep", "\(shard).sqlite", "--partial", "-o", "\(shard).part", "--threads", "\(1 + shard % 3)"]
          + flags)
      try #require(swept.status == 0, "\(swept.messages)")
      #expect(swept.output.isEmpty)
      return "\(shard).part"
    }
  }

  private func withoutTrace(_ text: String) throws -> String {
    let start = try #require(text.range(of: "  \"trace\": {"))
    let end = try #require(text[start.upperBound...].firstIndex(of: "}"))
    return String(text[..<start.lowerBound]) + text[end...]
  }

  @Test("Shards in any order give the bytes of the whole, in every format", arguments: [1, 2, 7])
  func sharding(shards: Int) throws {
    let program = try Program()
    defer { program.cleanUp() }
    var names = try partials(program, shards: shards)
    if shards > 2 { names.swapAt(0, 3) }
    for format in ["json", "csv", "table"] {
      let trace = Place.root.appendingPathComponent("traces/local-llms.sqlite").path
      let whole = try program.run(["sweep", trace, "--format", format] + Self.flags).output
      let combined = try program.run(["combine"] + names.reversed() + ["--format", format])
      #expect(combined.status == 0 && combined.messages.isEmpty, "\(combined.messages)")
      if format == "json" {
        #expect(try withoutTrace(combined.output) == withoutTrace(whole))
        let trace = try #require(try jsonObject(combined.output)["trace"] as? [String: String])
        #expect(trace["name"] == "local-llms")
        #expect(trace["fingerprint"]?.count == 64)
        let again = try program.run(["combine"] + names + ["--format", format])
        #expect(again.output == combined.output)
      } else {
        #expect(combined.output == whole)
      }
    }
  }

  @Test("λ may be chosen when combining")
  func lambda() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let names = try partials(program, shards: 2)
    let combined = try program.run(["combine"] + names + ["--lambda", "77", "--format", "csv"])
    #expect(combined.output.prefix { $0 != "\n" }.hasSuffix("objective@77.0"))
  }

  @Test("What does not go together is refused in a sentence that names the files")
  func refusals() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let names = try partials(program, shards: 2)
    let twice = try program.run(["combine"] + names + [names[0]])
    #expect(twice.status == 1)
    #expect(twice.messages.contains("0.part and 0.part hold a query by the same name"), "\(twice.messages)")
    let other = try program.run(
      ["sweep", "1.sqlite", "--partial", "-o", "other", "--seed", "2"] + Self.flags)
    #expect(other.status == 0)
    let differing = try program.run("combine", "0.part", "other")
    #expect(differing.messages.contains("0.part and other are not of one sweep: --seed is 1"))
    var bytes = try program.read("1.part")
    bytes[bytes.count / 2] ^= 1
    try program.write(bytes, to: "bad.part")
    let damaged = try program.run("combine", "0.part", "bad.part")
    #expect(damaged.status == 1)
    #expect(
      damaged.messages.contains("bad.part:") && damaged.messages.contains("damaged"), "\(damaged.messages)")
    let trace = try program.run("combine", "0.sqlite")
    #expect(trace.messages.contains("0.sqlite: a trace, not a partial result"), "\(trace.messages)")
    #expect(try program.run("combine").status == 64)
    let recommended = try program.run("recommend", "0.part")
    #expect(recommended.status == 1)
    #expect(recommended.messages.contains("0.part: the partial result of a shard"), "\(recommended.messages)")
  }

  @Test(
    "What a shard cannot answer alone is refused before anything is written",
    arguments: [
      (["--partial", "-o", "p"], 1, "prior, which is taken without --selector"),
      (["--partial", "-o", "p", "--selector", "prior"], 1, "--selector prior does not work on a shard"),
      (["--partial", "-o", "p", "--selector", "length", "--k", "1|2@agreement:q0.5"], 1, "as a number"),
      (["--partial", "--selector", "length"], 64, "--partial needs a file"),
      (["--partial", "-o", "p", "--selector", "length", "--format", "json"], 64, "a form of its own"),
    ] as [([String], Int32, String)])
  func shardRules(flags: [String], status: Int32, words: String) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let outcome = try program.run(["sweep", "demo.sqlite", "--cost-unit", "tokens"] + flags)
    #expect(outcome.status == status)
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
    #expect(program.files == ["demo.sqlite"])
  }

  @Test("The Spark job holds the flags and the price book, and nothing that cannot be sharded")
  func sparkJob() throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.write("date: 2026-01-01\nprices: {m: 1}\n", to: "p.yaml")
    let flags = ["--selector", "consensus", "--aggregator=vote", "--prices", "p.yaml"]
    let job = try program.run(["export", "spark-job", "-o", "job.py"] + flags)
    #expect(job.status == 0, "\(job.messages)")
    let script = String(decoding: try program.read("job.py"), as: UTF8.self)
    #expect(script.contains(#"FLAGS = ["--selector","consensus","--aggregator=vote","--prices","p.yaml"]"#))
    #expect(script.contains(##"PRICES = {"name":"p.yaml","text":"date: 2026-01-01\nprices: {m: 1}\n"}"##))
    let refused = try program.run("export", "spark-job", "-o", "other.py")
    #expect(refused.status == 1 && refused.messages.contains("prior, which is taken"))
    let unpriced = try program.run(
      "export", "spark-job", "--selector", "consensus", "--aggregator", "vote", "-o", "other.py")
    #expect(unpriced.status == 1)
    #expect(
      unpriced.messages.contains(
        "add them to the price book (--prices FILE), or count in tokens (--cost-unit tokens)"))
    #expect(program.files == ["job.py", "p.yaml"])
    let tokens = try program.run(
      "export", "spark-job", "--selector", "consensus", "--aggregator", "vote", "--cost-unit", "tokens", "-o",
      "tokens.py")
    #expect(tokens.status == 0, "\(tokens.messages)")
  }
}
