import Foundation
import Testing

/// What help shows can be copied and typed.
@Suite struct HelpTests {
  /// A command with its name and what its help says.
  struct Command: CustomTestStringConvertible {
    let name: [String]
    let discussion: String

    var testDescription: String { name.isEmpty ? "lightreplay" : name.joined(separator: " ") }

    /// Indented lines, but those of a list `NAME: …`.
    var exampleLines: [String] {
      discussion.split(separator: "\n").map(String.init).filter {
        $0.hasPrefix("  ") && $0.split(separator: " ").first?.hasSuffix(":") == false
      }
    }

    /// Commands of the program as they are typed, continued lines and all.
    var examples: [String] {
      var examples: [String] = []
      var isOpen = false
      for line in exampleLines {
        if isOpen {
          examples[examples.count - 1] += "\n" + line
        } else {
          examples.append(line)
        }
        isOpen = line.hasSuffix("\\")
      }
      return examples.filter { $0.drop { $0 == " " }.hasPrefix("lightreplay ") }
    }
  }

  static let commands: [Command] = {
    guard let program = try? Program(), let help = try? program.run("--experimental-dump-help").output,
      let root = try? jsonObject(help)["command"] as? [String: Any]
    else { return [] }
    program.cleanUp()
    return commands(root, under: nil)
  }()

  private static func commands(_ description: [String: Any], under parent: [String]?) -> [Command] {
    let own = description["commandName"] as? String ?? ""
    let name = parent.map { $0 + [own] } ?? []
    let subcommands = description["subcommands"] as? [[String: Any]] ?? []
    return [Command(name: name, discussion: description["discussion"] as? String ?? "")]
      + subcommands.filter { $0["commandName"] as? String != "help" }
      .flatMap { commands($0, under: name) }
  }

  @Test("Every command has examples")
  func all() {
    #expect(Self.commands.count > 20)
    for command in Self.commands { #expect(!command.examples.isEmpty, "\(command.testDescription)") }
  }

  @Test("No line of an example is broken by a terminal of 80 columns", arguments: commands)
  func width(_ command: Command) throws {
    let program = try Program()
    defer { program.cleanUp() }
    let help = try program.run(command.name + ["--help"], environment: ["COLUMNS": "80"]).output
    let lines = Set(help.split(separator: "\n").map(String.init))
    for line in command.exampleLines {
      #expect(line.count <= 80 && lines.contains(line), "\(line)")
    }
  }

  /// What examples use that does not come with the program.
  private static let foreign = [
    "RUN1/", "answers.csv", "live.yaml", "served.sqlite", "model_prices", "one.", "two.sqlite", "old.yaml",
    "lightreplay run policy.yaml",
  ]

  @Test(
    "Every example works as it is typed; one that needs files of one's own is no wrong usage",
    arguments: commands)
  func works(_ command: Command) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try FileManager.default.createSymbolicLink(
      at: program.folder.appendingPathComponent("traces"),
      withDestinationURL: Place.root.appendingPathComponent("traces"))
    for example in command.examples {
      let typed = example.replacing("100000", with: "1000")
      let outcome = try program.shell("lightreplay() { \"$LIGHTREPLAY\" \"$@\"; }\n\(typed)\n")
      let isForeign = Self.foreign.contains { example.contains($0) }
      #expect(isForeign ? outcome.status == 1 : outcome.status == 0, "\(example): \(outcome.messages)")
    }
  }

  @Test("Where an example uses demo.sqlite, the same help says how it is made", arguments: commands)
  func made(_ command: Command) {
    guard command.examples.contains(where: { $0.contains("demo.sqlite") }) else { return }
    let making = command.examples.filter {
      $0.contains("lightreplay import") && $0.contains("traces/demo.jsonl")
    }
    #expect(making.count == 1)
  }
}
