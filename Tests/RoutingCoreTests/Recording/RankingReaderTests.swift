import RoutingCore
import Testing

@Suite("Rankings as models write them")
struct RankingReaderTests {
  @Test(
    "A plain list is read as it stands",
    arguments: [
      ("[LLM2, LLM1, LLM3]", [1, 0, 2]), ("[llm3,llm2,llm1]", [2, 1, 0]),
      ("  [LLM1, LLM2, LLM3]\n", [0, 1, 2]),
      ("LLM2, LLM3, LLM1", [1, 2, 0]), ("LLM 3 > LLM 1 > LLM 2", [2, 0, 1]),
      ("1. LLM2\n2. LLM1\n3. LLM3", [1, 0, 2]),
      ("[\"LLM2\", \"LLM1\", \"LLM3\"]", [1, 0, 2]),
    ])
  func plain(_ text: String, _ order: [Int]) {
    #expect(RankingReader.read(text, count: 3) == .order(order))
  }

  @Test(
    "What can be mended is mended and says how",
    arguments: [
      ("The best is clear: [LLM2, LLM1, LLM3].", [1, 0, 2], [RankingRepair.prose]),
      ("[LLM2, LLM1, LLM2, LLM3]", [1, 0, 2], [.repeated]),
      ("[LLM2, LLM1, LLM3, LLM4]", [1, 0, 2], [.unknown]),
      ("[LLM2, LLM1]", [1, 0, 2], [.missing]), ("[2, 1, 3]", [1, 0, 2], [.numbers]),
      ("I thought [LLM1, LLM2, LLM3] at first, but: [LLM3, LLM2, LLM1]", [2, 1, 0], [.prose]),
      ("Ranking:\nLLM3\nLLM1\nLLM2\nThese differ.", [2, 0, 1], [.prose]),
    ])
  func mended(_ text: String, _ order: [Int], _ repairs: [RankingRepair]) {
    #expect(RankingReader.read(text, count: 3) == .repaired(order, repairs))
  }

  @Test(
    "Nothing is invented",
    arguments: [
      "", "[]", "[LLM1]", "they are all fine", "LLM1 is better than LLM2 and both beat LLM3", "[4, 5, 6]",
      "[1, 1, 1]",
      "LLM", "XLLM1, XLLM2, XLLM3", "[LLM99999999999999999999]", "[[[[",
    ])
  func unreadable(_ text: String) {
    #expect(RankingReader.read(text, count: 3) == .unreadable)
  }

  @Test("Of two candidates the one named is first")
  func two() {
    #expect(RankingReader.read("[LLM2]", count: 2) == .repaired([1, 0], [.missing]))
  }

  @Test("Every order of up to four names is read back", arguments: 1...4)
  func roundTrip(_ count: Int) {
    for seed in 0..<40 {
      let order = ShownOrder.permutation(count, seed: UInt64(seed), purpose: ["test"])
      let text = "[" + order.map(RankingReader.name).joined(separator: ", ") + "]"
      #expect(RankingReader.read(text, count: count).order == order)
    }
  }

  @Test("Shown orders are permutations, depend on seed and purpose, and favour no place")
  func shownOrders() {
    var first = [0, 0, 0, 0]
    for index in 0..<4000 {
      let order = ShownOrder.permutation(4, seed: 1, purpose: ["q\(index)", "judge"])
      #expect(order.sorted() == [0, 1, 2, 3])
      first[order[0]] += 1
    }
    // 1000 each, standard deviation 27.
    #expect(first.allSatisfy { abs($0 - 1000) < 135 })
    #expect(
      ShownOrder.permutation(8, seed: 1, purpose: ["a"]) == ShownOrder.permutation(8, seed: 1, purpose: ["a"])
    )
    #expect(
      ShownOrder.permutation(8, seed: 1, purpose: ["ab", "c"])
        != ShownOrder.permutation(8, seed: 1, purpose: ["a", "bc"]))
  }
}
