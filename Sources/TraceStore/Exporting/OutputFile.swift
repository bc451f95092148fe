import CZlib
import CZstd
import Foundation

/// A file or standard output being written, compressed when its name ends in `.gz` or `.zst`.
package final class OutputFile {
  private let file: Int32
  private let path: String
  private let codec: (any OutputCodec)?
  private var compressed: [UInt8] = []

  private init(_ file: Int32, path: String, codec: (any OutputCodec)?) {
    self.file = file
    self.path = path
    self.codec = codec
  }

  /// Calls `body` with the output. A file appears under its name when `body` has returned; if it throws,
  /// what was there stays. `nil` and `-` are standard output.
  package static func write(
    to path: String?, compression: Compression = .asNamed, _ body: (OutputFile) throws -> Void
  ) throws {
    guard let path, path != "-" else {
      return try finish(OutputFile(1, path: "<stdout>", codec: codec(compression, for: "")), body)
    }
    let codec = try codec(compression, for: path)
    if SystemCall.exists(path), SystemCall.fileSize(path) == nil {
      // A device or pipe is written to, not replaced.
      guard let file = SystemCall.openForWriting(path) else {
        throw TraceFileError.failed(path, SystemCall.lastReason)
      }
      defer { SystemCall.close(file) }
      return try finish(OutputFile(file, path: path, codec: codec), body)
    }
    try TemporaryFile.replacing(path) { temporary in
      guard let file = SystemCall.createForWriting(temporary) else {
        throw TraceFileError.failed(path, SystemCall.lastReason)
      }
      defer { SystemCall.close(file) }
      try finish(OutputFile(file, path: path, codec: codec), body)
    }
  }

  /// Checks that a file can take its place: its folder is there, and no folder has its name.
  ///
  /// - Throws: `TraceFileError`.
  package static func check(_ path: String?) throws(TraceFileError) {
    guard let path, path != "-" else { return }
    if SystemCall.isDirectory(path) { throw .isFolder(path, expected: "a file to write") }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    guard SystemCall.isDirectory(folder) else { throw .noFolder(path) }
  }

  /// Makes a folder for files, and those it is in, where it is missing.
  ///
  /// - Throws: `TraceFileError`.
  package static func makeFolder(_ path: String) throws(TraceFileError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      guard SystemCall.isDirectory(path) else {
        throw .failed(path, SystemCall.exists(path) ? "is a file; expected a folder" : "cannot be made")
      }
    }
  }

  private static func finish(_ output: OutputFile, _ body: (OutputFile) throws -> Void) throws {
    try body(output)
    try output.finish()
  }

  /// How a file is compressed.
  package enum Compression {
    /// By the end of its name, `.gz` or `.zst`.
    case asNamed
    case zstandard
  }

  private static func codec(_ compression: Compression, for path: String) throws -> (any OutputCodec)? {
    if compression == .zstandard { return try ZstandardCodec() }
    if path.hasSuffix(".gz") { return try GzipCodec() }
    if path.hasSuffix(".zst") { return try ZstandardCodec() }
    return nil
  }

  package func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { bytes in
      guard let codec else { return try put(bytes) }
      try codec.encode(bytes, isLast: false) { try put($0) }
    }
  }

  private func finish() throws {
    try codec?.encode(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true) { try put($0) }
  }

  private func put(_ bytes: UnsafeRawBufferPointer) throws {
    guard SystemCall.write(file, bytes) else {
      if errno == EPIPE { throw ReaderGone() }
      throw TraceFileError.failed(path, SystemCall.lastReason)
    }
  }
}

/// Whoever should read the output wants no more of it, as `head` after its ten lines.
package struct ReaderGone: Error {}

/// A compressed stream being written.
private protocol OutputCodec: AnyObject {
  /// Takes all of `input` and hands on what is ready; after the last input, everything.
  func encode(
    _ input: UnsafeRawBufferPointer, isLast: Bool, _ put: (UnsafeRawBufferPointer) throws -> Void) throws
}

private final class GzipCodec: OutputCodec {
  private let stream: UnsafeMutablePointer<z_stream>
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init() throws {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 bits of window, and 16 for a gzip header, which holds no name and no time.
    let status = deflateInit2_(
      stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw TraceFileError.failed("<output>", "out of memory") }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func encode(
    _ input: UnsafeRawBufferPointer, isLast: Bool, _ put: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    // zlib does not write through next_in; its type only lacks the const.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(input.count)
    repeat {
      let written = buffer.withUnsafeMutableBufferPointer { target in
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(target.count)
        deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
        return target.count - Int(stream.pointee.avail_out)
      }
      try buffer.withUnsafeBytes { try put(UnsafeRawBufferPointer(rebasing: $0[..<written])) }
    } while stream.pointee.avail_out == 0
  }
}

private final class ZstandardCodec: OutputCodec {
  private let stream: OpaquePointer
  private var buffer = [UInt8](repeating: 0, count: 1 << 17)

  init() throws {
    guard let stream = ZSTD_createCCtx() else { throw TraceFileError.failed("<output>", "out of memory") }
    self.stream = stream
  }

  deinit { ZSTD_freeCCtx(stream) }

  func encode(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool, _ put: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    while true {
      var left = 0
      let written = buffer.withUnsafeMutableBytes { target in
        var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        left = ZSTD_compressStream2(stream, &output, &input, isLast ? ZSTD_e_end : ZSTD_e_continue)
        return output.pos
      }
      guard ZSTD_isError(left) == 0 else { throw TraceFileError.failed("<output>", "out of memory") }
      try buffer.withUnsafeBytes { try put(UnsafeRawBufferPointer(rebasing: $0[..<written])) }
      if isLast ? left == 0 : input.pos == input.size { return }
    }
  }
}
