/// Cuts a stream into lines of UTF-8, in a memory that grows only with the longest line.
final class LineReader {
  /// The longest line accepted.
  static let limit = 256 << 20
  /// Bytes after every line that may be read (not understood), so that scanning can go in words.
  static let padding = 16

  /// Name used in messages.
  let file: String
  /// The line last returned, counted from 1; 0 before the first.
  private(set) var line = 0
  /// Bytes taken from the file so far, as stored.
  var bytesRead: Int64 { source.bytesRead }

  /// Size of the file as stored; `nil` where it is not known, as of standard input.
  let size: Int64?

  private let source: FileSource
  private let content: any ByteSource
  private let limit: Int
  private var buffer: [UInt8]
  /// Bytes in `buffer` not yet returned.
  private var unread = 0..<0
  /// Start of the part of `unread` not yet searched for a line end.
  private var searched = 0
  private var reachedEnd = false

  /// Opens `path`, or standard input for `-`, which messages call `<stdin>`.
  init(path: String, limit: Int = LineReader.limit, chunk: Int = 1 << 18) throws(InputError) {
    let file = path == "-" ? "<stdin>" : path
    self.file = file
    self.limit = limit
    let source = try FileSource(path: path)
    self.source = source
    size = path == "-" ? nil : SystemCall.fileSize(path)
    do throws(SourceFault) { content = try source.content() } catch { throw Self.placed(error, file, 1) }
    buffer = [UInt8](repeating: 0, count: chunk + Self.padding)
  }

  /// Hands the next line, without its line feed and without a byte order mark at the start of the file, to
  /// `body`; `nil` at the end. `padding` bytes behind the line are readable and the first of them is a line
  /// feed or zero.
  func next<Value>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Value) throws -> Value? {
    guard var range = try nextRange() else { return nil }
    line += 1
    if line == 1, buffer[range].starts(with: [0xEF, 0xBB, 0xBF]) { range = range.dropFirst(3) }
    return try buffer.withUnsafeBufferPointer { bytes in
      try body(UnsafeBufferPointer(rebasing: bytes[range]))
    }
  }

  private func nextRange() throws(InputError) -> Range<Int>? {
    while true {
      if let end = lineFeed() {
        let range = unread.lowerBound..<end
        unread = (end + 1)..<unread.upperBound
        searched = unread.lowerBound
        return range
      }
      guard !reachedEnd else { break }
      try fill()
    }
    guard !unread.isEmpty else { return nil }
    let range = unread
    buffer[range.upperBound] = 0
    unread = range.upperBound..<range.upperBound
    return range
  }

  /// Where the first unread line ends.
  private func lineFeed() -> Int? {
    let range = searched..<unread.upperBound
    return buffer.withUnsafeBufferPointer { bytes in
      UnsafeBufferPointer(rebasing: bytes[range]).firstIndex(of: UInt8(ascii: "\n")).map {
        $0 + range.lowerBound
      }
    }
  }

  /// Reads more behind the unread bytes, moving them to the front or growing the buffer first.
  private func fill() throws(InputError) {
    guard unread.count <= limit else { throw .lineTooLong(file: file, line: line + 1, limit: limit) }
    searched = unread.upperBound
    makeRoom()
    let room = unread.upperBound..<(buffer.count - Self.padding)
    do throws(SourceFault) {
      let count = try buffer.withUnsafeMutableBufferPointer { bytes throws(SourceFault) in
        try content.read(
          into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[room])))
      }
      reachedEnd = count == 0
      unread = unread.lowerBound..<(unread.upperBound + count)
    } catch {
      throw Self.placed(error, file, line + 1)
    }
  }

  private func makeRoom() {
    if unread.lowerBound > 0 {
      let count = unread.count
      buffer.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        base.copyMemory(from: base + unread.lowerBound, byteCount: count)
      }
      unread = 0..<count
      searched = count
    }
    if unread.count * 2 > buffer.count {
      buffer.append(contentsOf: repeatElement(0, count: buffer.count))
    }
  }

  static func placed(_ fault: SourceFault, _ file: String, _ line: Int) -> InputError {
    switch fault {
    case .unreadable(let reason): .cannotRead(file: file, reason: reason)
    case .truncated(let codec): .truncated(file: file, line: line, codec: codec)
    case .corrupt(let codec): .corrupt(file: file, line: line, codec: codec)
    }
  }
}
