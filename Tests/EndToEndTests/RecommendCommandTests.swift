import Foundation
import Testing

@Suite struct RecommendCommandTests {
  private func recommend(_ flags: String...) throws -> Program.Outcome {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    return try program.run(["recommend", "demo.sqlite", "--prices", Place.prices.path] + flags)
  }

  @Test("Two runs, on one thread and two, give the same bytes")
  func deterministic() throws {
    let one = try recommend("--lambda", "100", "--format", "json", "--threads", "1")
    let two = try recommend("--lambda", "100", "--format", "json", "--threads", "2")
    #expect(one.status == 0, "\(one.messages)")
    #expect(one.output == two.output)
  }

  @Test("The mixture of a budget spends it exactly")
  func mixture() throws {
    let outcome = try recommend("--budget", "0.00005", "--format", "json")
    let workloads = try #require(try jsonObject(outcome.output)["workloads"] as? [[String: Any]])
    for workload in workloads {
      let mixture = try #require(workload["mixture"] as? [[String: Any]])
      let regimes = try #require(workload["regimes"] as? [[String: Any]])
      let cost = try mixture.reduce(0.0) { sum, part in
        let own = regimes.first { $0["id"] as? String == part["id"] as? String }
        return sum + (try #require(part["share"] as? Double)) * (try #require(own?["cost"] as? Double))
      }
      #expect(abs(cost - 0.00005) < 1e-15)
    }
  }

  @Test("The policy of each regime is what its λ recommends")
  func regimes() throws {
    let outcome = try recommend("--lambda", "0", "--format", "json")
    let workload = try #require((try jsonObject(outcome.output)["workloads"] as? [[String: Any]])?.first)
    for regime in try #require(workload["regimes"] as? [[String: Any]]) {
      let low = try #require(regime["lambda_low"] as? Double)
      let inside = (regime["lambda_high"] as? Double).map { (low + $0) / 2 } ?? low * 2 + 1
      let there = try recommend("--lambda", "\(inside)", "--format", "json")
      let first = try #require((try jsonObject(there.output)["workloads"] as? [[String: Any]])?.first)
      #expect((first["recommended"] as? [String: Any])?["id"] as? String == regime["id"] as? String)
    }
  }

  @Test("Where nothing meets the constraints the nearest policy is named, with exit code 2")
  func nothing() throws {
    let outcome = try recommend("--budget", "0.0000001")
    #expect(outcome.status == 2)
    #expect(outcome.messages.contains("single:lark"))
  }

  @Test("Where one workload has nothing that meets the constraints the others are answered, with exit code 2")
  func someUnmet() throws {
    // Between what the cheapest policies of the two workloads cost.
    let costs = try ["sums", "puzzles"].map { workload in
      let outcome = try recommend("--workload", workload, "--lambda", "1e12", "--format", "json")
      let first = try #require((try jsonObject(outcome.output)["workloads"] as? [[String: Any]])?.first)
      let cost = (first["recommended"] as? [String: Any])?["cost"] as? [String: Any]
      return try #require(cost?["mean"] as? Double)
    }
    let dearer = costs[0] > costs[1] ? "sums" : "puzzles"
    let budget = "\((costs[0] + costs[1]) / 2)"
    let outcome = try recommend("--budget", budget, "--format", "json", "--emit", "policy.yaml")
    #expect(outcome.status == 2)
    #expect(outcome.messages.contains("\(dearer): no policy meets"))
    #expect(outcome.messages.contains("no policy file is written"))
    let document = try jsonObject(outcome.output)
    #expect((document["workloads"] as? [[String: Any]])?.count == 1)
    let unmet = try #require((document["unmet"] as? [[String: Any]])?.first)
    #expect(unmet["name"] as? String == dearer)
    #expect((unmet["reason"] as? String)?.hasPrefix("\(dearer): no policy meets") == true)
    let table = try recommend("--budget", budget)
    #expect(table.status == 2)
    #expect(table.output.contains("\(dearer): no policy meets"))
  }

  @Test(
    "Flags that exclude each other are wrong usage",
    arguments: [
      ["--fleet-budget", "1", "--lambda", "1"], ["--rule", "one-se"], ["--confidence", "0.9"],
      ["--share", "a=1"],
      ["--confidence", "2", "--budget", "1"], ["--format", "csv"],
    ])
  func conflicts(flags: [String]) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    #expect(
      try program.run(["recommend", "demo.sqlite", "--prices", Place.prices.path] + flags).status == 64)
  }

  @Test("A fleet budget gives one λ that keeps it")
  func fleet() throws {
    let outcome = try recommend(
      "--fleet-budget", "0.0001", "--share", "sums=0.3,puzzles=0.7", "--format", "json")
    let fleet = try #require(try jsonObject(outcome.output)["fleet"] as? [String: Any])
    let cost = try #require(fleet["cost"] as? Double)
    #expect(cost <= 0.0001)
  }
}
