/// How tokens are estimated where a trace does not hold them.
///
/// Counts: one token per four UTF-8 bytes, rounded up. Cuts: in proportion to the bytes of the text.
/// Both are crude and always flagged as *estimated*.
package enum TokenEstimator {
  /// How cuts are estimated, for the keys of caches.
  package static let cutName = "proportional"

  /// Tokens in a text of `bytes` UTF-8 bytes.
  package static func tokens(bytes: Int) -> Int32 { Int32(clamping: (bytes + 3) / 4) }

  /// The byte at which a text of `bytes` bytes and `tokens` tokens is cut after `cut` tokens.
  package static func byteOffset(cut: Int32, tokens: Int32, bytes: Int) -> Int {
    guard tokens > cut else { return bytes }
    return bytes * Int(cut) / Int(tokens)
  }
}
