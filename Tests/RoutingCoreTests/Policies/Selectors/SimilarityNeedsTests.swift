import RoutingCore
import Testing

@Suite struct SimilarityNeedsTests {
  private func cuts(_ ids: String...) throws -> [Int32] {
    SimilarityNeeds(try ids.map { try Policy(id: $0) }).prefixCuts
  }

  private func id(_ k: String, _ selector: String, _ boot: String = "20") -> String {
    "k=\(k),boot=\(boot),layers=2,selector=\(selector),aggregator=vote"
  }

  @Test("Words are compared where consensus ranks by them or an adaptive k goes by their agreement")
  func prefixes() throws {
    #expect(try cuts(id("1", "length"), id("1", "recorded:x")) == [])
    #expect(try cuts(id("1", "consensus"), id("2", "consensus", "full")) == [20, .max])
    #expect(try cuts(id("1|2@agreement:0.5", "length"), id("1|2@agreement:0.5", "recorded", "5")) == [5, 20])
  }

  @Test("Neither answers nor margins need words")
  func others() throws {
    #expect(try cuts(id("1|2@agreement:0.5", "consensus:answer"), id("1|2@margin:0.5", "recorded")) == [])
  }
}
