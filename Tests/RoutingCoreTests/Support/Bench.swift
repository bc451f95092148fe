import RoutingCore

/// The worked example most hand-computed cases start from: one query, three candidates, one judge.
///
/// Prices in picodollars per token (input/cached/output): m1 10/5/20, m2 30/30/30, m3 1/1/4, judge 20/20/80.
/// At B = 20:
/// - boot: m1 70·10 + 30·5 + 20·20 = 1250, m2 60·30 + 15·30 = 2250, m3 80·1 + 20·4 = 160; sum 3660.
///   Times: m1 1 + 20/50 · 5 = 3.0 s, m2 (15 ≤ 20) 2.0 s, m3 0.4 + 20/40 · 4 = 2.4 s; slowest 3.0 s.
/// - selection: 200·20 + 5·80 = 4400, 0.5 s, order m3, m1, m2.
/// - merge of m1 and m3: 300·20 + 20·80 = 7600, 1.0 s, score 0.75.
enum Bench {
  static let prices = PriceBook(
    name: "bench", sha256: "",
    prices: [
      "m1": ModelPrice(input: 10, cachedInput: 5, output: 20), "m2": ModelPrice(input: 30),
      "m3": ModelPrice(input: 1, output: 4), "judge": ModelPrice(input: 20, output: 80),
    ])

  /// The bill of `id()` but for what differs.
  static func bill(
    selection: Int128 = 4400, completion: Int128 = 0, merge: Int128 = 7600, refinement: Int128 = 0
  ) -> Bill {
    Bill(boot: 3660, selection: selection, completion: completion, merge: merge, refinement: refinement)
  }

  static let responses = [
    response("m1", in: 100, cached: 30, out: 50, ttft: 1, took: 6, answer: "5", score: 900_000),
    response("m2", in: 60, out: 15, ttft: 0.5, took: 2, answer: "7", score: 200_000),
    response(
      "m3", in: 80, out: 40, ttft: 0.4, took: 4.4, answer: "7", score: 500_000,
      prefixes: [prefix(.tokens(20), answer: "9", score: 125_000)]),
  ]

  /// Two layers in the completion schedule.
  static let sketch = TraceSketch(
    "m1", "m2", "m3", "judge", pool: ["m1", "m2", "m3"],
    queries: [
      query(
        responses + [
          ranking("m3 m1 m2", boot: .tokens(20), in: 200, out: 5, took: 0.5),
          merge("m1 m3", in: 300, out: 20, took: 1, score: 750_000),
        ])
    ])

  /// The policy most cases vary: two of three, B = 20, two layers.
  static func id(
    k: String = "2", boot: String = "20", layers: Int = 2, selector: String = "recorded",
    aggregator: String = "recorded", _ rest: String = ""
  ) -> String {
    "k=\(k),boot=\(boot),layers=\(layers),selector=\(selector),aggregator=\(aggregator)\(rest)"
  }
}
