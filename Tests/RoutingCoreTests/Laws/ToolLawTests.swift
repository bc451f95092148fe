import RoutingCore
import Testing

/// What the registries say of their selectors and aggregators, for every one of them.
@Suite struct ToolLawTests {
  private static let sketch = RandomTrace.sketch(seed: 11)

  @Test(
    "Alone, a query is ranked as among others, unless the selector learns from those",
    arguments: PolicyFamilies.selectors)
  func alone(selector: String) throws {
    let sketch = Self.sketch
    let keys = try sketch.trace().rows.queryKey
    let orders = try sketch.orders(selector, boot: .tokens(5))
    let together = Dictionary(uniqueKeysWithValues: zip(keys, orders))
    var alone: [UInt64: [String]?] = [:]
    for query in sketch.queries {
      var single = sketch
      single.queries = [query]
      let order = try single.order(selector, boot: .tokens(5))
      alone.updateValue(order, forKey: try single.trace().rows.queryKey[0])
    }
    #expect((alone != together) == SelectorRegistry.learnsFromOtherQueries(selector))
  }

  @Test("Similarities of words are needed where they are said to be", arguments: PolicyFamilies.selectors)
  func comparison(selector: String) throws {
    let trace = try Self.sketch.trace().adding(SimilarityColumns())
    let scope = RankingScope(
      trace: trace, rows: 0..<trace.rows.count, layer: 1, cut: 5, members: trace.rows.active,
      outputs: .responses)
    var column = RankingColumn(rows: trace.rows.count, poolCount: trace.poolCount)
    try SelectorRegistry.selector(selector, for: trace).rank(scope, into: &column)
    let lacksWords = column.gaps.contains { $0.kind == .noText }
    #expect(lacksWords == (SelectorRegistry.comparison(selector) == .words))
  }

  @Test("Neither bounds nor what learns from other queries runs live")
  func live() {
    let offline = PolicyFamilies.selectors.filter { !SelectorRegistry.runsLive($0) }
    #expect(
      offline
        == PolicyFamilies.selectors.filter {
          SelectorRegistry.isBound($0) || SelectorRegistry.learnsFromOtherQueries($0)
        })
    #expect(offline == ["prior", "random", "oracle"])
  }

  @Test(
    "Live, an aggregator takes the output whose score a replay gives; a bound takes none",
    arguments: AggregatorRegistry.entries.filter { $0.merging != nil }.map(\.name))
  func places(name: String) throws {
    let merging = try #require(AggregatorRegistry.entries.first { $0.name == name }?.merging)
    var draws = Draws(seed: 5)
    for count in (0..<200).map({ 1 + $0 % 6 }) {
      var inputs = MergeInputs(rows: 1, stride: count)
      inputs.counts[0] = Int32(count)
      let answers = (0..<count).map { _ in ["a", "b", "c", nil][draws.below(4)] }
      for place in 0..<count {
        inputs.answers[place] = answers[place].map { Int32($0.utf8.first ?? 0) } ?? CallColumns.unknown
        inputs.scores[place] = Int32(1000 * place + draws.below(1000))
      }
      var scores: ContiguousArray<Int32> = [-1]
      merging.merge(inputs, into: &scores)
      let place = AggregatorRegistry.place(name, among: answers)
      #expect((place == nil) == AggregatorRegistry.isBound(name))
      if let place { #expect(scores[0] == inputs.scores[place]) }
      if AggregatorRegistry.takesFirst(name) { #expect(place == 0) }
    }
  }
}
