import RoutingCore
import Testing

@Suite struct PolicyTests {
  @Test(
    "Bounds are the oracle, and what uses a bounding selector or aggregator",
    arguments: [
      ("oracle", true), ("single:m1", false), ("moa", false), ("blender", false),
      ("k=1,boot=5,layers=2,selector=oracle,aggregator=vote", true),
      ("k=1,boot=5,layers=2,selector=random,aggregator=vote", true),
      ("k=1,boot=5,layers=2,selector=length,aggregator=best", true),
      ("k=1,boot=5,layers=2,selector=length,aggregator=mean", true),
      ("k=1,boot=5,layers=2,selector=recorded:oracle,aggregator=recorded:best", false),
      ("k=1,boot=none,layers=2,selector=prior,aggregator=vote", false),
    ])
  func bounds(id: String, isBound: Bool) throws {
    #expect(try Policy(id: id).isBound == isBound)
  }

  @Test("moa and blender are bounds when their tool is")
  func boundBaselines() {
    #expect(Policy.moa(aggregator: "mean").isBound)
    #expect(Policy.blender(selector: "random").isBound)
  }

  @Test("Only schemes are no baselines")
  func baselines() throws {
    for id in ["oracle", "single:m1", "moa", "blender"] { #expect(try Policy(id: id).isBaseline) }
    #expect(try !Policy(id: "k=1,boot=5,layers=2,selector=oracle,aggregator=vote").isBaseline)
  }
}
