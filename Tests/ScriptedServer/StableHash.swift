/// The same hash in every process: FNV-1a, then the finalizer of SplitMix64.
struct StableHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func combine(_ text: String) {
    for byte in text.utf8 { combine(byte) }
    combine(0xFF as UInt8)
  }

  mutating func combine(_ value: Int) { combine(String(value)) }

  private mutating func combine(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }

  /// The `draw`-th number of this hash, below `bound`.
  func number(_ draw: Int, below bound: Int) -> Int {
    var z = state &+ UInt64(draw + 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}
