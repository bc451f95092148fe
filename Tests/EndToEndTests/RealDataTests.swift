import Foundation
import Testing

/// A published set of recorded answers, with figures from its own description.
struct RealData: Sendable, CustomTestStringConvertible {
  let file: String
  let queries: Int
  /// Correct answers by model; `single:` must give exactly these.
  let correct: [String: Int]
  /// Models from the best on, with the correct answers of a vote of the first k.
  let votes: [(model: String, correct: Int)]

  var testDescription: String { file }

  static let gsm8k = RealData(
    file: "gsm8k", queries: 1319,
    correct: [
      "Meta-Llama-3.1-70B-Instruct": 1242, "Mixtral-8x7B-Instruct-v0.1": 925, "Mistral-Large-2": 1260,
      "deepseek-v2-chat-0628": 1239, "Qwen2-72B-Instruct": 1222, "gemma-2-27b-it": 1190,
      "gpt-4o-mini-2024-07-18": 1243, "claude-3-haiku-20240307": 1171,
    ],
    votes: [
      ("Mistral-Large-2", 1260), ("gpt-4o-mini-2024-07-18", 1260), ("Meta-Llama-3.1-70B-Instruct", 1271),
      ("deepseek-v2-chat-0628", 1277), ("Qwen2-72B-Instruct", 1276), ("gemma-2-27b-it", 1271),
      ("claude-3-haiku-20240307", 1275), ("Mixtral-8x7B-Instruct-v0.1", 1272),
    ])
  static let mathL5 = RealData(
    file: "math-l5", queries: 721,
    correct: [
      "Meta-Llama-3.1-70B-Instruct": 311, "Mistral-Large-2": 350, "deepseek-v2.5-0908": 322,
      "Qwen2.5-72B-Instruct": 434, "Qwen2-72B-Instruct": 276, "gemma-2-27b-it": 192,
      "gpt-4o-mini-2024-07-18": 376,
      "claude-3-haiku-20240307": 109,
    ],
    votes: [
      ("Qwen2.5-72B-Instruct", 434), ("gpt-4o-mini-2024-07-18", 436), ("Mistral-Large-2", 455),
      ("deepseek-v2.5-0908", 465), ("Meta-Llama-3.1-70B-Instruct", 468), ("Qwen2-72B-Instruct", 460),
      ("gemma-2-27b-it", 458), ("claude-3-haiku-20240307", 451),
    ])
  static let mmluPro = RealData(
    file: "mmlu-pro", queries: 11954,
    correct: [
      "Meta-Llama-3.1-70B-Instruct": 7527, "Meta-Llama-3.1-8B-Instruct": 5292,
      "Mixtral-8x7B-Instruct-v0.1": 5020,
      "Qwen1.5-72B-Chat": 5647, "gemini-1.5-pro-002": 8398, "gemini-1.5-flash-002": 7659,
      "Phi-3-mini-4k-instruct": 4969, "c4ai-command-r-v01": 4380, "jamba-1.5-large": 5912,
      "mathstral-7B": 5024,
      "Mistral-7B-Instruct-v0.2": 3444, "Qwen1.5-7B-Chat": 3172,
    ],
    votes: [
      ("gemini-1.5-pro-002", 8398), ("gemini-1.5-flash-002", 8398), ("Meta-Llama-3.1-70B-Instruct", 8609),
      ("jamba-1.5-large", 8552), ("Qwen1.5-72B-Chat", 8485), ("Meta-Llama-3.1-8B-Instruct", 8411),
      ("mathstral-7B", 8273), ("Mixtral-8x7B-Instruct-v0.1", 8211), ("Phi-3-mini-4k-instruct", 8112),
      ("c4ai-command-r-v01", 8057), ("Mistral-7B-Instruct-v0.2", 7938), ("Qwen1.5-7B-Chat", 7889),
    ])
}

/// Against real answers that public projects recorded; skipped where the files are not there.
@Suite(
  .enabled(if: Place.hasRealData, "the recorded answers in ../shared/data are not on this machine"),
  .serialized)
struct RealDataTests {
  private func imported(_ data: RealData) throws -> Program {
    let program = try Program()
    let file = Place.realData.appendingPathComponent("\(data.file).jsonl.gz").path
    let outcome = try program.run("import", "jsonl", file, "--trace", "t.sqlite")
    try #require(outcome.status == 0, "\(outcome.messages)")
    return program
  }

  /// Correct answers over all workloads, by policy.
  private func correct(_ document: String) throws -> [String: Double] {
    var totals: [String: Double] = [:]
    let workloads = try #require(try jsonObject(document)["workloads"] as? [[String: Any]])
    for workload in workloads {
      let queries = try #require(workload["compared_queries"] as? Int)
      for policy in try #require(workload["policies"] as? [[String: Any]]) {
        let id = try #require(policy["id"] as? String)
        let score = try #require((policy["score"] as? [String: Any])?["mean"] as? Double)
        totals[id, default: 0] += score * Double(queries)
      }
    }
    return totals
  }

  @Test(
    "Single models and votes of the best k give exactly the published counts",
    arguments: [RealData.gsm8k, .mathL5, .mmluPro])
  func counts(_ data: RealData) throws {
    let program = try imported(data)
    defer { program.cleanUp() }
    let order = data.votes.map(\.model).joined(separator: ">")
    let swept = try program.run(
      "sweep", "t.sqlite", "--selector", "static:\(order)", "--aggregator", "vote", "--layers", "2",
      "--cost-unit",
      "tokens", "--replicates", "2", "--format", "json")
    try #require(swept.status == 0, "\(swept.messages)")
    let totals = try correct(swept.output)
    for (model, count) in data.correct {
      #expect(abs((totals["single:\(model)"] ?? -1) - Double(count)) < 1e-6)
    }
    for (place, vote) in data.votes.enumerated() {
      let id = "k=\(place + 1),boot=none,layers=2,selector=static:\(order),aggregator=vote"
      #expect(abs((totals[id] ?? -1) - Double(vote.correct)) < 1e-6, "k = \(place + 1)")
    }
  }

  @Test("Export, import, export gives identical bytes", arguments: [RealData.gsm8k, .mathL5, .mmluPro])
  func roundTrip(_ data: RealData) throws {
    let program = try imported(data)
    defer { program.cleanUp() }
    try #require(try program.run("export", "jsonl", "t.sqlite", "-o", "a.jsonl").status == 0)
    try #require(try program.run("import", "jsonl", "a.jsonl", "--trace", "u.sqlite").status == 0)
    try #require(try program.run("export", "jsonl", "u.sqlite", "-o", "b.jsonl").status == 0)
    #expect(try program.read("a.jsonl") == program.read("b.jsonl"))
  }

  @Test("Inspect counts what the description counts", arguments: [RealData.gsm8k, .mathL5, .mmluPro])
  func inspect(_ data: RealData) throws {
    let program = try imported(data)
    defer { program.cleanUp() }
    let document = try jsonObject(try program.run("inspect", "t.sqlite", "--format", "json").output)
    #expect(document["responses"] as? Int == data.queries * data.correct.count)
    let workloads = try #require(document["workloads"] as? [[String: Any]])
    #expect(workloads.compactMap { $0["queries"] as? Int }.reduce(0, +) == data.queries)
    for model in try #require(document["models"] as? [[String: Any]]) {
      let name = try #require(model["name"] as? String)
      let mean = try #require(model["mean_score"] as? Double)
      #expect(abs(mean * Double(data.queries) - Double(data.correct[name] ?? -1)) < 1e-6)
    }
  }

  @Test("The cost of single models is the published one, to the picodollar")
  func money() throws {
    let program = try imported(.gsm8k)
    defer { program.cleanUp() }
    let swept = try program.run(
      "sweep", "t.sqlite", "--selector", "prior", "--aggregator", "vote", "--prices",
      Place.realData.appendingPathComponent("prices.yaml").path, "--replicates", "2", "--format", "json")
    try #require(swept.status == 0, "\(swept.messages)")
    let published = ["Mistral-Large-2": 1_418_448_000_000.0, "deepseek-v2-chat-0628": 82_639_620_000]
    let workload = try #require((try jsonObject(swept.output)["workloads"] as? [[String: Any]])?.first)
    for policy in try #require(workload["policies"] as? [[String: Any]]) {
      guard let id = policy["id"] as? String, let total = published[String(id.dropFirst("single:".count))]
      else { continue }
      let mean = try #require((policy["cost"] as? [String: Any])?["mean"] as? Double)
      #expect(abs(mean * 1319 * 1e12 - total) < 1)
    }
  }
}
