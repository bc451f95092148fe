import Foundation
import Testing

/// What somebody types wrongly, and what the program says to it.
@Suite struct MessageTests {
  struct Mistake: CustomTestStringConvertible {
    let arguments: [String]
    let status: Int32
    let sentence: String

    init(_ arguments: String, _ status: Int32, _ sentence: String) {
      self.arguments = arguments.split(separator: " ").map(String.init)
      self.status = status
      self.sentence = sentence
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let commands = [
    Mistake("impotr jsonl demo.jsonl", 64, "Error: unknown command 'impotr'; did you mean 'import'?"),
    Mistake("export csv demo.sqlite", 64, "Error: unknown command 'csv' (known: jsonl, notebook, spark-job)"),
    Mistake(
      "import demo.jsonl --trase t.sqlite", 64, "Error: unknown option '--trase'; did you mean '--trace'?"),
    Mistake("fit demo.sqlite --alonk boot", 64, "Error: unknown option '--alonk'; did you mean '--along'?"),
    Mistake(
      "grade demo.sqlite --gader=number", 64, "Error: unknown option '--gader'; did you mean '--grader'?"),
    Mistake(
      "sweep demo.sqlite --frobnicate", 64, "Error: unknown option '--frobnicate'\nUsage: lightreplay sweep"),
  ]

  static let values = [
    Mistake(
      "sweep demo.sqlite --min-coverage 2", 64,
      "'2' is invalid for '--min-coverage <share>': expected a share"),
    Mistake(
      "sweep demo.sqlite --seed -1", 64, "'-1' is invalid for '--seed <number>': expected a whole number"),
    Mistake("sweep demo.sqlite --boot -5", 64, "'-5' is not understood; expected token counts from 1 on"),
    Mistake("sweep demo.sqlite --lambda -1", 64, "'-1' is not understood; expected numbers from 0 on"),
    Mistake("sweep demo.sqlite --replicates -1", 64, "--replicates is -1; expected 1 to 1000000"),
    Mistake("synth --queries -5 -o x.sqlite", 64, "--queries -5: expected at least 1"),
    Mistake("synth --correlation -0.5 -o x.sqlite", 64, "--correlation -0.5: expected 0 to 1"),
    Mistake("whatif demo.sqlite --rolling 9 --check -1 --lambda 1", 64, "--check is -1; expected 1 to 8"),
    Mistake("inspect demo.sqlite --format csv", 64, "one of 'table' and 'json'"),
    Mistake("verify demo.sqlite --format csv", 64, "one of 'table' and 'json'"),
    Mistake("recommend demo.sqlite --format csv", 64, "one of 'table' and 'json'"),
    Mistake("policy diff a.yaml b.yaml --format csv", 64, "one of 'table' and 'json'"),
    Mistake("policy validate a.yaml --format csv", 64, "one of 'table' and 'json'"),
    Mistake("import demo.jsonl --dry-run --format csv", 64, "one of 'table' and 'json'"),
    Mistake("recommend demo.sqlite --budget -1", 64, "expected an amount above 0"),
    Mistake(
      "recommend demo.sqlite --min-score 120%", 64, "expected a score from 0 to 1, or a share of the best"),
    Mistake("recommend demo.sqlite --max-latency-p95 8m", 64, "expected a time above 0"),
    Mistake("recommend demo.sqlite --lambda 1,2", 64, "'1,2' is invalid for '--lambda <number>': expected"),
    Mistake("recommend demo.sqlite --fleet-budget 1 --share sums=0.5,sums=0.5", 64, "'sums' is given twice"),
    Mistake("whatif demo.sqlite --shares sums=0.5,sums=0.5", 64, "'sums' is given twice"),
  ]

  static let files = [
    Mistake("sweep demo.sqlite --prices .", 1, ".: is a folder; expected a file"),
    Mistake(
      "sweep demo.jsonl", 1,
      "demo.jsonl: not a LightReplay trace; recorded answers become one with: lightreplay import demo.jsonl"),
    Mistake(
      "sweep demo.sqlite --cost-unit tokens -o no/x.txt", 1, "Error: no/x.txt: its folder does not exist"),
    Mistake(
      "sweep demo.sqlite --cost-unit tokens -o .", 1, "Error: .: is a folder; expected a file to write"),
    Mistake(
      "recommend demo.sqlite --cost-unit tokens --emit no/p.yaml", 1, "Error: no/p.yaml: its folder does not"),
    Mistake(
      "report demo.sqlite --cost-unit tokens -o no/x.html", 1, "Error: no/x.html: its folder does not exist"),
    Mistake(
      "export notebook demo.sqlite --cost-unit tokens -o demo.jsonl", 1,
      "Error: demo.jsonl: is a file; expected a folder"),
    Mistake("export jsonl demo.sqlite -o no/x.jsonl", 1, "Error: no/x.jsonl: its folder does not exist"),
    Mistake("prices show \(Place.prices.path) --model storc", 1, "no model 'storc'; did you mean 'stork'?"),
    Mistake(
      "sweep demo.sqlite --prices typo.yaml", 1,
      "typo.yaml:2: prices.stork.inptu is an unknown key; expected input"),
    Mistake(
      "sweep demo.sqlite --prices near.yaml", 1,
      "no price for 'stork' (the price book has 'Stork'): add it to the price book"),
    Mistake(
      "whatif demo.sqlite --cost-unit tokens --drop larc", 1,
      "Error: unknown model 'larc'; did you mean 'lark'?"),
    Mistake(
      "whatif demo.sqlite --prices \(Place.prices.path) --price storc=x2", 1,
      "Error: unknown priced model 'storc'; did you mean 'stork'?"),
    Mistake(
      "import later.jsonl --trace new.sqlite", 1,
      "later.jsonl:1: format: found 'lightreplay.trace/9'; expected 'lightreplay.trace/1', up to which this version"
    ),
    Mistake("fit --csv low.csv --x A", 1, "low.csv: no column 'A'; did you mean 'a'?"),
    Mistake(
      "whatif demo.sqlite --scenario empty.yaml", 1,
      "empty.yaml:1: keep is a list; expected at least one name"),
  ]

  @Test(
    "A mistake is answered with what was found and what is meant, before anything is computed or written",
    arguments: commands + values + files)
  func mistakes(_ mistake: Mistake) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    try program.write(try Data(contentsOf: Place.demo), to: "demo.jsonl")
    try program.write("prices:\n  stork: {inptu: 1, output: 2}\n", to: "typo.yaml")
    try program.write("keep: []\n", to: "empty.yaml")
    try program.write("prices: {lark: 1, heron: 1, owl: 1, Stork: 1}\n", to: "near.yaml")
    try program.write("a,b\n1,2\n", to: "low.csv")
    try program.write(
      "{\"format\":\"lightreplay.trace/9\",\"name\":\"t\",\"models\":[{\"name\":\"m\"}]}\n", to: "later.jsonl"
    )
    let files = program.files
    let outcome = try program.run(mistake.arguments)
    #expect(outcome.status == mistake.status)
    #expect(outcome.messages.contains(mistake.sentence), "\(outcome.messages)")
    #expect(!outcome.messages.contains("replaying"))
    #expect(outcome.output.isEmpty)
    #expect(program.files == files)
  }

  @Test("Help and version are results, and a flag that a grader's program takes is no mistake")
  func notMistaken() throws {
    let program = try Program()
    defer { program.cleanUp() }
    for arguments in [
      ["--help"], ["sweep", "--help"], ["help", "export", "jsonl"], ["--version"], ["prices"],
    ] {
      let outcome = try program.run(arguments)
      #expect(outcome.status == 0)
      #expect(!outcome.output.isEmpty)
      #expect(outcome.messages.isEmpty)
    }
    try program.importDemo()
    let graded = try program.run("grade", "demo.sqlite", "--grader", "command", "--", "cat", "--show-all")
    #expect(!graded.messages.contains("unknown option"), "\(graded.messages)")
    #expect(
      try program.run("report", "demo.sqlite", "--cost-unit", "tokens", "-o", "-").output.hasPrefix("# "))
  }

  @Test("A trace's names never move the terminal, neither in tables nor in messages")
  func terminal() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let demo = try String(contentsOf: Place.demo, encoding: .utf8)
    try program.write(demo.replacing("\"sums\"", with: #""su\u001b[31mms""#), to: "red.jsonl")
    try #require(try program.run("import", "jsonl", "red.jsonl", "--trace", "red.sqlite").status == 0)
    for arguments in [
      ["sweep", "red.sqlite", "--cost-unit", "tokens"], ["recommend", "red.sqlite", "--cost-unit", "tokens"],
      ["sweep", "red.sqlite", "--workload", "none"], ["inspect", "red.sqlite"],
      [
        "recommend", "red.sqlite", "--cost-unit", "tokens", "--workload", "su\u{1B}[31mms", "--budget",
        "0.001",
      ],
    ] {
      let outcome = try program.run(arguments)
      #expect((outcome.output + outcome.messages).contains("su·[31mms"), "\(arguments)")
      #expect(!(outcome.output + outcome.messages).contains("\u{1B}"), "\(arguments)")
    }
  }
}
