import Foundation
import Testing
import TraceStore

@Suite struct ZipArchiveTests {
  private func importing(_ data: Data) throws -> (folder: TemporaryFolder, result: TraceImport.Result) {
    let folder = try TemporaryFolder()
    try folder.write(data, to: "log.eval")
    return (folder, try folder.importing(nil, ["log.eval"]))
  }

  /// The sentence an archive is refused with; nothing but the archive is left.
  private func refusal(_ data: Data, format: String? = "inspect") throws -> String {
    let folder = try TemporaryFolder()
    try folder.write(data, to: "log.eval")
    let error = try #require(throws: (any Error).self) { try folder.importing(format, ["log.eval"]) }
    #expect(folder.files == ["log.eval"])
    return "\(error)"
  }

  @Test("Members are read whatever their method", arguments: ZipFixture.Method.allCases)
  func methods(_ method: ZipFixture.Method) throws {
    let (folder, result) = try importing(ZipFixture.inspectLog(method).data)
    #expect(result.queries == 2)
    #expect(try folder.response("sums/q1", "lark")["text"] as? String == "four")
  }

  /// Two made-up questions, two epochs, written by Inspect 0.3.285 with Zstandard members.
  private static let real = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/inspect-toy.eval")

  @Test("An archive that Inspect wrote is read")
  func inspect() throws {
    let (folder, result) = try importing(Data(contentsOf: Self.real))
    #expect((result.queries, result.calls) == (2, 4))
    let response = try folder.response("toy/q1", "openai-api/fake/fake-model", sample: 1)
    #expect(response["score"] as? Int == 1)
    #expect(response["input_tokens"] as? Int == 7)
    #expect(response["output_tokens"] as? Int == 12)
  }

  @Test("The 64-bit directory of large archives is read")
  func wide() throws {
    var zip = try ZipFixture.inspectLog(.deflate)
    zip.is64Bit = true
    #expect(try importing(zip.data).result.queries == 2)
  }

  @Test("A run that was killed has no header; its start is enough")
  func killed() throws {
    var zip = try ZipFixture.inspectLog()
    zip.entries.removeAll { $0.name == "header.json" }
    #expect(try importing(zip.data).result.queries == 2)
  }

  @Test("Of two members of one name the last counts")
  func rewritten() throws {
    let zip = try ZipFixture.inspectLog { zip in
      let again = ImportFixture.inspectSample("q1", score: #""I""#)
      try zip.add("samples/q1_epoch_1.json", Data(again.utf8))
    }
    #expect(try importing(zip.data).folder.response("sums/q1", "lark")["score"] as? Int == 0)
  }

  @Test(
    "Names that lead out of the folder touch no file",
    arguments: ["../../x.json", "/tmp/x.json", "samples/../../x.json"])
  func names(_ name: String) throws {
    let zip = try ZipFixture.inspectLog { zip in
      try zip.add(name, Data(ImportFixture.inspectSample("q3").utf8))
    }
    let (folder, result) = try importing(zip.data)
    #expect(result.queries == (name.hasPrefix("samples/") ? 3 : 2))
    #expect(folder.files == ["log.eval", "t.sqlite"])
  }

  @Test("A wrong checksum names the member")
  func checksum() throws {
    var zip = try ZipFixture.inspectLog(.zstandard)
    zip.entries[1].checksum ^= 1
    let text = try refusal(zip.data)
    #expect(text.contains("log.eval: the checksum of 'samples/q1_epoch_1.json' is wrong"))
  }

  @Test(
    "A member that unpacks to more or less than declared is refused", arguments: ZipFixture.Method.allCases)
  func size(_ method: ZipFixture.Method) throws {
    for change in [-1, 1] {
      var zip = try ZipFixture.inspectLog(method)
      zip.entries[1].size += change
      #expect(try refusal(zip.data).contains("does not unpack to the size declared"))
    }
  }

  @Test("Bombs are refused: too large, growing too much, overlapping")
  func bombs() throws {
    let zeros = Data(count: 20 << 20)
    var growing = try ZipFixture.inspectLog()
    try growing.add("samples/z.json", zeros, .zstandard)
    #expect(try refusal(growing.data).contains("would grow more than 1000 times"))

    var large = try ZipFixture.inspectLog()
    large.entries[1].size = 300 << 20
    #expect(try refusal(large.data).contains("would be 300 MiB"))

    // Both samples point at the same bytes.
    let data = try ZipFixture.inspectLog().data
    let overlapping = try self.overlapping(data)
    #expect(try refusal(overlapping).contains("members overlap"))
  }

  /// With the place of the second member changed to that of the first.
  private func overlapping(_ data: Data) throws -> Data {
    var data = data
    let mark = Data([0x50, 0x4B, 1, 2])
    let first = try #require(data.range(of: mark))
    let second = try #require(data.range(of: mark, in: first.upperBound..<data.count))
    data.replaceSubrange((second.lowerBound + 42)..<(second.lowerBound + 46), with: [0, 0, 0, 0])
    return data
  }

  @Test("Encrypted members and unknown methods are named")
  func unsupported() throws {
    var encrypted = try ZipFixture.inspectLog()
    encrypted.entries[1].flags = 1
    #expect(try refusal(encrypted.data).contains("'samples/q1_epoch_1.json' is encrypted"))
    var unknown = try ZipFixture.inspectLog()
    unknown.entries[1].method = 12
    #expect(try refusal(unknown.data).contains("packed by method 12"))
  }

  @Test("A cut archive has no directory")
  func cut() throws {
    let data = try ZipFixture.inspectLog(.deflate).data
    #expect(try refusal(data.dropLast(40)).contains("expected one, with its directory at the end"))
    #expect(try refusal(data.prefix(10)).contains("expected one, with its directory at the end"))
  }

  @Test("Whatever byte is damaged, the archive is refused or read, and nothing else happens")
  func fuzz() throws {
    let data = try ZipFixture.inspectLog(.deflate).data
    var state: UInt64 = 7
    for _ in 0..<300 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var damaged = data
      damaged[Int(state >> 33) % data.count] ^= UInt8(truncatingIfNeeded: state >> 20) | 1
      let folder = try TemporaryFolder()
      try folder.write(damaged, to: "log.eval")
      let taken = try? folder.importing("inspect", ["log.eval"])
      #expect(folder.files == (taken == nil ? ["log.eval"] : ["log.eval", "t.sqlite"]))
    }
  }
}
