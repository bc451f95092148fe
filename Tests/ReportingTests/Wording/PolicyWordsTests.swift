import Reporting
import RoutingCore
import Testing

@Suite struct PolicyWordsTests {
  @Test(
    "Policies are said in words",
    arguments: [
      ("single:m2", "ask m2 alone"),
      ("moa", "all 3 candidates answer in full; a vote decides"),
      (
        "k=2,boot=50,layers=2,selector=consensus,aggregator=vote",
        "all 3 candidates write 50 tokens, their agreement with each other ranks these beginnings, and the best 2 finish; a vote decides"
      ),
      (
        "k=1,boot=full,layers=2,selector=length,aggregator=vote",
        "all 3 candidates answer in full, the answers are ranked by length, and the first is taken"
      ),
      (
        "k=1|2@agreement:0.8,boot=50,layers=2,selector=length,aggregator=vote",
        "all 3 candidates write 50 tokens, these beginnings are ranked by length, and the best 2 finish; a vote decides; the first is enough where the agreement of the first-ranked prefix with the others is at least 0.8"
      ),
      (
        "k=1|3@margin:q0.25,boot=50,layers=2,selector=recorded:owl,aggregator=first",
        "all 3 candidates write 50 tokens and then finish; the first-ranked answer is taken; the first is enough where the margin between the first two ranked is at least its 0.25 quantile on other queries"
      ),
      ("k=1,boot=none,layers=2,selector=static:m3>m1,aggregator=vote", "only m3 answers"),
      (
        "k=3,boot=20,layers=3,selector=length,aggregator=first",
        "all 3 candidates write 20 tokens and then finish; the first-ranked answer is taken; the answer is then shown to them and rewritten once"
      ),
    ])
  func sentences(id: String, sentence: String) throws {
    let names = PolicyNames(try ReportSketch().trace())
    #expect(PolicyWords(policy: try Policy(id: id), names: names).sentence == sentence)
  }

  @Test("Labels of different policies of a grid differ")
  func labels() async throws {
    let report = try await ReportSketch().made().report
    let labels = report.workloads[0].sweep.policies.map {
      PolicyWords(policy: $0.policy, names: report.names).label
    }
    #expect(Set(labels).count == labels.count)
  }
}
