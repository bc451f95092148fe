import Foundation
import Testing

@Suite struct ReportCommandTests {
  private func demo() throws -> Program {
    let program = try Program()
    try program.importDemo()
    return program
  }

  private let flags = ["--prices", Place.prices.path, "--min-score", "95%"]

  @Test("The same trace gives the same bytes on any number of threads", arguments: ["html", "md", "json"])
  func deterministic(format: String) throws {
    let program = try demo()
    defer { program.cleanUp() }
    for threads in ["1", "3"] {
      let outcome = try program.run(
        ["report", "demo.sqlite", "--threads", threads, "-o", "\(threads).\(format)"] + flags)
      #expect(outcome.status == 0, "\(outcome.messages)")
    }
    #expect(try program.read("1.\(format)") == program.read("3.\(format)"))
  }

  @Test("The end of the name says what to write; another is wrong usage")
  func formats() throws {
    let program = try demo()
    defer { program.cleanUp() }
    let wrong = try program.run(["report", "demo.sqlite", "-o", "page.pdf"] + flags)
    #expect(wrong.status == 64)
    #expect(wrong.messages.contains(".html, .md or .json"))
    #expect(!program.exists("page.pdf"))
    let text = try program.run(["report", "demo.sqlite"] + flags)
    #expect(text.output.hasPrefix("# LightReplay report"))
  }

  @Test("Where nothing meets the wish the page is written and the exit code is 2")
  func nothing() throws {
    let program = try demo()
    defer { program.cleanUp() }
    let outcome = try program.run(
      "report", "demo.sqlite", "--prices", Place.prices.path, "--budget", "0.0000001", "-o", "page.html")
    #expect(outcome.status == 2)
    #expect(program.exists("page.html"))
    #expect(outcome.messages.contains("sums: no policy"))
  }

  @Test("The JSON report holds what sweep and recommend say")
  func json() throws {
    let program = try demo()
    defer { program.cleanUp() }
    func workloads(_ arguments: [String]) throws -> [NSDictionary] {
      let document = try jsonObject(try program.run(arguments + flags).output)
      return try #require(document["workloads"] as? [NSDictionary])
    }
    let report = try workloads(["report", "demo.sqlite", "--format", "json"])
    let recommend = try workloads(["recommend", "demo.sqlite", "--format", "json"])
    #expect(report.compactMap { $0["recommendation"] as? NSDictionary } == recommend)
    let sweep = try jsonObject(
      try program.run("sweep", "demo.sqlite", "--prices", Place.prices.path, "--format", "json").output)
    #expect(report.compactMap { $0["sweep"] as? NSDictionary } == sweep["workloads"] as? [NSDictionary])
  }

  @Test("A notebook export is a folder of tables, the same every time")
  func notebook() throws {
    let program = try demo()
    defer { program.cleanUp() }
    let names = [
      "data_dictionary.csv", "lightreplay.ipynb", "outcomes.csv", "policies.csv", "recommendations.csv",
      "regimes.csv",
    ]
    for folder in ["one", "two/deep"] {
      let outcome = try program.run(["export", "notebook", "demo.sqlite", "-o", folder] + flags)
      #expect(outcome.status == 0, "\(outcome.messages)")
      let found = try FileManager.default.contentsOfDirectory(
        atPath: program.folder.appendingPathComponent(folder).path)
      #expect(found.sorted() == names)
    }
    for name in names { #expect(try program.read("one/\(name)") == program.read("two/deep/\(name)")) }
  }
}
