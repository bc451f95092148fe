/// Sets of k of n candidates: all of them, or a sample where there are too many.
package struct CandidateSets: Sendable, Equatable {
  package let sets: [CandidateSet]
  /// How many sets of k there are.
  package let all: Int

  package var areSampled: Bool { sets.count < all }

  /// More sets than this are sampled.
  package static let most = 1000
  /// How many are drawn then, each independently.
  package static let drawn = 400

  /// - Precondition: 1 ≤ k ≤ n ≤ 64.
  package init(choosing k: Int, of n: Int, seed: UInt64) {
    precondition(1 <= k && k <= n && n <= CandidateSet.capacity, "sets of 1 to n candidates")
    all = Self.count(k, of: n)
    sets = all <= Self.most ? Self.every(k, of: n) : Self.drawn(k, of: n, seed: seed)
  }

  /// n over k; `Int.max` where it is larger.
  static func count(_ k: Int, of n: Int) -> Int {
    var count = 1
    for step in 0..<min(k, n - k) {
      // count · (n − step) is divisible by step + 1.
      let (product, overflow) = count.multipliedReportingOverflow(by: n - step)
      guard !overflow else { return .max }
      count = product / (step + 1)
    }
    return count
  }

  /// In ascending order of bits.
  private static func every(_ k: Int, of n: Int) -> [CandidateSet] {
    var sets: [CandidateSet] = []
    func extend(_ bits: UInt64, from first: Int, left: Int) {
      guard left > 0 else { return sets.append(CandidateSet(bits: bits)) }
      for position in first...(n - left) {
        extend(bits | 1 << UInt64(position), from: position + 1, left: left - 1)
      }
    }
    extend(0, from: 0, left: k)
    return sets.sorted { $0.bits < $1.bits }
  }

  /// Each set has the same chance: position by position, in with probability (still to take)/(still to see).
  private static func drawn(_ k: Int, of n: Int, seed: UInt64) -> [CandidateSet] {
    let random = Philox(seed: seed)
    return (0..<UInt64(drawn)).map { draw in
      var set = CandidateSet.empty
      for position in 0..<n {
        let bits = random.bits(item: UInt64(k) << 32 | draw, draw: UInt32(position), attempt: 1 << 30)
        let share = Double(bits >> 11) / 9_007_199_254_740_992
        if share * Double(n - position) < Double(k - set.count) { set.insert(position) }
      }
      return set
    }
  }
}
