import CZlib

/// The inflated content of a gzip file of one or more members.
final class GzipSource: ByteSource {
  private let compressed: FileSource
  private let stream: UnsafeMutablePointer<z_stream>
  private var isInsideMember = true

  init(_ compressed: FileSource) throws(SourceFault) {
    self.compressed = compressed
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 bits of window, and 16 to expect a gzip header.
    let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw .corrupt(.gzip) }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(SourceFault) -> Int {
    stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(clamping: target.count)
    let room = stream.pointee.avail_out
    while stream.pointee.avail_out == room {
      if !isInsideMember, try !beginMember() { return 0 }
      try inflateSome()
    }
    return Int(room - stream.pointee.avail_out)
  }

  private func inflateSome() throws(SourceFault) {
    let stream = stream
    var status = Z_OK
    let used = try compressed.withUnread { bytes throws(SourceFault) in
      // zlib does not write through next_in; its type only lacks the const.
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.pointee.avail_in = UInt32(bytes.count)
      guard !bytes.isEmpty else { return 0 }
      status = inflate(stream, Z_NO_FLUSH)
      return bytes.count - Int(stream.pointee.avail_in)
    }
    switch status {
    case Z_STREAM_END: isInsideMember = false
    case Z_OK where used == 0 && stream.pointee.avail_in == 0: throw .truncated(.gzip)
    case Z_OK, Z_BUF_ERROR: break
    default: throw .corrupt(.gzip)
    }
  }

  /// Goes on to the next member; `false` at the end of the file. Zero padding behind a member is skipped.
  private func beginMember() throws(SourceFault) -> Bool {
    while try compressed.peek(1).first == 0 { _ = try compressed.withUnread { _ in 1 } }
    let next = try compressed.peek(2)
    guard let first = next.first else { return false }
    guard first == 0x1F, next.count == 1 || next.last == 0x8B, inflateReset(stream) == Z_OK else {
      throw .corrupt(.gzip)
    }
    isInsideMember = true
    return true
  }
}
