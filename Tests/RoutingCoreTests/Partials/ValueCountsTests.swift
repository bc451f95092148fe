import RoutingCore
import Testing

@Suite struct ValueCountsTests {
  @Test("Values are sorted and counted")
  func counting() {
    let counts = ValueCounts([5, -1, 5, 2] as [Int64])
    #expect(counts.values == [-1, 2, 5])
    #expect(counts.counts == [1, 1, 2])
  }

  @Test("Only ascending values with counts from 1 on make one")
  func checks() {
    #expect(ValueCounts(values: [1, 2], counts: [3, 4]) != nil)
    #expect(ValueCounts(values: [2, 1], counts: [3, 4]) == nil)
    #expect(ValueCounts(values: [1, 1], counts: [3, 4]) == nil)
    #expect(ValueCounts(values: [1], counts: [0]) == nil)
    #expect(ValueCounts(values: [1], counts: []) == nil)
  }
}
