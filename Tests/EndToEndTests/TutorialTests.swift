import Foundation
import Testing

/// The tutorial, typed as it is written.
@Suite struct TutorialTests {
  private static func commands() throws -> [[String]] {
    let article = Place.root.appendingPathComponent("Sources/RoutingCore/RoutingCore.docc/Tutorial.md")
    let text = try String(contentsOf: article, encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("lightreplay ") }.map {
      $0.split(separator: " ").dropFirst().map(String.init)
    }
  }

  @Test("Every command works in order, and leaves what the text says")
  func commands() throws {
    let program = try Program()
    defer { program.cleanUp() }
    try FileManager.default.createSymbolicLink(
      at: program.folder.appendingPathComponent("traces"),
      withDestinationURL: Place.root.appendingPathComponent("traces"))
    let commands = try Self.commands()
    #expect(commands.count >= 12)
    for command in commands {
      let outcome = try program.run(command)
      #expect(outcome.status == 0, "\(command.joined(separator: " ")): \(outcome.messages)")
    }
    for made in [
      "answers.jsonl.gz", "mine.sqlite", "policy.yaml", "mine.html", "mine-notebook", "litellm.yaml",
    ] {
      #expect(
        FileManager.default.fileExists(atPath: program.folder.appendingPathComponent(made).path), "\(made)")
    }
  }
}
