import Foundation
import Testing
import TraceStore

/// A trace that is damaged somewhere is refused with a sentence, or says exactly what the whole one says.
@Suite struct DamagedTraceTests {
  /// A small trace with every field, its similarities cached, and what is read from it.
  private func whole(_ folder: TemporaryFolder) async throws -> (bytes: Data, reading: TraceReading) {
    var random = RandomInterchange(seed: 7)
    try folder.write([RandomInterchange.header] + (0..<6).map { random.query("q/\($0)") }, to: "in")
    try folder.importing("in", into: "whole")
    _ = try await TraceReading(folder.path("whole"), grader: "exact")
    return (try folder.read("whole"), try await TraceReading(folder.path("whole"), grader: "exact"))
  }

  /// Whether the damaged file was refused; it must be, unless it reads as the whole one.
  private func isRefused(
    _ bytes: Data, _ whole: TraceReading, _ folder: TemporaryFolder, _ comment: Comment
  ) async throws -> Bool {
    try folder.write(bytes, to: "damaged")
    defer { for end in ["", "-journal", "-wal", "-shm"] { folder.remove("damaged" + end) } }
    do {
      let reading = try await TraceReading(folder.path("damaged"), grader: "exact")
      #expect(reading.differences(from: whole) == [], comment)
      return false
    } catch let error as TraceFileError {
      let sentence = error.description
      #expect(sentence.hasPrefix(folder.path("damaged") + ": "), comment)
      #expect(!sentence.contains("\n") && sentence.count < 400, comment)
      return true
    }
  }

  @Test("A thousand flipped bits: a clean refusal or the same answers", arguments: 0..<10)
  func flips(part: Int) async throws {
    let folder = try TemporaryFolder()
    let (bytes, reading) = try await whole(folder)
    var random = RandomInterchange(seed: UInt64(1000 + part))
    var refused = 0
    for flip in 0..<100 {
      var damaged = bytes
      // Much of a small file is free space: every second flip hits a byte that holds something.
      var place = random.below(bytes.count)
      while flip % 2 == 0, bytes[place] == 0 { place = random.below(bytes.count) }
      let bit = UInt8(1) << random.below(8)
      damaged[place] ^= bit
      if try await isRefused(damaged, reading, folder, "byte \(place), bit \(bit)") { refused += 1 }
    }
    #expect(refused > 40, "\(refused) of 100 refused")
  }

  @Test("A trace with a random stretch overwritten or zeroed is refused or reads the same", arguments: 0..<4)
  func stretches(part: Int) async throws {
    let folder = try TemporaryFolder()
    let (bytes, reading) = try await whole(folder)
    var random = RandomInterchange(seed: UInt64(2000 + part))
    for _ in 0..<50 {
      var damaged = bytes
      let length = 1 + random.below(512)
      let start = random.below(bytes.count - length)
      let isZeroed = random.below(2) == 0
      for place in start..<(start + length) { damaged[place] = isZeroed ? 0 : UInt8(random.below(256)) }
      _ = try await isRefused(damaged, reading, folder, "\(length) bytes at \(start), zeroed: \(isZeroed)")
    }
  }

  @Test("A trace cut off anywhere is refused, but where only a cache is cut")
  func cuts() async throws {
    let folder = try TemporaryFolder()
    let (bytes, reading) = try await whole(folder)
    var random = RandomInterchange(seed: 3)
    let lengths = [0, 1, 99, 100, 8191, 8192] + (0..<50).map { _ in random.below(bytes.count) }
    for length in lengths {
      let refused = try await isRefused(
        bytes.prefix(length), reading, folder, "\(length) of \(bytes.count) bytes")
      // The last pages are those of the similarities, which are computed again.
      #expect(refused || length > bytes.count * 9 / 10, "\(length) of \(bytes.count) bytes")
    }
  }
}
