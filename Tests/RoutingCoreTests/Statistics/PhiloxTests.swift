import RoutingCore
import Testing

@Suite struct PhiloxTests {
  @Test(
    "The known answers of Random123 for Philox4x32-10",
    arguments: [
      ([0, 0, 0, 0], [0, 0], [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]),
      (
        [.max, .max, .max, .max], [.max, .max], [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]
      ),
      (
        [0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344], [0xA409_3822, 0x299F_31D0],
        [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1]
      ),
    ] as [([UInt32], [UInt32], [UInt32])])
  func knownAnswers(counter: [UInt32], key: [UInt32], words: [UInt32]) {
    let generator = Philox(key: SIMD2(key))
    #expect(generator.block(SIMD4(counter)) == SIMD4(words))
  }

  @Test("The seed's low half is the first key word, an item's low half the first counter word")
  func layout() {
    let generator = Philox(seed: 0x299F_31D0_A409_3822)
    let bits = generator.bits(item: 0x85A3_08D3_243F_6A88, draw: 0x1319_8A2E, attempt: 0x0370_7344)
    #expect(bits == 0x94FD_CCEB_D16C_FE09)
  }
}
