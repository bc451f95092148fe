package import RoutingCore

/// What was found in a policy file, and in its replay on a trace.
package struct PolicyCheckReport {
  private let file: String
  private let policy: ProductionPolicy
  private let replay: Replay?

  /// The part that needs a trace.
  package struct Replay {
    package let trace: String
    package let fingerprint: String
    package let checks: [DecisionCheck]

    package init(trace: String, fingerprint: String, checks: [DecisionCheck]) {
      self.trace = trace
      self.fingerprint = fingerprint
      self.checks = checks
    }
  }

  package init(file: String, policy: ProductionPolicy, replay: Replay?) {
    self.file = file
    self.policy = policy
    self.replay = replay
  }

  /// Whether every policy can be replayed and every figure holds.
  package var isFine: Bool { replay?.checks.allSatisfy { !$0.isWrong } ?? true }

  private var isSameTrace: Bool? { replay.map { $0.fingerprint == policy.fingerprint } }

  package var table: String {
    var lines = [
      "\(file): a valid \(ProductionPolicy.format) for \(policy.workloads.count) workloads and every other query"
    ]
    if let replay, let isSameTrace {
      lines.append(
        "\(replay.trace): \(isSameTrace ? "the trace it was made from" : "not the trace it was made from ('\(policy.traceName)')")"
      )
      lines += replay.checks.flatMap(text)
    }
    return lines.map { TextTable.printable($0) + "\n" }.joined()
  }

  private func text(_ check: DecisionCheck) -> [String] {
    let expected = policy.decision(for: check.workload).expected
    let head = "\(check.workload ?? "default"): \(check.policy)"
    guard let found = check.found else { return [head, "  cannot be replayed: \(check.problem ?? "")"] }
    func line(_ what: String, _ now: String, _ then: String, _ range: String, _ holds: Bool) -> String {
      "  \(what) \(now), was \(then) (\(range)): \(holds ? "holds" : "DOES NOT HOLD")"
    }
    func score(_ value: Double) -> String { NumberText.fixed(value, places: 4) }
    func cost(_ value: Double) -> String { NumberText.cost(value, unit: policy.wish.costUnit) }
    return [
      head,
      line(
        "score", score(found.score), score(expected.score.mean),
        "\(score(expected.score.low))–\(score(expected.score.high))", found.scoreHolds),
      line(
        "cost ", cost(found.cost), cost(expected.cost.mean),
        "\(cost(expected.cost.low))–\(cost(expected.cost.high))", found.costHolds),
    ] + (found.covered < found.queries ? ["  on \(found.covered) of \(found.queries) queries"] : [])
  }

  /// The document `lightreplay.policy-check/1`.
  package var json: JSONValue {
    .object([
      "format": .string("lightreplay.policy-check/1"), "file": .string(file),
      "workloads": .integer(Int128(policy.workloads.count)), "fine": .bool(isFine),
      "trace": .optional(replay) { replay in
        .object([
          "file": .string(replay.trace), "fingerprint": .string(replay.fingerprint),
          "same": .bool(isSameTrace ?? false), "decisions": .array(replay.checks.map(Self.json)),
        ])
      },
    ])
  }

  private static func json(_ check: DecisionCheck) -> JSONValue {
    .object([
      "workload": .optional(check.workload, JSONValue.string),
      "policy": .string(check.policy.description), "problem": .optional(check.problem, JSONValue.string),
      "found": .optional(check.found) { found in
        .object([
          "queries": .integer(Int128(found.queries)), "covered": .integer(Int128(found.covered)),
          "score": .number(found.score), "cost": .number(found.cost),
          "score_holds": .bool(found.scoreHolds), "cost_holds": .bool(found.costHolds),
        ])
      },
    ])
  }
}
