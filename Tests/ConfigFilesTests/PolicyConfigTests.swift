import Reporting
import RoutingCore
import Testing

/// What other routers are told (read by them in `make test-interop`).
@Suite struct PolicyConfigTests {
  private func decision(
    _ workload: String?, _ policy: String, aggregator: ToolDeclaration? = nil, single: String? = "m1"
  ) throws -> ProductionDecision {
    let figure = ProductionFigure(mean: 0.5, low: 0.4, high: 0.6)
    return ProductionDecision(
      workload: workload, policy: try Policy(id: policy, aggregator: "recorded"), selector: nil,
      aggregator: aggregator,
      expected: ProductionFigures(
        queries: 10, comparedQueries: 10, lambda: 0, heldOutScore: figure, heldOutCost: figure, score: figure,
        cost: figure, latency: nil, winShare: 1, metShare: nil), kSet: ["1"], regimes: [], runnerUp: nil,
      bestSingle: single.map { PolicyMeans(policy: .single($0), score: 0.25, cost: 0.125) }, mixture: [],
      warnings: [])
  }

  private func policy(_ decisions: [ProductionDecision], _ fallback: ProductionDecision) -> ProductionPolicy {
    ProductionPolicy(
      wish: ProductionWish(sentence: "the best\n# of all", aim: .objective(lambda: 0)), traceName: "t",
      fingerprint: "f",
      prices: ProductionPrices(
        book: "p", date: nil, sha256: "",
        rows: [.init(model: "m1", price: ModelPrice(input: 150_000, cachedInput: 75_000, output: 600_000))]),
      seed: 1, replicates: 10, baselineAggregator: "recorded", baselineSelector: "consensus",
      models: [
        ProductionModel(name: "m1"), ProductionModel(name: "m2", skills: ["math"]),
        ProductionModel(name: "m3"),
      ],
      workloads: decisions, fallback: fallback, shares: [], regrets: [])
  }

  private let judge = ToolDeclaration(name: "judge", model: "big judge")

  private func router(_ id: String, aggregator: ToolDeclaration? = nil, single: String? = "m1") throws
    -> String
  {
    SemanticRouterConfig(
      policy([try decision("w", id, aggregator: aggregator, single: single)], try decision(nil, "single:m3"))
    ).yaml
  }

  @Test("Prices per million tokens go to the semantic router, per token to LiteLLM")
  func prices() throws {
    let policy = policy([], try decision(nil, "single:m1"))
    let router = SemanticRouterConfig(policy).yaml
    #expect(
      router.contains(
        "prompt_per_1m: 0.15\n        cached_input_per_1m: 0.075\n        completion_per_1m: 0.6\n"))
    let lite = LiteLLMConfig(policy).yaml
    #expect(lite.contains("input_cost_per_token: 0.00000015\n"))
    #expect(lite.contains("output_cost_per_token: 0.0000006\n"))
  }

  @Test("A fixed choice of k answers and a merge is a fusion of those models by the judge")
  func fusion() throws {
    let text = try router("k=2,boot=none,layers=2,selector=static:m3,aggregator=recorded", aggregator: judge)
    #expect(
      text.contains(
        "model: \"big judge\"\n          analysis_models:\n            - \"m3\"\n            - \"m1\"\n"))
    #expect(!text.contains("Not expressible"))
  }

  @Test("Layers are rounds, and a judge outside the pool is named as what is lost")
  func rounds() throws {
    let text = try router("k=2,boot=none,layers=3,selector=static:m3,aggregator=recorded", aggregator: judge)
    #expect(text.contains("breadth_schedule: [2, 2]"))
    #expect(text.contains("# The last merge should be by big judge, which must be a candidate here."))
  }

  @Test(
    "What the router cannot run is the best single model, and a comment says why",
    arguments: [
      (
        "k=1,boot=200,layers=2,selector=consensus,aggregator=first",
        "cannot write 200 tokens, be ranked by consensus and go on"
      ),
      ("k=2,boot=none,layers=2,selector=static:m3,aggregator=vote", "answers cannot be merged by vote"),
      ("blender", "nothing ranks whole answers"),
    ])
  func standIn(id: String, reason: String) throws {
    let text = try router(id)
    #expect(text.contains(reason))
    #expect(text.contains("description: \"single:m1 stands in: score 0.2500 at $0.125 a query, in-sample\""))
    #expect(text.contains("lightreplay/policy: \"\(id)\""))
  }

  @Test(
    "One model is one model, whichever way it is written",
    arguments: ["single:m3", "k=1,boot=none,layers=2,selector=static:m3,aggregator=vote"])
  func one(id: String) throws {
    let lite = LiteLLMConfig(policy([try decision("a b", id)], try decision(nil, "single:m1"))).yaml
    #expect(lite.contains("    \"lightreplay/a b\": \"m3\"\n"))
    #expect(lite.contains("    lightreplay: \"m1\"\n"))
  }

  @Test("A decision with nothing to call is left out, and the head of the file says so")
  func leftOut() throws {
    let policy = policy([try decision("w", "blender", single: nil)], try decision(nil, "single:m1"))
    for text in [SemanticRouterConfig(policy).yaml, LiteLLMConfig(policy).yaml] {
      #expect(text.contains("# Left out, since no single model covers their queries: workload w.\n"))
    }
  }

  @Test("Labels become route names that are unique and plain")
  func names() throws {
    let labels = ["mmlu-pro/math", "mmlu-pro math", "default", ""]
    let text = SemanticRouterConfig(
      policy(try labels.map { try decision($0, "single:m1") }, try decision(nil, "single:m1"))
    ).yaml
    for name in ["mmlu-pro-math", "mmlu-pro-math-2", "workload-default", "workload-"] {
      #expect(text.contains("- name: \"\(name)\"\n        key: \"workload\""))
    }
    #expect(text.contains("predicate: {equals: \"mmlu-pro/math\"}"))
  }

  @Test("Text from outside never ends a comment")
  func comments() throws {
    let text = LiteLLMConfig(policy([], try decision(nil, "single:m1"))).yaml
    #expect(text.contains("# wanted: the best·# of all\n"))
  }

  @Test("Skills that a target does not know are named")
  func skills() throws {
    #expect(try router("single:m1").contains("skills: m2 are called only for queries that need their skills"))
  }
}

@Suite struct YAMLNodeTests {
  @Test(
    "Numbers have no exponent and the fewest digits",
    arguments: [
      (0.00000564375, "0.00000564375"), (1e-6, "0.000001"), (1e21, "1000000000000000000000"), (30, "30"),
      (-0.5, "-0.5"), (0, "0"), (1234.5, "1234.5"), (0.1, "0.1"), (1.5e-10, "0.00000000015"),
    ] as [(Double, String)])
  func numbers(value: Double, text: String) {
    #expect(YAMLNode.map([.init("x", .number(value))]).document(comment: []) == "x: \(text)\n")
  }

  @Test("Maps in lists start behind the dash, comments above it")
  func lists() {
    let node = YAMLNode.map([
      .init(
        "a",
        .list([
          .map([
            .init("b", .integer(1), comment: ["one"]),
            .init("c", .list([.text("x"), .row([.init("d", .null)])])),
          ]),
          .map([]),
        ]))
    ])
    #expect(
      node.document(comment: ["top"]) == """
        # top
        a:
          # one
          - b: 1
            c:
              - "x"
              - {d: null}
          - {}

        """)
  }

  @Test("Keys that could be something else are quoted", arguments: ["no", "1", "a b", "", "x:y", "null"])
  func keys(key: String) {
    #expect(YAMLNode.map([.init(key, .bool(true))]).document(comment: []) == "\"\(key)\": true\n")
  }
}
