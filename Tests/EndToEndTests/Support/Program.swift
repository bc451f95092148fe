import Foundation
import Testing

/// Runs the built program in a folder of its own.
struct Program {
  struct Outcome {
    let output: String
    let messages: String
    let status: Int32
  }

  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("lightreplay-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Removes the folder.
  func cleanUp() { try? FileManager.default.removeItem(at: folder) }

  /// Beside the test bundle, where every build of the package puts it.
  static let executable: URL = {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("lightreplay")
    if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    return Place.root.appendingPathComponent(".build/release/lightreplay")
  }()

  /// Runs a script of Bash in the folder, where `$LIGHTREPLAY` is the program.
  func shell(_ script: String) throws -> Outcome {
    let path = Self.executable.path
    return try run(
      ["-c", script], environment: ["LIGHTREPLAY": path], executable: URL(fileURLWithPath: "/bin/bash"))
  }

  func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    return process
  }

  func run(_ arguments: String..., input: Data? = nil) throws -> Outcome { try run(arguments, input: input) }

  /// - Parameter environment: beside what the tests themselves have.
  func run(
    _ arguments: [String], input: Data? = nil, environment: [String: String] = [:],
    executable: URL = Program.executable, folder: URL? = nil
  ) throws -> Outcome {
    let process = process(arguments)
    process.executableURL = executable
    if let folder { process.currentDirectoryURL = folder }
    if !environment.isEmpty {
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    }
    let output = FileManager.default.temporaryDirectory.appendingPathComponent("stdout-\(UUID().uuidString)")
    let messages = FileManager.default.temporaryDirectory.appendingPathComponent(
      "stderr-\(UUID().uuidString)")
    for file in [output, messages] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: messages)
    if let input {
      let pipe = Pipe()
      process.standardInput = pipe
      try process.start()
      try pipe.fileHandleForWriting.write(contentsOf: input)
      try pipe.fileHandleForWriting.close()
    } else {
      process.standardInput = FileHandle.nullDevice
      try process.start()
    }
    process.waitUntilExit()
    defer { for file in [output, messages] { try? FileManager.default.removeItem(at: file) } }
    return Outcome(
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      messages: String(decoding: try Data(contentsOf: messages), as: UTF8.self),
      status: process.terminationStatus)
  }

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  func write(_ data: Data, to name: String) throws { try data.write(to: folder.appendingPathComponent(name)) }

  func read(_ name: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(name)) }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  /// Visible files, sorted.
  var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .sorted()
  }

  /// Imports the demonstration trace.
  func importDemo() throws {
    let outcome = try run("import", "jsonl", Place.demo.path, "--trace", "demo.sqlite")
    try #require(outcome.status == 0, "\(outcome.messages)")
  }
}

extension Program {
  /// Writes the queries of an export so many times, each time under other names.
  func writeCopies(of export: String, count: Int, to name: String) throws {
    let lines = export.split(separator: "\n")
    var copies = lines[0] + "\n"
    for copy in 0..<count {
      for line in lines.dropFirst() {
        copies += line.replacing("\"query\":\"", with: "\"query\":\"copy\(copy)/", maxReplacements: 1) + "\n"
      }
    }
    try write(String(copies), to: name)
  }
}

extension Process {
  /// Runs it as a shell would: tests run on threads that block signals, and a child takes that over.
  func start() throws {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try run()
  }
}

/// Where things are.
enum Place {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let demo = root.appendingPathComponent("traces/demo.jsonl")
  static let prices = root.appendingPathComponent("traces/prices.yaml")
  /// Real recorded answers, which are not part of the repository.
  static let realData = root.appendingPathComponent("../shared/data").standardizedFileURL
  static var hasRealData: Bool { FileManager.default.fileExists(atPath: realData.path) }
}

/// A JSON document taken apart.
func jsonObject(_ text: String) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}
