/// Where the tokens of a text end, from the log probabilities that came with it.
struct TokenBoundaries {
  private var bytes: [UInt8] = []
  private var ends: [Int32] = []
  /// Tokens without text seen at the end so far.
  private var hasSilentToken = false
  private var isExact = true

  /// Takes the entries of `logprobs.content`: `{"token","logprob","bytes"}`.
  mutating func append(_ entries: [WireJSON]) {
    for entry in entries {
      let before = bytes.count
      if let written = entry["bytes"]?.array {
        for byte in written { append(byte) }
      } else {
        // Without bytes the token's text does as well: where it is half a character, it is not in the reply's text.
        bytes.append(contentsOf: (entry["token"]?.string ?? "").utf8)
      }
      guard bytes.count > before else {
        hasSilentToken = true
        continue
      }
      // A token without text may end the reply. Before others, ends would no longer count tokens.
      if hasSilentToken { isExact = false }
      ends.append(Int32(clamping: bytes.count))
    }
  }

  /// The ends, where the tokens are exactly `text`.
  func ends(in text: String) -> [Int32]? {
    isExact && !ends.isEmpty && text.utf8.elementsEqual(bytes) ? ends : nil
  }

  private mutating func append(_ byte: WireJSON) {
    if let value = byte.integer, let byte = UInt8(exactly: value) {
      bytes.append(byte)
    } else {
      isExact = false
    }
  }
}
