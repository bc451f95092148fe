import Foundation
import ScriptedServer

/// The deterministic model as a process of its own: prints its address, then serves until it is ended.
///
/// `lightreplay-testserver [--port N] [--delay-ms N] [--fault-percent N] [--fault-seed N] [--until-stdin-closes]`
@main struct TestServer {
  static func main() throws {
    var options = ModelServer.Options()
    var endsWithInput = false
    var arguments = CommandLine.arguments.dropFirst()
    while let name = arguments.popFirst() {
      if name == "--until-stdin-closes" {
        endsWithInput = true
        continue
      }
      guard let value = arguments.popFirst().flatMap({ Int($0) }) else { return complain(name) }
      switch name {
      case "--port": options.port = UInt16(clamping: value)
      case "--delay-ms": options.delayMilliseconds = value
      case "--fault-percent": options.faultPercent = value
      case "--fault-seed": options.faultSeed = value
      default: return complain(name)
      }
    }
    let model = try ModelServer(options)
    try FileHandle.standardOutput.write(contentsOf: Data((model.server.baseURL + "\n").utf8))
    if endsWithInput {
      _ = try FileHandle.standardInput.readToEnd()
    } else {
      while true { Thread.sleep(forTimeInterval: 3600) }
    }
  }

  private static func complain(_ argument: String) {
    FileHandle.standardError.write(Data("'\(argument)': not an option with a whole number\n".utf8))
    exit(64)
  }
}
