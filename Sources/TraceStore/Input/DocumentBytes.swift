/// A file read as a whole, inflated when it is compressed; zeros behind it, as `JSONCursor` needs them.
struct DocumentBytes {
  /// The largest document accepted, unpacked.
  static let limit = LineReader.limit

  private let bytes: [UInt8]
  private let range: Range<Int>

  /// - Throws: `InputError` when it cannot be read or is too large.
  init(path: String, limit: Int = DocumentBytes.limit) throws(InputError) {
    let source = try FileSource(path: path)
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    do throws(SourceFault) {
      let content = try source.content()
      while count <= limit {
        if bytes.count - count < 1 << 15 { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
        let room = count..<bytes.count
        let read = try bytes.withUnsafeMutableBufferPointer { buffer throws(SourceFault) in
          try content.read(
            into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[room])))
        }
        if read == 0 { break }
        count += read
      }
    } catch {
      throw LineReader.placed(error, path, 1)
    }
    guard count <= limit else { throw .documentTooLong(file: path, limit: limit) }
    self.init(bytes: bytes, count: count)
  }

  /// Takes unpacked bytes, of which `count` are the document.
  init(bytes: [UInt8], count: Int) {
    var bytes = bytes
    bytes.removeLast(bytes.count - count)
    bytes.append(contentsOf: repeatElement(0, count: LineReader.padding))
    self.bytes = bytes
    range = (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)..<count
  }

  var isEmpty: Bool { range.isEmpty }

  /// Hands out the document without its byte order mark; padding behind it is readable.
  func withBytes<Value, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try bytes.withUnsafeBufferPointer { bytes throws(Failure) in
      try body(UnsafeBufferPointer(rebasing: bytes[range]))
    }
  }
}
