import CZstd

/// The content of a Zstandard file of one or more frames.
final class ZstandardSource: ByteSource {
  private let compressed: FileSource
  private let stream: OpaquePointer
  private var isInsideFrame = true

  init(_ compressed: FileSource) throws(SourceFault) {
    guard let stream = ZSTD_createDStream() else { throw .unreadable(reason: "out of memory") }
    self.compressed = compressed
    self.stream = stream
  }

  deinit { ZSTD_freeDStream(stream) }

  func read(into target: UnsafeMutableRawBufferPointer) throws(SourceFault) -> Int {
    let stream = stream
    var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
    while output.pos == 0 {
      var status = 0
      var atEnd = false
      _ = try compressed.withUnread { bytes throws(SourceFault) in
        var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        status = ZSTD_decompressStream(stream, &output, &input)
        atEnd = bytes.isEmpty
        return input.pos
      }
      guard ZSTD_isError(status) == 0 else { throw .corrupt(.zstandard) }
      if atEnd, output.pos == 0 {
        guard !isInsideFrame else { throw .truncated(.zstandard) }
        return 0
      }
      // Once a frame is done, a call without input asks for the next header and reports bytes missing.
      if !atEnd { isInsideFrame = status != 0 }
    }
    return output.pos
  }
}
