import Foundation
import Testing

/// The scripted model server as a process of its own.
final class ModelProcess {
  /// Up to and including the version.
  let url: String
  private let process = Process()
  private let input = Pipe()

  init(_ flags: String...) throws {
    process.executableURL = Program.executable.deletingLastPathComponent()
      .appendingPathComponent("lightreplay-testserver")
    process.arguments = ["--until-stdin-closes"] + flags
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = input
    try process.start()
    var line = Data()
    while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) {
      try #require(!byte.isEmpty, "the model server ended")
      line += byte
    }
    url = String(decoding: line, as: UTF8.self)
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The bodies of all requests so far.
  func requests() throws -> [String] {
    let page = try #require(URL(string: url.replacingOccurrences(of: "/v1", with: "/requests")))
    let entries = try JSONSerialization.jsonObject(with: try Data(contentsOf: page)) as? [[String: Any]]
    return try #require(entries).map { $0["body"] as? String ?? "" }
  }
}

/// Configurations of recordings by a scripted model.
enum LiveSetup {
  static let prices = """
    date: 2026-11-21
    prices:
      ant: {input: 1, output: 2}
      bee: {input: 1, output: 2}
      cat: {input: 2, output: 4}
      owl: {input: 3, output: 6}
    """

  /// Three candidates, a selector and an aggregator that are a fourth, and a judge.
  static func config(
    _ url: String, grid: String = "{k: 1-3, boot: [4, 8], layers: 2, every_set_of: 2}",
    endpoint: String = "continuation: prefill, concurrency: 4, retries: 2"
  ) -> String {
    """
    name: live
    endpoints:
      loop: {url: "\(url)", key_env: LIVE_TEST_KEY, \(endpoint)}
    models:
      ant: {endpoint: loop, max_tokens: 60, logprobs: true}
      bee: {endpoint: loop, max_tokens: 60, logprobs: true}
      cat: {endpoint: loop, max_tokens: 60, logprobs: true}
      owl: {endpoint: loop, max_tokens: 60}
    pool: [ant, bee, cat]
    selectors:
      ranker: {model: owl, prompt: "{query}\\n{answers}\\nRank them: [{names}]"}
    aggregators: {merger: {model: owl}}
    judges: {strict: {model: owl, scale: 0-9}}
    prompts: [prompts.jsonl]
    record: [\(grid)]

    """
  }

  static func prompts(_ count: Int) -> String {
    (0..<count).map {
      #"{"query":"q\#($0)","workload":"sums","prompt":"What is \#($0) and \#(7 * $0)?","reference":"\#($0 % 10)"}"#
        + "\n"
    }.joined()
  }
}

extension Program {
  /// A program with a configuration and prompts for a scripted model.
  static func recording(_ model: ModelProcess, queries: Int, grid: String? = nil, endpoint: String? = nil)
    throws -> Program
  {
    let program = try Program()
    var config = LiveSetup.config(model.url)
    if let grid { config = LiveSetup.config(model.url, grid: grid) }
    if let endpoint { config = LiveSetup.config(model.url, endpoint: endpoint) }
    try program.write(config, to: "live.yaml")
    try program.write(LiveSetup.prompts(queries), to: "prompts.jsonl")
    try program.write(LiveSetup.prices, to: "prices.yaml")
    return program
  }

  /// The calls of a trace without their times, which differ from run to run.
  func timelessCalls(_ trace: String) throws -> [String] {
    let outcome = try run("export", "jsonl", trace)
    try #require(outcome.status == 0, "\(outcome.messages)")
    return try outcome.output.split(separator: "\n").map { line in
      var text = String(line)
      for field in ["duration_s", "ttft_s"] {
        text = text.replacing(try Regex("\"\(field)\":[0-9.e+-]+,?"), with: "")
      }
      return text
    }
  }
}
