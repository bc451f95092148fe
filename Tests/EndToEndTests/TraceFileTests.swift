import Foundation
import Testing

@Suite struct TraceFileTests {
  @Test("Import and export are each other's inverse on every field")
  func roundTrip() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let everything = [
      #"{"format":"lightreplay.trace/1","name":"t","models":[{"name":"m1","skills":["math"],"continuation":"none"},{"name":"m2"},{"name":"judge","extra":{"a": [1.50, null]}}],"pool":["m1","m2"],"selectors":[{"name":"judge","model":"judge","prompt":"rank"}],"aggregators":[{"name":"judge"}],"extra":{"z":1}}"#,
      #"{"query":"q/1","workload":"w","group":"g","skills":["math"],"ordinal":7,"prompt":"día \"q\" \\ \n 🙂","reference":"18","responses":[{"model":"m1","text":"héllo","token_ends":[2,6],"input_tokens":120,"cached_input_tokens":5,"output_tokens":2,"reasoning_tokens":1,"token_source":"reported","ttft_s":0.31,"duration_s":4.2,"finish_reason":"stop","answer":"18","score":0.333333,"grades":{"exact":{"answer":"18","score":1}},"prefixes":[{"boot_budget":1,"answer":"1","score":0}],"extra":{"id": "x"}},{"model":"m1","sample":1,"text":"again","score":1},{"model":"m2","text":"","output_tokens":0,"error":{"code":500},"cost_usd":0.000000000001}],"boots":[{"model":"m1","boot_budget":1,"text":"h","output_tokens":1}],"continuations":[{"model":"m1","boot_budget":1,"text":"llo","score":1}],"rankings":[{"selector":"judge","boot_budget":200,"layer":1,"members":["m1","m2"],"order":["m2","m1"],"scores":[0.9,-0.4],"shown":["m1","m2"],"input_tokens":700,"output_tokens":12,"duration_s":0.8},{"selector":"judge","boot_budget":"full","layer":1,"members":["m1","m2"],"order":null}],"merges":[{"aggregator":"judge","members":["m1","m2"],"layer":2,"text":"18","input_tokens":900,"output_tokens":250,"duration_s":3,"answer":"18","score":1}],"refinements":[{"model":"m1","aggregator":"judge","members":["m1","m2"],"layer":3,"text":"18","input_tokens":700,"output_tokens":280}]}"#,
      #"{"query":"q/2","workload":"v","messages":[{"role":"user","content":"hi"}],"responses":[{"model":"m2","text":"x"}],"extra":[1, 2]}"#,
    ]
    try program.write(everything.map { $0 + "\n" }.joined(), to: "in.jsonl")
    let first = try program.run("import", "jsonl", "in.jsonl", "--trace", "a.sqlite")
    try #require(first.status == 0, "\(first.messages)")
    let exported = try program.run("export", "jsonl", "a.sqlite").output
    try program.write(exported, to: "out.jsonl")
    try #require(try program.run("import", "jsonl", "out.jsonl", "--trace", "b.sqlite").status == 0)
    #expect(try program.run("export", "jsonl", "b.sqlite").output == exported)
    let original = try everything.map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSDictionary
    }
    let returned = try exported.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSDictionary
    }
    #expect(original == returned)
    #expect(try program.run("verify", "a.sqlite").status == 0)
  }

  @Test("The fingerprint does not depend on the order of queries or files")
  func fingerprint() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let lines = try String(contentsOf: Place.demo, encoding: .utf8).split(separator: "\n").map { $0 + "\n" }
    try program.write(lines[0] + lines.dropFirst().reversed().joined(), to: "reversed.jsonl")
    try program.write(lines[..<10].joined(), to: "first.jsonl")
    try program.write(lines[0] + lines[10...].joined(), to: "second.jsonl")
    try program.importDemo()
    for (trace, files) in [("r", ["reversed.jsonl"]), ("s", ["second.jsonl", "first.jsonl"])] {
      let outcome = try program.run(["import", "jsonl"] + files + ["--trace", "\(trace).sqlite"])
      try #require(outcome.status == 0, "\(outcome.messages)")
    }
    let prints = try ["demo", "r", "s"].map { name in
      let document = try jsonObject(try program.run("inspect", "\(name).sqlite", "--format", "json").output)
      return try #require((document["trace"] as? [String: Any])?["fingerprint"] as? String)
    }
    #expect(Set(prints).count == 1)
    let sweeps = try ["demo", "r", "s"].map { name in
      try program.run(
        "sweep", "\(name).sqlite", "--cost-unit", "tokens", "--replicates", "50", "--format", "json"
      ).output
    }
    #expect(Set(sweeps).count == 1)
  }

  @Test("Standard input, gzip and Zstandard are read alike")
  func compression() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let plain = try Data(contentsOf: Place.demo)
    let fromInput = try program.run("import", "jsonl", "-", "--trace", "a.sqlite", input: plain)
    #expect(fromInput.status == 0, "\(fromInput.messages)")
    try program.write(plain, to: "demo.jsonl")
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/bin/gzip")
    gzip.arguments = ["-k", program.folder.appendingPathComponent("demo.jsonl").path]
    try gzip.run()
    gzip.waitUntilExit()
    try #require(try program.run("import", "jsonl", "demo.jsonl.gz", "--trace", "b.sqlite").status == 0)
    #expect(
      try program.run("export", "jsonl", "a.sqlite").output
        == (try program.run("export", "jsonl", "b.sqlite").output))

    let cut = try program.read("demo.jsonl.gz").dropLast(200)
    try program.write(Data(cut), to: "cut.gz")
    let outcome = try program.run("import", "jsonl", "cut.gz", "--trace", "c.sqlite")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("cut.gz:"))
    #expect(outcome.messages.contains("gzip"))
    #expect(!program.exists("c.sqlite"))
  }

  @Test("Files that are no traces are refused with a sentence")
  func notTraces() throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let whole = try program.read("demo.sqlite")
    try program.write("hello", to: "text.sqlite")
    try program.write(whole.prefix(20_000), to: "cut.sqlite")
    var newer = whole
    newer.replaceSubrange(60..<64, with: [0, 0, 0, 99])
    try program.write(newer, to: "newer.sqlite")
    var foreign = whole
    foreign.replaceSubrange(68..<72, with: [0, 0, 0, 0])
    try program.write(foreign, to: "foreign.sqlite")
    for (file, words) in [
      ("none.sqlite", "no such trace"), ("text.sqlite", "not a LightReplay trace"),
      ("cut.sqlite", "cut.sqlite"),
      ("newer.sqlite", "update LightReplay"), ("foreign.sqlite", "not a LightReplay trace"),
    ] {
      for command in ["inspect", "verify", "sweep", "recommend"] {
        let outcome = try program.run(command, file)
        #expect(outcome.status == 1)
        #expect(outcome.messages.contains(words), "\(command) \(file): \(outcome.messages)")
      }
    }
  }

  @Test("A changed text or number is found by verify", arguments: 0..<40)
  func damage(_ place: Int) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    var bytes = try program.read("demo.sqlite")
    // Spread over the file, behind the header page's own fields.
    let offset = 200 + place * (bytes.count - 300) / 40
    bytes[offset] ^= 0x41
    try program.write(bytes, to: "changed.sqlite")
    let before = try program.run("export", "jsonl", "demo.sqlite").output
    let verified = try program.run("verify", "changed.sqlite")
    // Either it is found, or the byte holds no content (free space) and nothing is different.
    if verified.status == 0 {
      #expect(try program.run("export", "jsonl", "changed.sqlite").output == before)
    } else {
      #expect(verified.status == 1)
      #expect(!verified.output.contains(" 0 queries"), "\(verified.output)")
    }
  }

  @Test("A read-only trace in a read-only folder can be read")
  func readOnly() throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let files = FileManager.default
    try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: program.folder.path + "/demo.sqlite")
    try files.setAttributes([.posixPermissions: 0o555], ofItemAtPath: program.folder.path)
    // Permissions do not bind root; for everybody else the folder must be writable again to be removed.
    defer { try? files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.folder.path) }
    let outcome = try program.run(
      "sweep", "demo.sqlite", "--selector", "consensus", "--cost-unit", "tokens", "--replicates", "10")
    #expect(outcome.status == 0, "\(outcome.messages)")
  }

  @Test(
    "An import killed at any moment loses nothing that was there before",
    arguments: [5, 20, 40, 60, 90, 130, 200])
  func killed(milliseconds: Int) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let before = try program.run("export", "jsonl", "demo.sqlite").output
    try program.writeCopies(of: before, count: 200, to: "more.jsonl")
    let process = program.process(["import", "jsonl", "more.jsonl", "--trace", "demo.sqlite"])
    process.standardError = FileHandle.nullDevice
    try process.start()
    Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let verified = try program.run("verify", "demo.sqlite")
    #expect(verified.status == 0, "\(verified.output)\(verified.messages)")
    let after = try program.run("export", "jsonl", "demo.sqlite").output
    // All or nothing: the kill may also come just after the last byte was committed.
    let lines = before.split(separator: "\n").count
    let isWhole = after.split(separator: "\n").count == lines + 200 * (lines - 1)
    #expect(after == before || (isWhole && after.hasPrefix(before)))
  }

  @Test("What a killed import into a new path left behind is gone after the next one")
  func leftovers() throws {
    let program = try Program()
    defer { program.cleanUp() }
    // No process has this number: it is beyond what the system gives.
    try program.write("half", to: "demo.sqlite.importing-999999999")
    try program.importDemo()
    #expect(program.files == ["demo.sqlite"])
  }

  @Test("A path that cannot hold a trace or a result is named, with what is wrong")
  func places() throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    for (arguments, words) in [
      (["import", "jsonl", Place.demo.path, "--trace", "nowhere/x.sqlite"], "nowhere/x.sqlite: its folder"),
      (["import", "jsonl", Place.demo.path, "--trace", "/tmp"], "/tmp: is a folder"),
      (["import", "jsonl", "none.jsonl", "--trace", "x.sqlite"], "none.jsonl: cannot be opened"),
      (["inspect", "/tmp"], "/tmp: is a folder"),
      (["inspect", "demo.sqlite", "-o", "nowhere/x.txt"], "nowhere/x.txt"),
    ] {
      let outcome = try program.run(arguments)
      #expect(outcome.status == 1)
      #expect(outcome.messages.contains(words), "\(outcome.messages)")
      #expect(!outcome.messages.contains("NSCocoa"))
    }
    #expect(program.files == ["demo.sqlite"])
  }

  @Test("Adding to a trace needs the same models and pool")
  func otherModels() throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    try program.write([Malformed.header, Malformed.good("q1")].map { $0 + "\n" }.joined(), to: "other.jsonl")
    let outcome = try program.run("import", "jsonl", "other.jsonl", "--trace", "demo.sqlite")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("other.jsonl:1: models"))
  }
}
