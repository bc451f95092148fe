import ArgumentParser
import RoutingCore
import TraceStore

struct SynthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synth",
    abstract: "Make a trace of made-up answers with known truth, to try and to time.",
    discussion: """
      Example:
        lightreplay synth --queries 100000 -o made-up.sqlite
        lightreplay sweep made-up.sqlite --cost-unit tokens --k 1-3 \\
          --selector prior --aggregator vote

      Candidate number c is right on 95 % − 5 % · c of the queries, but at least 30 %. On a share of the queries, \
      --correlation, one draw decides for all candidates, on the others each has its own: scores of equally good \
      candidates correlate by that much, those of unequal ones by less. The trace's header says all this and that \
      it is made up. The same flags give the same content.
      """)

  @Option(parsing: .unconditional, help: ArgumentHelp("How many queries.", valueName: "n"))
  var queries = 1000

  @Option(parsing: .unconditional, help: ArgumentHelp("How many candidates, 1 to 64.", valueName: "n"))
  var candidates = 5

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Over how many workloads they are spread.", valueName: "n"))
  var workloads = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of queries on which one draw decides for all candidates, 0 to 1: the correlation of equally good ones.",
      valueName: "r"))
  var correlation = 0.4

  @Flag(help: "Give answers a text of about a word a token.")
  var texts = false

  @Option(help: ArgumentHelp("Another seed, other answers.", valueName: "n"))
  var seed: UInt64 = 7

  @Option(name: [.short, .long], help: ArgumentHelp("The trace to make.", valueName: "file"))
  var output: String

  func validate() throws {
    func check(_ holds: Bool, _ flag: String, _ value: Any, _ expected: String) throws {
      if !holds { throw ValidationError("--\(flag) \(value): expected \(expected)") }
    }
    try check(queries >= 1, "queries", queries, "at least 1")
    try check((1...CandidateSet.capacity).contains(candidates), "candidates", candidates, "1 to 64")
    try check((1...queries).contains(workloads), "workloads", workloads, "1 to the number of queries")
    try check((0...1).contains(correlation), "correlation", correlation, "0 to 1")
  }

  func run() throws {
    let made = SyntheticWorkload(
      queries: queries, candidates: candidates, workloads: workloads, correlation: correlation,
      hasTexts: texts, seed: seed)
    let line = ProgressLine()
    defer { line.clear() }
    try TraceImport.create(output, header: made.header, count: queries, query: made.query(at:)) {
      line.show($0, 0, nil)
    }
    line.clear()
    Messages.note(
      "\(output): \(queries.counted("made-up query", "made-up queries")) with \((queries * candidates).counted("call"))"
    )
  }
}
