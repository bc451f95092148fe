/// A regular file read at any place.
final class RandomAccessFile {
  let path: String
  /// In bytes.
  let size: Int
  private let file: Int32

  init(path: String) throws(InputError) {
    guard let size = SystemCall.fileSize(path), let file = SystemCall.openForReading(path) else {
      throw .cannotOpen(file: path, reason: "expected a regular file")
    }
    self.path = path
    self.size = Int(size)
    self.file = file
  }

  deinit { SystemCall.close(file) }

  /// Exactly `count` bytes.
  func bytes(at offset: Int, count: Int) throws(ZipFault) -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= size, count <= size - offset else { throw .cut }
    var bytes = [UInt8](repeating: 0, count: count)
    let read = bytes.withUnsafeMutableBytes { SystemCall.read(file, at: offset, into: $0) }
    guard read == count else { throw .cut }
    return bytes
  }
}
