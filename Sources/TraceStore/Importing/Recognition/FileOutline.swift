import Foundation

/// What the beginning of a file shows: its kind and the keys of its first JSON object.
package struct FileOutline {
  enum Kind {
    case zip, pickle, parquet, json, text, empty, binary
    /// Standard input or a pipe, which can be read once only and so is not looked into.
    case stream
  }

  /// Bytes looked at.
  static let length = 1 << 18

  let path: String
  let kind: Kind
  /// Keys of the first object down to three levels, joined by points; `[]` stands for an array's elements.
  let keys: Set<String>
  /// The first line that is not empty, cut with the rest of the outline.
  let firstLine: String
  /// Names of a zip archive's members.
  let members: [String]

  /// Last part of the path.
  var name: String { URL(fileURLWithPath: path).lastPathComponent }

  /// - Throws: `InputError` when the file cannot be opened or inflated.
  init(path: String) throws(InputError) {
    self.path = path
    guard path != "-", SystemCall.fileSize(path) != nil || !SystemCall.exists(path) else {
      (kind, keys, firstLine, members) = (.stream, [], "", [])
      return
    }
    let bytes = try Self.beginning(of: path)
    kind = Self.kind(bytes)
    members = kind == .zip ? (try? ZipArchive(path: path))?.members.map(\.name) ?? [] : []
    keys = kind == .json ? Self.keys(bytes) : []
    let line = bytes.drop { $0 <= 0x20 }.prefix { $0 != 0x0A }
    firstLine = kind == .json || kind == .text ? String(decoding: line, as: UTF8.self) : ""
  }

  private static func beginning(of path: String) throws(InputError) -> [UInt8] {
    let source = try FileSource(path: path)
    var bytes = [UInt8](repeating: 0, count: length)
    var count = 0
    do throws(SourceFault) {
      let content = try source.content()
      while count < length {
        let read = try bytes.withUnsafeMutableBufferPointer { buffer throws(SourceFault) in
          try content.read(
            into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[count...])))
        }
        if read == 0 { break }
        count += read
      }
    } catch {
      // A damaged stream is the importer's to report, with its line.
      if case .unreadable(let reason) = error { throw .cannotRead(file: path, reason: reason) }
    }
    bytes.removeLast(length - count)
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  private static func kind(_ bytes: [UInt8]) -> Kind {
    if bytes.starts(with: Array("PK".utf8) + [3, 4]) || bytes.starts(with: Array("PK".utf8) + [5, 6]) {
      return .zip
    }
    if bytes.starts(with: Array("PAR1".utf8)) { return .parquet }
    // Protocols 2 to 5; older pickles are text that begins with a bracket.
    if bytes.first == 0x80, bytes.count > 1, (2...5).contains(bytes[1]) { return .pickle }
    guard let first = bytes.first(where: { $0 > 0x20 }) else { return bytes.contains(0) ? .binary : .empty }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .json }
    return bytes.contains(0) ? .binary : .text
  }

  // MARK: Keys

  private static func keys(_ bytes: [UInt8]) -> Set<String> {
    var keys: Set<String> = []
    let document = DocumentBytes(bytes: bytes, count: bytes.count)
    document.withBytes { bytes in
      var cursor = JSONCursor(document: bytes)
      // The beginning may end anywhere; what was seen until then counts.
      do throws(JSONFault) { try collect(&cursor, under: "", depth: 0, into: &keys) } catch {}
    }
    return keys
  }

  private static func collect(
    _ cursor: inout JSONCursor, under path: String, depth: Int, into keys: inout Set<String>
  ) throws(JSONFault) {
    guard depth < 3 else {
      _ = try cursor.node(skipping: [])
      return
    }
    switch try cursor.peek() {
    case .object:
      var scope = try cursor.openObject()
      while case .unknown(let key) = try cursor.nextKey(&scope, of: .empty) {
        let name = path.isEmpty ? key : path + "." + key
        keys.insert(name)
        try collect(&cursor, under: name, depth: depth + 1, into: &keys)
      }
    case .array:
      var scope = try cursor.openArray()
      while try cursor.nextElement(&scope) {
        try collect(&cursor, under: path + "[]", depth: depth + 1, into: &keys)
      }
    default: _ = try cursor.node(skipping: [])
    }
  }
}

extension FileOutline.Kind {
  /// What to do with a file that no importer reads.
  var advice: String? {
    switch self {
    case .pickle:
      "a Python pickle, which can run code when it is opened and is never read; where you trust it, write it as "
        + "CSV: python3 -c 'import pandas; pandas.read_pickle(\"FILE\").to_csv(\"FILE.csv\", index=False)'"
    case .parquet:
      "a Parquet file, which is not read; write it as CSV: "
        + "python3 -c 'import pandas; pandas.read_parquet(\"FILE\").to_csv(\"FILE.csv\", index=False)'"
    case .binary: "a binary file of no known format"
    default: nil
    }
  }
}
