import Recording
import RoutingCore
import Testing

@Suite("A recording's plan")
struct RecordingPlanTests {
  private func plan(_ config: LiveConfig, _ queries: [QueryRecord]) async throws -> RecordingPlan {
    try await RecordingPlan.make(queries, LiveCalls(config: config, clients: ["fake": FakeModel()]))
  }

  @Test("Where every set is merged it is exact")
  func exact() async throws {
    var grid = Setup.grid()
    grid.everySetOf = [2, 3]
    let config = Setup.config([grid])
    let queries = Setup.queries(5)
    let plan = try await plan(config, queries)
    let model = FakeModel()
    let summary = try await Setup.recorder(config, model, MemoryStore()).record(queries)
    for role in CallRole.allCases {
      let made = summary.progress.calls[role] ?? 0
      #expect(plan.calls(role) == made...made, "\(role)")
    }
    #expect(plan.calls(.merge) == 55...55)
  }

  @Test("Where rankings decide what is merged it gives bounds that hold, and is exact once they are known")
  func bounds() async throws {
    let config = Setup.config([Setup.grid(boots: [.tokens(2), .tokens(4), .full], layers: [2, 3])])
    let queries = Setup.queries(9)
    let plan = try await plan(config, queries)
    let store = MemoryStore()
    let summary = try await Setup.recorder(config, FakeModel(), store).record(queries)
    for role in [CallRole.response, .ranking, .merge, .refinement] {
      #expect(plan.calls(role).contains(summary.progress.calls[role] ?? 0), "\(role) \(plan.calls(role))")
    }
    #expect(plan.calls(.merge).lowerBound < plan.calls(.merge).upperBound)
    let rest = try await self.plan(config, await store.records(queries))
    #expect(rest.entries.isEmpty)
  }

  @Test("Half the width of a difference's interval: 100 queries of which 20 % differ give ±0.088")
  func halfWidth() {
    #expect(abs(RecordingPlan.halfWidth(queries: 100, disagreeing: 0.2) - 0.08765) < 1e-4)
  }
}
