import Reporting
import RoutingCore
import TraceStore

extension InspectReport {
  /// The document `lightreplay.inspect/1`.
  var json: JSONValue {
    func count(_ value: Int) -> JSONValue { .integer(Int128(value)) }
    return .object([
      "format": .string("lightreplay.inspect/1"),
      "trace": .object(["name": .string(trace.header.name), "fingerprint": .string(trace.fingerprint)]),
      "workloads": .array(
        trace.workloads.map {
          .object([
            "name": .string($0.name), "queries": count($0.queries), "groups": count($0.groups),
            "responses": count($0.responses), "graded": count($0.graded),
          ])
        }),
      "models": .array(
        trace.models.map {
          .object([
            "name": .string($0.name), "candidate": .bool($0.isCandidate),
            "skills": .array($0.skills.map(JSONValue.string)), "responses": count($0.responses),
            "graded": count($0.graded), "failed": count($0.failed),
            "mean_score": .optional($0.meanScore, JSONValue.number),
          ])
        }),
      "tools": .array(
        trace.tools.map {
          .object([
            "role": .string($0.role), "name": .string($0.name), "layer": count($0.layer),
            "boot_budget": .optional($0.bootBudget) { text in
              Int(text).map { .integer(Int128($0)) } ?? .string(text)
            },
            "calls": count($0.calls), "queries": count($0.queries), "sets": count($0.sets),
            "unparsable": count($0.unparsable),
          ])
        }),
      "calls": count(trace.calls), "failed_calls": count(trace.failedCalls), "samples": count(trace.samples),
      "tokens": .object([
        "reported": count(trace.reported), "estimated": count(trace.estimated),
        "unstated": count(trace.unstated),
      ]),
      "responses": count(trace.responses), "texts": count(trace.texts), "exact_cuts": count(trace.exactCuts),
      "timed_responses": count(trace.timed), "graders": .array(trace.graders.map(JSONValue.string)),
      "warnings": .array(warnings.map(JSONValue.string)),
    ])
  }
}
