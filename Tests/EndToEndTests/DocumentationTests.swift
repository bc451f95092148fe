import Foundation
import Testing

/// What the documentation shows is what the program does.
@Suite struct DocumentationTests {
  static let articles: [URL] = {
    let catalog = Place.root.appendingPathComponent("Sources/RoutingCore/RoutingCore.docc")
    let files = try? FileManager.default.contentsOfDirectory(at: catalog, includingPropertiesForKeys: nil)
    return [Place.root.appendingPathComponent("README.md")]
      + (files ?? []).filter { $0.pathExtension == "md" }
  }()

  /// Lines of shell in a text that begin with the program's name, continued lines joined.
  private static func commands(in text: String) -> [String] {
    text.replacing(/\\\n +/, with: "").split(separator: "\n").map { $0.drop { $0 == " " } }
      .filter { $0.hasPrefix("lightreplay ") }.map { String($0.prefix { $0 != "#" }) }
  }

  @Test("The example of the README prints what the README shows")
  func example() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let readme = try String(contentsOf: Self.articles[0], encoding: .utf8)
    let blocks = readme.split(separator: "```")
    let shown = try #require(blocks.first { $0.hasPrefix("\narithmetic: 62 queries\n") })
    let traces = Place.root.appendingPathComponent("traces").path
    let outcome = try program.run(
      "recommend", "\(traces)/local-llms.sqlite", "--prices", "\(traces)/local-llms/prices.yaml",
      "--min-score", "95%", "--aggregator", "recorded:merger,recorded:solver,vote")
    #expect(outcome.output.contains(shown.dropFirst()))
  }

  @Test("Every command in the articles exists, with the flags given", arguments: articles)
  func commands(article: URL) throws {
    let program = try Program()
    defer { program.cleanUp() }
    for command in Self.commands(in: try String(contentsOf: article, encoding: .utf8)) {
      let words = command.split(separator: " ").dropFirst()
      let names = words.prefix { $0.allSatisfy { $0.isLetter } }.prefix(2).map(String.init)
      let help = try program.run(["help"] + names).output
      #expect(help.contains("USAGE: lightreplay \(names[0])"), "\(command)")
      for flag in words.prefix(while: { $0 != "--" }) where flag.hasPrefix("--") {
        #expect(help.contains("\(flag) ") || help.contains("\(flag)\n"), "\(command)")
      }
    }
  }

  @Test(
    "Files of the repository that a command's help names are there",
    arguments: [
      "record", "import", "grade", "inspect", "sweep", "fit", "recommend", "whatif", "calibrate", "report",
      "run",
      "policy", "prices", "verify", "export",
    ])
  func files(command: String) throws {
    let program = try Program()
    defer { program.cleanUp() }
    let help = try program.run("help", command).output
    #expect(help.contains("xample"), "no example")
    for path in help.matches(of: /traces\/[A-Za-z0-9._\/-]+/).map({ String($0.output) }) {
      #expect(FileManager.default.fileExists(atPath: Place.root.appendingPathComponent(path).path), "\(path)")
    }
  }
}
