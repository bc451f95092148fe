import ArgumentParser
import Reporting
import RoutingCore
import TraceStore

/// Where the recommendation goes as files for production.
struct EmitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write the policy file (lightreplay.policy/1).", valueName: "file"))
  var emit: String?

  @Option(
    name: .customLong("emit-vllm-semantic-router"),
    help: ArgumentHelp("Write a vLLM semantic router configuration (v0.3).", valueName: "file"))
  var emitSemanticRouter: String?

  @Option(
    name: .customLong("emit-litellm"),
    help: ArgumentHelp("Write a LiteLLM proxy configuration.", valueName: "file")
  )
  var emitLiteLLM: String?

  var isWanted: Bool { !destinations.isEmpty }

  private var destinations: [(flag: String, path: String)] {
    [
      ("--emit", emit), ("--emit-vllm-semantic-router", emitSemanticRouter), ("--emit-litellm", emitLiteLLM),
    ].compactMap { flag, path in path.map { (flag, $0) } }
  }

  func validate() throws {
    for (_, path) in destinations { try OutputFile.check(path) }
  }

  /// Two results never go to the same place.
  func checkDestinations(besides output: String?) throws {
    var taken = [(output ?? "-"): output == nil ? "the table" : "--output"]
    for (flag, path) in destinations {
      guard let other = taken.updateValue(flag, forKey: path) else { continue }
      throw ValidationError(
        "\(flag) and \(other) both go to \(path == "-" ? "standard output" : "'\(path)'"); give one another file"
      )
    }
  }

  func write(_ policy: ProductionPolicy) throws {
    try write(emit) { policy.yaml }
    try write(emitSemanticRouter) { SemanticRouterConfig(policy).yaml }
    try write(emitLiteLLM) { LiteLLMConfig(policy).yaml }
  }

  private func write(_ path: String?, _ text: () -> String) throws {
    guard let path else { return }
    let bytes = Array(text().utf8)
    try OutputFile.write(to: path) { file in try file.write(bytes) }
    if path != "-" { Messages.note("written: \(path)") }
  }
}
