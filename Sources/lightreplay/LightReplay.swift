import ArgumentParser

@main
struct LightReplay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lightreplay",
    abstract: "Replays recorded LLM calls and finds, per workload, the policy with the best score for its cost.",
    subcommands: [ImportCommand.self, ExportCommand.self])

  /// Runs the command line; every error becomes one message on standard error and an exit code here.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error where Messages.isOurs(error) {
      Messages.print("\(error)")
      exit(withError: ExitCode.failure)
    } catch {
      exit(withError: error)
    }
  }
}
