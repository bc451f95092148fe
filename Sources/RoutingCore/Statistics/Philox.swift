/// The counter-based generator Philox4x32-10: a fixed function from (key, counter) to 128 random bits.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011.
package struct Philox: Sendable {
  package typealias Block = SIMD4<UInt32>

  private let key: SIMD2<UInt32>

  /// The seed's low half is the first key word.
  package init(seed: UInt64) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
  }

  package init(key: SIMD2<UInt32>) { self.key = key }

  /// The four words at `counter`.
  package func block(_ counter: Block) -> Block {
    // Scalars: without vector multiplies of this width, lanes only get in the way.
    var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let even = UInt64(c0) &* 0xD251_1F53
      let odd = UInt64(c2) &* 0xCD9E_8D57
      (c0, c1, c2, c3) = (
        UInt32(truncatingIfNeeded: odd >> 32) ^ c1 ^ k0, UInt32(truncatingIfNeeded: odd),
        UInt32(truncatingIfNeeded: even >> 32) ^ c3 ^ k1, UInt32(truncatingIfNeeded: even)
      )
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return Block(c0, c1, c2, c3)
  }

  /// 64 random bits for an item (such as the hash of an id), a draw and an attempt.
  package func bits(item: UInt64, draw: UInt32, attempt: UInt32 = 0) -> UInt64 {
    let words = block(
      Block(
        UInt32(truncatingIfNeeded: item), UInt32(truncatingIfNeeded: item >> 32), draw, attempt))
    return UInt64(words[1]) << 32 | UInt64(words[0])
  }
}
