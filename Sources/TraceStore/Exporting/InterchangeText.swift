import Foundation
import RoutingCore

/// Headers and queries as interchange text.
enum InterchangeText {
  /// Reads a header that was checked when it was stored.
  static func header(_ text: String) -> TraceHeader? {
    // The reader may look at a few bytes behind the line.
    let padded = Array(text.utf8) + Array(repeating: 0, count: LineReader.padding)
    return padded.withUnsafeBufferPointer { bytes in
      HeaderDecoder.decode(UnsafeBufferPointer(rebasing: bytes[..<text.utf8.count])).header
    }
  }

  static func line(_ header: TraceHeader) -> [UInt8] {
    var encoder = InterchangeEncoder()
    encoder.encode(header)
    return encoder.bytes
  }

  static func fingerprintedHeader(_ header: TraceHeader) -> [UInt8] {
    var encoder = InterchangeEncoder()
    encoder.encode(header, forFingerprint: true)
    return encoder.bytes
  }
}
