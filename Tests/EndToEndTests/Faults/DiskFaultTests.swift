import Foundation
import Testing

/// The disk is full, or may not be written.
@Suite struct DiskFaultTests {
  @Test("An import that finds no room leaves no file, whatever the room", arguments: [1, 8, 40, 100, 160])
  func limited(kilobytes: Int) throws {
    let program = try Program()
    defer { program.cleanUp() }
    let outcome = try program.shell(
      "ulimit -f \(kilobytes); exec $LIGHTREPLAY import jsonl \(Place.demo.path) --trace t.sqlite")
    #expect(outcome.status == 1)
    #expect(outcome.messages.hasPrefix("Error: t.sqlite: no space left on the disk"), "\(outcome.messages)")
    #expect(program.files == [])
  }

  @Test(
    "What cannot be added or written for want of room leaves the trace and the files as they were",
    arguments: [
      "import jsonl more.jsonl --trace demo.sqlite", "grade demo.sqlite --grader exact",
      "report demo.sqlite --cost-unit tokens --replicates 10 -o page.html",
      "export jsonl demo.sqlite -o page.html",
    ])
  func changes(command: String) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let demo = try String(contentsOf: Place.demo, encoding: .utf8)
    try program.write(demo.replacing("\"query\":\"", with: "\"query\":\"again/"), to: "more.jsonl")
    try program.write("as it was", to: "page.html")
    let before = try program.read("demo.sqlite")
    let outcome = try program.shell("ulimit -f 8; exec $LIGHTREPLAY \(command)")
    #expect(outcome.status == 1)
    #expect(
      ["no space left", "File too large"].contains { outcome.messages.contains($0) }, "\(outcome.messages)")
    #expect(try program.read("demo.sqlite") == before)
    #expect(try program.read("page.html") == Data("as it was".utf8))
    #expect(program.files == ["demo.sqlite", "more.jsonl", "page.html"])
  }

  @Test("A full disk ends a recording with a sentence; with room again it goes on and loses nothing")
  func recording() throws {
    let model = try ModelProcess()
    let program = try Program.recording(model, queries: 12)
    defer { program.cleanUp() }
    let key = ["LIVE_TEST_KEY": "k"]
    try #require(
      try program.run(["record", "live.yaml", "--trace", "whole.sqlite"], environment: key).status == 0)
    let asked = try model.requests().count
    var full = 0
    for kilobytes in stride(from: 150, through: 450, by: 60) {
      let outcome = try program.shell(
        "export LIVE_TEST_KEY=k; ulimit -f \(kilobytes); exec $LIGHTREPLAY record live.yaml --trace t.sqlite")
      if outcome.status == 0 { continue }
      full += 1
      #expect(outcome.messages.contains("no space left"), "\(outcome.messages)")
      #expect(!outcome.messages.contains("Fatal"))
      if program.exists("t.sqlite") {
        let verified = try program.run("verify", "t.sqlite")
        #expect(verified.status == 0, "\(verified.output)\(verified.messages)")
      }
    }
    #expect(full > 0)
    let rest = try program.run(["record", "live.yaml", "--trace", "t.sqlite"], environment: key)
    try #require(rest.status == 0, "\(rest.messages)")
    #expect(try program.timelessCalls("t.sqlite") == program.timelessCalls("whole.sqlite"))
    // Twelve calls are under way at a time; those that could not be kept were asked again.
    #expect(try model.requests().count <= 2 * asked + 12 * full)
  }

  @Test("On a small file system of its own a full disk is the same", .enabled(if: SmallDisk.isPermitted))
  func smallDisk() throws {
    let program = try Program()
    defer { program.cleanUp() }
    for kilobytes in [40, 120, 200] {
      let disk = try SmallDisk(program.folder.appendingPathComponent("disk"), kilobytes: kilobytes)
      defer { disk.unmount() }
      let outcome = try program.run("import", "jsonl", Place.demo.path, "--trace", "disk/t.sqlite")
      #expect(outcome.status == 1)
      #expect(outcome.messages.contains("disk/t.sqlite: no space left"), "\(outcome.messages)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == [])
    }
  }

  @Test("A trace that may not be written is read, and refused to those who would change it")
  func readOnly() throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let demo = try String(contentsOf: Place.demo, encoding: .utf8)
    try program.write(demo.replacing("\"query\":\"", with: "\"query\":\"again/"), to: "more.jsonl")
    let files = FileManager.default
    for (path, mode) in [("/demo.sqlite", 0o444), ("", 0o555)] {
      try files.setAttributes([.posixPermissions: mode], ofItemAtPath: program.folder.path + path)
    }
    defer { try? files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.folder.path) }
    let before = try program.read("demo.sqlite")
    // Permissions do not bind root, so root becomes nobody.
    let asNobody = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
    let able = try program.shell("\(asNobody) $LIGHTREPLAY --version")
    try #require(able.status == 0, "\(able.messages)")
    for command in ["inspect demo.sqlite", "verify demo.sqlite", "export jsonl demo.sqlite"] {
      #expect(try program.shell("\(asNobody) $LIGHTREPLAY \(command)").status == 0)
    }
    for command in [
      "grade demo.sqlite --grader exact", "import jsonl more.jsonl --trace demo.sqlite",
      "import jsonl more.jsonl --trace new.sqlite", "inspect demo.sqlite -o result.txt",
    ] {
      let outcome = try program.shell("\(asNobody) $LIGHTREPLAY \(command)")
      #expect(outcome.status == 1)
      #expect(
        ["cannot be written", "Permission denied", "its permissions"].contains {
          outcome.messages.contains($0)
        },
        "\(outcome.messages)")
      #expect(outcome.messages.split(separator: "\n").count == 1, "\(outcome.messages)")
    }
    #expect(try program.read("demo.sqlite") == before)
    #expect(program.files == ["demo.sqlite", "more.jsonl"])
  }
}

/// A file system in memory of a few kilobytes; root may have one where mounting is allowed.
struct SmallDisk {
  let path: String

  init(_ place: URL, kilobytes: Int) throws {
    path = place.path
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try #require(Self.run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path) == 0)
  }

  func unmount() { _ = try? Self.run("umount", path) }

  static let isPermitted: Bool = {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("disk-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    guard let disk = try? SmallDisk(place, kilobytes: 40) else { return false }
    disk.unmount()
    return true
  }()

  private static func run(_ arguments: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.start()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
