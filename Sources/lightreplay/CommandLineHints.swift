import ArgumentParser
import RoutingCore

/// What somebody probably meant by a command or flag that does not exist.
///
/// The parser first looks for what is missing: `--trase T` would be reported as a missing `--trace`.
enum CommandLineHints {
  /// `nil` where every command and flag is known.
  static func hint(_ arguments: [String]) -> String? {
    var command: any ParsableCommand.Type = LightReplay.self
    var commands = LightReplay.configuration.subcommands
    var rest = arguments[...]
    while let name = rest.first, !commands.isEmpty {
      guard let next = commands.first(where: { self.name(of: $0) == name }) else {
        guard !name.hasPrefix("-"), name != "help" else { return nil }
        let known = commands.compactMap { self.name(of: $0) }
        return PolicyError.unknown(kind: "command", name: name, known: known).description
      }
      command = next
      commands = configuration(of: next).subcommands
      rest = rest.dropFirst()
    }
    return unknownFlag(in: rest, known: flags(of: command))
  }

  private static func unknownFlag(in arguments: ArraySlice<String>, known: Set<String>) -> String? {
    for argument in arguments.prefix(while: { $0 != "--" }) where argument.hasPrefix("--") {
      let flag = String(argument.prefix { $0 != "=" })
      guard !known.contains(flag) else { continue }
      let near = NearMiss.suggestion(for: flag, among: known.sorted())
      return "unknown option '\(flag)'" + (near.map { "; did you mean '\($0)'?" } ?? "")
    }
    return nil
  }

  /// Every flag that a command's help names.
  private static func flags(of command: any ParsableCommand.Type) -> Set<String> {
    Set(LightReplay.helpMessage(for: command).matches(of: /--[a-z][a-z0-9-]*/).map { String($0.output) })
      .union(["--help", "--version"])
  }

  private static func configuration(of command: any ParsableCommand.Type) -> CommandConfiguration {
    command.configuration
  }

  private static func name(of command: any ParsableCommand.Type) -> String? {
    configuration(of: command).commandName
  }
}
