import Foundation
package import RoutingCore

/// Partial results of shards as files: JSON Lines in Zstandard, the last line with the SHA-256 of the others.
///
/// Lines are objects: `format` first, then for each workload `workload`, for each of its patterns `pattern` and for
/// each of its policies `policy`, each followed by columns of integers in pieces. Numbers that ascend (keys, times)
/// are written as differences. Reading and writing need the memory of one shard.
package enum PartialFile {
  package static let format = "lightreplay.partial/1"

  /// Numbers of a column on one line.
  static let columnPiece = 1 << 16

  /// Writes a partial whole or not at all; `-` is standard output.
  package static func write(
    _ partial: PartialSweep, to path: String, compression: OutputFile.Compression = .zstandard
  ) throws {
    try OutputFile.write(to: path, compression: compression) { file in
      var writer = PartialWriter { try file.write($0) }
      try writer.write(partial)
    }
  }

  /// - Throws: `PartialFileError`, `InputError`.
  package static func read(_ path: String) throws -> PartialSweep {
    let reader = try LineReader(path: path)
    var partial = PartialReader(path: path)
    let isWhole = try reader.next { try partial.readHeader($0) } != nil
    guard isWhole else { throw PartialFileError.notAPartial(path) }
    while try reader.next({ try partial.readLine($0, number: reader.line) }) != nil {}
    return try partial.finish(line: reader.line)
  }

  /// Whether a file begins as partials do; false where it cannot be read.
  package static func isPartial(_ path: String) -> Bool {
    guard let source = try? FileSource(path: path), let mark = try? source.peek(4),
      mark.elementsEqual([0x28, 0xB5, 0x2F, 0xFD]), let reader = try? LineReader(path: path)
    else { return false }
    var partial = PartialReader(path: path)
    return (try? reader.next { try partial.readHeader($0) }) != nil
  }

  /// SHA-256 of a header without its name, hexadecimal: the same in all shards of a trace.
  package static func digest(of header: TraceHeader) -> String {
    ContentHash.sha256(Data(InterchangeText.fingerprintedHeader(header)))
  }

  /// What a sweep put together from shards is known by.
  package static func fingerprint(ofShards fingerprints: [String]) -> String {
    ContentHash.sha256(Data(fingerprints.joined(separator: "\n").utf8))
  }
}
