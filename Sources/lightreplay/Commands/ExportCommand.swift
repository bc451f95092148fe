import ArgumentParser
import Foundation
import TraceStore

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a trace in another form.",
    subcommands: [JSONLines.self])

  struct JSONLines: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "jsonl",
      abstract: "Write the interchange form, one query per line; import reads it back as it was.",
      discussion: """
        Example:
          lightreplay export jsonl demo.sqlite -o demo.jsonl
        """)

    @Argument(help: "The trace file.")
    var trace: String

    @Option(
      name: [.short, .long], help: ArgumentHelp("A file instead of standard output.", valueName: "file"))
    var output: String?

    func run() throws {
      let database = try TraceDatabase(reading: trace)
      let target = try OutputFile(output)
      try database.exportJSONLines { try target.write($0) }
      try target.finish()
    }
  }
}

/// A file that is complete or not there at all; or standard output.
final class OutputFile {
  private let path: String?
  private let temporary: String
  private let handle: FileHandle
  private var isFinished = false

  init(_ path: String?) throws {
    self.path = path == "-" ? nil : path
    guard let path = self.path else {
      temporary = ""
      handle = .standardOutput
      return
    }
    temporary = path + ".writing-\(ProcessInfo.processInfo.processIdentifier)"
    guard FileManager.default.createFile(atPath: temporary, contents: nil),
      let handle = FileHandle(forWritingAtPath: temporary)
    else { throw TraceFileError.readOnly(path) }
    self.handle = handle
  }

  deinit {
    if path != nil, !isFinished { try? FileManager.default.removeItem(atPath: temporary) }
  }

  func write(_ bytes: [UInt8]) throws { try handle.write(contentsOf: bytes) }

  func finish() throws {
    guard let path else { return }
    try handle.synchronize()
    try handle.close()
    guard rename(temporary, path) == 0 else { throw TraceFileError.readOnly(path) }
    isFinished = true
  }
}
