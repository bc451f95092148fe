import RoutingCore
import Testing

/// Policy ids are stable public names: parse ∘ print is the identity (Scheme.md, "Policy ids").
@Suite struct PolicyIdentifierTests {
  static let canonical = [
    "k=2,boot=200,layers=2,selector=recorded,aggregator=recorded",
    "k=1,boot=full,layers=1,selector=consensus,aggregator=vote",
    "k=4>2,boot=50,layers=3,selector=recorded,aggregator=recorded,schedule=progressive",
    "k=4>3>1,boot=1,layers=9,selector=consensus:answer,aggregator=best,schedule=progressive,continuation=stream",
    "k=2,boot=2147483647,layers=2,selector=length,aggregator=first,continuation=cached",
    "k=3,boot=none,layers=2,selector=static:m1>m2,aggregator=mean,continuation=restart",
    "k=3,boot=none,layers=4,selector=prior,aggregator=vote",
    "k=1,boot=7,layers=2,selector=random,aggregator=vote",
    "k=1,boot=7,layers=2,selector=oracle,aggregator=vote",
    // Names with commas, colons, equals signs, blanks and letters of all kinds.
    "k=2,boot=200,layers=2,selector=recorded:gpt-4, strict,aggregator=recorded:a,b",
    "k=2,boot=200,layers=2,selector=recorded:openai:gpt-4o,aggregator=recorded:temp=0.2",
    "k=2,boot=none,layers=2,selector=static:a=b>c,d>e:f,aggregator=recorded:k",
    "k=2,boot=200,layers=2,selector=recorded:é 日本,aggregator=recorded:e\u{301}",
    "single:m1", "single:openai/gpt-4o:free", "single:a,k=2,b", "single:", "single:\u{301}", "oracle",
    "k=2,boot=9,layers=2,selector=recorded:\u{301}a,aggregator=recorded:\u{301}b",
  ]

  @Test("Parsing and printing a canonical id gives it back", arguments: canonical)
  func roundTrip(id: String) throws {
    #expect(Array(try Policy(id: id).description.utf8) == Array(id.utf8))
  }

  @Test("Printing and parsing a policy gives it back")
  func policies() throws {
    for k in [KSchedule(constant: 1), try #require(KSchedule([5, 3]))] {
      for schedule in LayerSchedule.allCases {
        for continuation in Continuation.allCases {
          let policy = Policy.scheme(
            SchemePolicy(
              k: k, boot: .tokens(25), layers: 3, schedule: schedule, selector: "length", aggregator: "vote",
              continuation: continuation))
          #expect(try Policy(id: policy.description) == policy)
        }
      }
    }
  }

  @Test("Fields may come in any order, defaults may be written out")
  func otherOrder() throws {
    let policy = try Policy(
      id: "aggregator=vote,selector=length,schedule=completion,continuation=reprompt,layers=2,boot=5,k=3>3")
    #expect(policy.description == "k=3,boot=5,layers=2,selector=length,aggregator=vote")
  }

  @Test("With two layers or fewer there is one schedule", arguments: [1, 2])
  func oneSchedule(layers: Int) throws {
    let policy = try Policy(
      id: "k=1,boot=5,layers=\(layers),selector=length,aggregator=vote,schedule=progressive")
    #expect(policy.description == "k=1,boot=5,layers=\(layers),selector=length,aggregator=vote")
  }

  @Test("moa and blender take the tools given")
  func baselines() throws {
    #expect(try Policy(id: "moa", aggregator: "recorded:x") == .moa(aggregator: "recorded:x"))
    #expect(try Policy(id: "blender", selector: "length") == .blender(selector: "length"))
  }

  @Test(
    "A malformed id says which part is wrong and what was expected",
    arguments: [
      ("", "''", "key=value"), ("best", "'best'", "key=value"),
      ("k=2,boot=200,layers=2,selector=length", "'aggregator'", "aggregator=…"),
      ("boot=200,layers=2,selector=length,aggregator=vote", "'k'", "k=…"),
      (
        "kk=2,boot=200,layers=2,selector=length,aggregator=vote", "'kk=2'",
        "one of the keys k, boot, layers, selector, aggregator, schedule, continuation"
      ),
      ("k=2,k=3,boot=200,layers=2,selector=length,aggregator=vote", "'k=3'", "each key once"),
      (
        "k=0,boot=200,layers=2,selector=length,aggregator=vote", "'k=0'",
        KSchedule.usage
      ),
      (
        "k=1|3@agreement:0.8,boot=none,layers=2,selector=prior,aggregator=vote", "'k=1|3@agreement:0.8'",
        "a selector that boots all candidates: prior starts only the chosen ones, so no prefixes can agree"
      ),
      (
        "k=1|3@margin:0.8,boot=200,layers=2,selector=consensus,aggregator=vote", "'k=1|3@margin:0.8'",
        "a recorded selector: only recorded rankings have scores"
      ),
      (
        "k=1|3>2@agreement:0.8,boot=200,layers=2,selector=length,aggregator=vote", "'k=1|3>2@agreement:0.8'",
        "at most one k per layer from the second on"
      ),
      (
        "k=2>4,boot=200,layers=4,selector=length,aggregator=vote", "'k=2>4'",
        KSchedule.usage
      ),
      (
        "k=,boot=200,layers=4,selector=length,aggregator=vote", "'k='",
        KSchedule.usage
      ),
      (
        "k=2,boot=0,layers=2,selector=length,aggregator=vote", "'boot=0'",
        "none, full or a count of tokens ≥ 1"
      ),
      (
        "k=2,boot=-5,layers=2,selector=length,aggregator=vote", "'boot=-5'",
        "none, full or a count of tokens ≥ 1"
      ),
      (
        "k=2,boot=2147483648,layers=2,selector=length,aggregator=vote", "'boot=2147483648'",
        "none, full or a count of tokens ≥ 1"
      ),
      ("k=2,boot=200,layers=0,selector=length,aggregator=vote", "'layers=0'", "a count from 1 to 100"),
      ("k=2,boot=200,layers=two,selector=length,aggregator=vote", "'layers=two'", "a count from 1 to 100"),
      (
        "k=2,boot=200,layers=3,selector=length,aggregator=vote,schedule=slow", "'schedule=slow'",
        "completion or progressive"
      ),
      (
        "k=2,boot=200,layers=3,selector=length,aggregator=vote,continuation=none", "'continuation=none'",
        "reprompt, cached, stream or restart"
      ),
      (
        "k=2,boot=none,layers=2,selector=length,aggregator=vote", "'boot=none'",
        "a boot budget: length ranks prefixes"
      ),
      (
        "k=2,boot=200,layers=2,selector=prior,aggregator=vote", "'boot=200'",
        "boot=none: prior starts only the chosen candidates"
      ),
      (
        "k=2,boot=none,layers=1,selector=prior,aggregator=vote", "'layers=1'",
        "layers ≥ 2 and the completion schedule: prior has no prefixes to merge"
      ),
      (
        "k=2,boot=none,layers=3,selector=prior,aggregator=vote,schedule=progressive", "'layers=3'",
        "layers ≥ 2 and the completion schedule: prior has no prefixes to merge"
      ),
      (
        "k=3>2,boot=200,layers=2,selector=length,aggregator=vote", "'k=3>2'",
        "at most one k per layer from the second on"
      ),
      (
        "k=3>2>1,boot=200,layers=3,selector=length,aggregator=vote", "'k=3>2>1'",
        "at most one k per layer from the second on"
      ),
    ])
  func malformed(id: String, part: String, expected: String) throws {
    let error = try #require(throws: PolicyError.self) { try Policy(id: id) }
    #expect(error.description == "policy '\(id)': \(part) is not understood; expected \(expected)")
  }

  @Test(
    "An unknown selector or aggregator suggests the nearest name",
    arguments: [
      ("selector", "consenus", "consensus"), ("selector", "lenght", "length"),
      ("selector", "Oracle", "oracle"),
      ("selector", "consensus:answers", "consensus:answer"), ("aggregator", "votes", "vote"),
      ("aggregator", "fist", "first"),
    ])
  func nearMiss(kind: String, name: String, nearest: String) throws {
    let id =
      kind == "selector"
      ? "k=1,boot=1,layers=2,selector=\(name),aggregator=vote"
      : "k=1,boot=1,layers=2,selector=length,aggregator=\(name)"
    let error = try #require(throws: PolicyError.self) { try Policy(id: id) }
    #expect(error.description.hasPrefix("unknown \(kind) '\(name)'; did you mean '\(nearest)'? (known: "))
  }

  @Test(
    "A name that resembles nothing gets the list only",
    arguments: ["zzzzzz", "", "length:5", "recorded:", "static", "static:", "oracle:x"])
  func noNearMiss(name: String) throws {
    let id = "k=1,boot=1,layers=2,selector=\(name),aggregator=vote"
    let error = try #require(throws: PolicyError.self) { try Policy(id: id) }
    #expect(error.description.hasPrefix("unknown selector '\(name)'"))
    #expect(error.description.contains("(known: recorded, recorded:NAME, consensus,"))
  }
}

@Suite struct PolicyErrorTests {
  @Test("Every error is a sentence that names the thing and the next step")
  func sentences() {
    let sentences: [(PolicyError, String)] = [
      (
        .ambiguousRecorded(kind: "selector", recorded: ["a", "b"]),
        "several selectors are recorded; say which: recorded:a, recorded:b"
      ),
      (
        .ambiguousRecorded(kind: "aggregator", recorded: []),
        "the trace has no recorded aggregator; record one, or choose another aggregator (known: recorded[:NAME], vote, first, mean, best)"
      ), (.kAbovePool(k: 9, pool: 3), "k=9 is more than the 3 candidates of the pool"),
      (.emptyGrid(reason: "because"), "the grid holds no policy: because"),
      (
        .noPrice(payers: ["m1"]),
        "no price for 'm1': add it to the price book (--prices FILE), or count in tokens (--cost-unit tokens)"
      ),
      (
        .noPrice(payers: ["gemma-it", "owl"], known: ["gemma-It", "x"]),
        "no price for 'gemma-it' (the price book has 'gemma-It'), 'owl': add them to the price book (--prices FILE), or count in tokens (--cost-unit tokens)"
      ),
      (
        .unknown(kind: "recorded aggregator", name: "merger", known: []),
        "unknown recorded aggregator 'merger'; the trace has no recorded aggregators"
      ),
      (
        .noPrice(payers: ["m1", "m2"]),
        "no price for 'm1', 'm2': add them to the price book (--prices FILE), or count in tokens (--cost-unit tokens)"
      ),
    ]
    for (error, sentence) in sentences { #expect(error.description == sentence) }
  }
}
