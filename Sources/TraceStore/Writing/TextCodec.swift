import CZstd
import Foundation

/// How a stored text is packed. Raw values are in files.
enum TextCodec: Int, Sendable {
  case plain = 0
  case zstandard = 1

  /// Texts of fewer bytes gain nothing.
  private static let worthwhile = 128

  static func packed(_ bytes: Data) -> (TextCodec, Data) {
    guard bytes.count >= worthwhile else { return (.plain, bytes) }
    let capacity = ZSTD_compressBound(bytes.count)
    var packed = Data(count: capacity)
    let size = packed.withUnsafeMutableBytes { target in
      bytes.withUnsafeBytes { source in
        ZSTD_compress(target.baseAddress, capacity, source.baseAddress, bytes.count, 1)
      }
    }
    guard ZSTD_isError(size) == 0, size < bytes.count else { return (.plain, bytes) }
    return (.zstandard, packed.prefix(size))
  }

  /// The text of `size` bytes; `nil` when the content is damaged.
  func unpacked(_ content: Data, size: Int) -> Data? {
    guard self == .zstandard else { return content.count == size ? content : nil }
    guard size >= 0, size <= 1 << 31 else { return nil }
    var bytes = Data(count: size)
    let written = bytes.withUnsafeMutableBytes { target in
      content.withUnsafeBytes { source in
        ZSTD_decompress(target.baseAddress, size, source.baseAddress, content.count)
      }
    }
    return ZSTD_isError(written) == 0 && written == size ? bytes : nil
  }
}
