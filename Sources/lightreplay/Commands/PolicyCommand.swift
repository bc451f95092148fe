import ArgumentParser

struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Check and compare policy files.",
    discussion: """
      Example, with files that lightreplay recommend --emit wrote:
        \(ExampleTrace.made)
        lightreplay recommend demo.sqlite --prices traces/prices.yaml \\
          --emit policy.yaml
        lightreplay policy validate policy.yaml --trace demo.sqlite
        lightreplay policy diff old.yaml policy.yaml
      """,
    subcommands: [PolicyValidateCommand.self, PolicyDiffCommand.self])
}
