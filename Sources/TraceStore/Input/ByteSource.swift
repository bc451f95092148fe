/// A stream of bytes that is read once, front to back.
protocol ByteSource: AnyObject {
  /// Fills the front of `buffer`, which is not empty; returns how many bytes, 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFault) -> Int
}

extension FileSource {
  /// The file's content, inflated when its first bytes say that it is compressed.
  func content() throws(SourceFault) -> any ByteSource {
    let mark = Array(try peek(4))
    if mark.starts(with: [0x1F, 0x8B]) { return try GzipSource(self) }
    if mark == [0x28, 0xB5, 0x2F, 0xFD] || Self.isSkippableFrame(mark) { return try ZstandardSource(self) }
    return self
  }

  /// Zstandard files may begin with frames that hold no data.
  private static func isSkippableFrame(_ mark: [UInt8]) -> Bool {
    mark.count == 4 && mark[0] & 0xF0 == 0x50 && mark.dropFirst().elementsEqual([0x2A, 0x4D, 0x18])
  }
}

/// What can go wrong in a stream, without the place, which the reader of lines knows.
enum SourceFault: Error {
  case unreadable(reason: String)
  case truncated(InputError.Codec)
  case corrupt(InputError.Codec)
}

/// An open file or standard input, with its first bytes readable ahead of time.
final class FileSource: ByteSource {
  private let file: Int32
  private let ownsFile: Bool
  private var buffer = [UInt8](repeating: 0, count: 1 << 17)
  private var unread = 0..<0
  /// Bytes taken from the file so far, compressed or not.
  private(set) var bytesRead: Int64 = 0

  /// Opens `path`, or takes standard input for `-`.
  init(path: String) throws(InputError) {
    if path == "-" {
      file = 0
      ownsFile = false
      return
    }
    guard !SystemCall.isDirectory(path) else {
      throw .cannotOpen(file: path, reason: "Is a directory")
    }
    guard let file = SystemCall.openForReading(path) else {
      throw .cannotOpen(file: path, reason: SystemCall.lastReason)
    }
    self.file = file
    ownsFile = true
  }

  deinit { if ownsFile { SystemCall.close(file) } }

  /// The first `count` bytes not yet read, fewer at the end of the file.
  func peek(_ count: Int) throws(SourceFault) -> ArraySlice<UInt8> {
    while unread.count < count, try fill() {}
    return buffer[unread.prefix(count)]
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(SourceFault) -> Int {
    try withUnread { bytes in
      let taken = bytes.prefix(target.count)
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: taken))
      return taken.count
    }
  }

  /// Hands all unread bytes to `body`, which returns how many of them it used; none left = the end.
  func withUnread(
    _ body: (UnsafeRawBufferPointer) throws(SourceFault) -> Int
  ) throws(SourceFault) -> Int {
    if unread.isEmpty { _ = try fill() }
    let range = unread
    let used = try buffer.withUnsafeBufferPointer { bytes throws(SourceFault) in
      try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[range])))
    }
    unread = range.dropFirst(used)
    return used
  }

  /// Reads more behind the unread bytes; `false` at the end of the file.
  private func fill() throws(SourceFault) -> Bool {
    if unread.isEmpty { unread = 0..<0 }
    let start = unread.upperBound
    guard start < buffer.count else { return false }
    let count = buffer.withUnsafeMutableBytes { bytes in
      SystemCall.read(file, into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
    }
    guard let count else { throw .unreadable(reason: SystemCall.lastReason) }
    bytesRead += Int64(count)
    unread = unread.lowerBound..<(start + count)
    return count > 0
  }
}
