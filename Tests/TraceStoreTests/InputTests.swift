import Foundation
import Testing
import TraceStore

@Suite struct InputTests {
  private static let lines = [
    #"{"format":"lightreplay.trace/1","name":"t","models":[{"name":"m1"}]}"#,
    #"{"query":"q","workload":"w","prompt":"\#(String(repeating: "é", count: 300_000))","responses":[{"model":"m1","score":1}]}"#,
    #"{"query":"r","workload":"w","responses":[{"model":"m1","score":0}]}"#,
  ]

  private func imported(_ data: Data) throws -> Data {
    let folder = try TemporaryFolder()
    try folder.write(data, to: "in")
    try folder.importing("in", into: "t.sqlite")
    return try folder.exported("t.sqlite")
  }

  private static let plain = Data(lines.map { $0 + "\n" }.joined().utf8)
  private static let canonical = Data(
    plain.replacing(Data(#"}]}"#.utf8), with: Data(#"}],"pool":["m1"]}"#.utf8), maxReplacements: 1))

  /// The lines compressed by the export, cut in two streams at `middle`.
  private func compressed(_ suffix: String) throws -> Data {
    let folder = try TemporaryFolder()
    var whole = Data()
    for part in [Self.plain.prefix(1000), Self.plain.dropFirst(1000)] {
      try OutputFile.write(to: folder.path("part" + suffix)) { try $0.write(Array(part)) }
      whole += try folder.read("part" + suffix)
    }
    return whole
  }

  @Test("A byte order mark, blank lines, carriage returns and a missing last line feed are accepted")
  func layout() throws {
    let text = "\u{FEFF}" + Self.lines.joined(separator: "\r\n\r\n \n") + "\n\n\t"
    #expect(try imported(Data(text.utf8)) == Self.canonical)
    #expect(try imported(Self.plain.dropLast()) == Self.canonical)
  }

  @Test("Compressed streams of several members are read to the end", arguments: [".gz", ".zst"])
  func members(suffix: String) throws {
    #expect(try imported(compressed(suffix)) == Self.canonical)
    #expect(
      try imported(compressed(suffix) + (suffix == ".gz" ? Data(count: 512) : Data())) == Self.canonical)
  }

  @Test("A cut compressed stream names the file and the line reached", arguments: [".gz", ".zst"])
  func cut(suffix: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(compressed(suffix).dropLast(5), to: "cut")
    let error = try #require(throws: InputError.self) { try folder.importing("cut", into: "t.sqlite") }
    guard case .truncated(let file, let line, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(file == folder.path("cut"))
    #expect((2...4).contains(line))
    #expect(folder.files == ["cut"])
  }

  @Test("A damaged compressed stream is refused", arguments: [".gz", ".zst"])
  func damaged(suffix: String) throws {
    let folder = try TemporaryFolder()
    var bytes = try compressed(suffix)
    bytes[bytes.count - 2] ^= 0x55
    try folder.write(bytes, to: "bad")
    #expect(throws: InputError.self) { try folder.importing("bad", into: "t.sqlite") }
    #expect(folder.files == ["bad"])
  }

  @Test("A line of any length up to the limit is read")
  func long() throws {
    let text = String(repeating: "0123456789", count: 500_000)
    let line =
      #"{"query":"long","workload":"w","prompt":"\#(text)","responses":[{"model":"m1","score":1}]}"# + "\n"
    let exported = try imported(Data((Self.lines[0] + "\n" + line).utf8))
    #expect(exported.count > 5_000_000)
    #expect(exported.suffix(line.utf8.count) == Data(line.utf8))
  }
}
