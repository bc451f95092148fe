/// A recorded text with what is needed to cut it at a number of tokens.
package struct CuttableText: Sendable {
  private let text: String
  private let tokenEnds: [Int32]?
  private let outputTokens: Int32

  /// - Parameters:
  ///   - tokenEnds: UTF-8 byte offsets at which tokens end, where known.
  ///   - outputTokens: −1 where unknown.
  package init(_ text: String, tokenEnds: [Int32]?, outputTokens: Int32) {
    self.text = text
    self.tokenEnds = tokenEnds
    self.outputTokens = outputTokens
  }

  /// The first `cut` tokens, ending at the last whole character: exact by token ends, else estimated.
  package func prefix(_ cut: Int32) -> Substring {
    let bytes = text.utf8.count
    if outputTokens >= 0, outputTokens <= cut || cut == .max { return text[...] }
    let end: Int
    if let tokenEnds {
      end = Int(cut) > tokenEnds.count ? bytes : Int(tokenEnds[Int(cut) - 1])
    } else {
      let tokens = outputTokens >= 0 ? outputTokens : TokenEstimator.tokens(bytes: bytes)
      end = TokenEstimator.byteOffset(cut: cut, tokens: tokens, bytes: bytes)
    }
    var index = text.utf8.index(text.startIndex, offsetBy: end)
    // A token may end inside a character, at a continuation byte 10xxxxxx.
    while index < text.endIndex, text.utf8[index] & 0xC0 == 0x80 { index = text.utf8.index(before: index) }
    return text[..<index]
  }
}
