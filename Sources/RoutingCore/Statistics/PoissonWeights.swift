/// Bootstrap weights: independent Poisson(1) draws that depend on the seed, the group and the replicate only.
///
/// Key = seed; counter = (group key, replicate, attempt). So every shard and machine draws the same, and
/// all policies share the weights (paired). Source of the online bootstrap: Chamandy et al., 2012.
///
/// This defines the weights; `Sources/CBootstrap/bootstrap.c` draws the same ones many at once, and a test compares them.
package struct PoissonWeights: Sendable {
  let seed: UInt64
  private let generator: Philox

  package init(seed: UInt64) {
    self.seed = seed
    generator = Philox(seed: seed)
  }

  /// The weight of a group in a replicate. `attempt` is 0 unless all weights of the replicate were 0.
  package func weight(group key: UInt64, replicate: UInt32, attempt: UInt32) -> UInt8 {
    let bits = generator.bits(item: key, draw: replicate, attempt: attempt)
    var weight: UInt8 = 0
    for threshold in Self.cumulative {
      guard bits >= threshold else { break }
      weight += 1
    }
    return weight
  }

  /// ⌊2⁶⁴ · P(X ≤ w)⌋ for Poisson(1), w = 0, 1, …; the last but 2⁻⁶⁴ of the mass.
  package static let cumulative: [UInt64] = [
    0x5E2D_58D8_B3BC_DF1A, 0xBC5A_B1B1_6779_BE35, 0xEB71_5E1D_C158_2DC2, 0xFB23_9797_34A2_52F1,
    0xFF10_25F5_9174_DC3D, 0xFFD9_0F3B_A405_5E19, 0xFFFA_8B71_FC72_C913, 0xFFFF_540C_0914_B3C9,
    0xFFFF_ED1F_4AA8_F120, 0xFFFF_FE21_6E64_1462, 0xFFFF_FFD4_D85D_3183, 0xFFFF_FFFC_6DA2_62B4,
    0xFFFF_FFFF_BA12_D178, 0xFFFF_FFFF_FB07_C64C, 0xFFFF_FFFF_FFAB_8EA5, 0xFFFF_FFFF_FFFA_BE22,
    0xFFFF_FFFF_FFFF_B11A, 0xFFFF_FFFF_FFFF_FBA1, 0xFFFF_FFFF_FFFF_FFC5, 0xFFFF_FFFF_FFFF_FFFD,
  ]

  /// The largest weight there is.
  package static let limit = cumulative.count
}
