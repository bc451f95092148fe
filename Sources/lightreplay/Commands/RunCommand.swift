import ArgumentParser
import ConfigFiles
import Foundation
import Recording
import Reporting
import RoutingCore
import TraceStore

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Carry out a recommended policy live on new prompts.",
    discussion: """
      Example, with the servers of traces/local-llms/record.yaml running:
        lightreplay run policy.yaml --config traces/local-llms/record.yaml \\
          "What is 12 times 13?"

      The policy file says what to do, the configuration where the models are. Without a prompt or --prompts, one
      prompt is read from standard input. --check compares tokens, texts, dollars,
      seconds and, with --grader, scores with what a trace predicted.
      """)

  @Argument(help: "The policy, as written by recommend --emit.")
  var policy: String

  @Argument(help: "A prompt.")
  var prompt: String?

  @Option(help: ArgumentHelp("The configuration with endpoints and models.", valueName: "file"))
  var config: String

  @Option(help: ArgumentHelp("Queries to run: JSON Lines, or a trace.", valueName: "file"))
  var prompts: String?

  @Option(
    help: ArgumentHelp(
      "The label of the queries that have none; the default policy without.", valueName: "name"))
  var workload: String?

  @Option(help: ArgumentHelp("Record every call into this trace.", valueName: "file"))
  var trace: String?

  @Option(
    help: ArgumentHelp("Compare with what this trace predicts for the same queries.", valueName: "trace"))
  var check: String?

  @Option(
    help: ArgumentHelp(
      "Scores live answers for --check: the grader of the trace's scores.", valueName: "name"))
  var grader: String?

  @Option(
    help: ArgumentHelp(
      "table prints answers, json one object per query and one for --check.", valueName: "kind"))
  var format: RunFormat = .table

  func validate() throws {
    guard prompt == nil || prompts == nil else {
      throw ValidationError("give a prompt or --prompts, not both")
    }
    guard check == nil || prompts != nil else {
      throw ValidationError("--check compares queries of a trace; name them with --prompts")
    }
    guard let grader else { return }
    guard check != nil else { throw ValidationError("--grader scores for --check; name the trace") }
    guard GraderRegistry.entries.contains(where: { $0.name == grader && $0.arguments == nil }) else {
      throw ValidationError(
        PolicyError.unknown(
          kind: "grader", name: grader,
          known: GraderRegistry.entries.filter { $0.arguments == nil }.map(\.name)
        ).description)
    }
  }

  func run() async throws {
    let queries = try queries()
    let session = try RunSession(policy: policy, config: config)
    let store = try trace.map { try TraceRecording(path: $0, header: session.config.header) }
    _ = try await store?.begin(queries)
    let scorer = try grader.flatMap { GraderList.entry(named: $0) }?.grader(GraderOptions())
    var checked = try check.map {
      try RunCheck(trace: $0, prices: session.policy.prices, grader: scorer)
    }
    var failed = 0
    for query in queries {
      do {
        let run = try await session.run(query, label: label(of: query), store: store)
        try Messages.result(format == .json ? RunReport.json(run).compact + "\n" : run.outcome.answer + "\n")
        try await checked?.add(run)
      } catch let gap as SchemeGap {
        failed += 1
        Messages.note("query '\(query.query)': \(gap)")
      }
    }
    try await store?.close()
    if let checked {
      Messages.note(RunReport.fidelity(checked.fidelity))
      if format == .json { try Messages.result(RunReport.json(checked.fidelity).compact + "\n") }
    }
    guard failed == 0 else { throw ExitCode.failed }
  }

  private func label(of query: QueryRecord) -> String? { query.workload.isEmpty ? workload : query.workload }

  private func queries() throws -> [QueryRecord] {
    if let prompts { return try PromptFile.read(prompts) }
    let text = prompt ?? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    guard !text.isEmpty else { throw ValidationError("the prompt is empty") }
    var query = QueryRecord(query: "prompt", workload: workload ?? "live")
    query.prompt = text
    return [query]
  }
}

enum RunFormat: String, ExpressibleByArgument, CaseIterable { case table, json }
