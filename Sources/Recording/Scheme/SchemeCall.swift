package import RoutingCore

/// One call of the scheme, before it is made: its coordinates and what the model is shown.
package struct SchemeCall: Sendable {
  package var role: CallRole
  /// The candidate of a response, boot, continuation or refinement.
  package var model: String?
  /// The selector or aggregator.
  package var tool: String?
  package var sample: Int32 = 0
  package var layer: Int32?
  /// In the header's order.
  package var members: [String]?
  package var bootBudget: BootBudget?
  /// What the selector or aggregator is shown of whom, in the order it is shown.
  package var shown: [ShownText] = []
  /// Of a refinement: the merge it is shown. Of a continuation: the text it continues.
  package var context: String?

  package init(role: CallRole) { self.role = role }
}

/// A candidate's text as another model sees it.
package struct ShownText: Sendable, Equatable {
  package var candidate: String
  package var text: String

  package init(candidate: String, text: String) {
    self.candidate = candidate
    self.text = text
  }
}

/// What tells a call from the others of its query.
struct CallIdentity: Hashable, Sendable {
  let role: CallRole
  let model: ExactString?
  let tool: ExactString?
  let sample: Int32
  let layer: Int32?
  let members: [ExactString]?
  let bootBudget: BootBudget?

  init(_ call: SchemeCall) {
    role = call.role
    model = call.model.map(ExactString.init)
    tool = call.tool.map(ExactString.init)
    sample = call.sample
    layer = call.layer
    members = call.members?.map(ExactString.init)
    bootBudget = call.bootBudget
  }

  /// Of a stored call; who made a ranking or merge does not tell it apart.
  init(_ call: CallRecord) {
    role = call.role
    model = call.role == .ranking || call.role == .merge ? nil : call.model.map(ExactString.init)
    tool = call.tool.map(ExactString.init)
    sample = call.sample
    layer = call.layer
    members = call.members?.map(ExactString.init)
    bootBudget = call.bootBudget
  }
}

/// Where the calls of a scheme come from: endpoints, a trace, or a trace that endpoints fill up.
package protocol CallSource: Sendable {
  /// The call with what it said, used and took. A call that failed for good carries its `error`.
  ///
  /// - Throws: where there is no such call and none can be made.
  func make(_ call: SchemeCall) async throws -> CallRecord
}

/// The recorded calls of one query.
package struct RecordedCalls: CallSource {
  private let calls: [CallIdentity: CallRecord]

  package init(_ query: QueryRecord) {
    calls = Dictionary(query.calls.map { (CallIdentity($0), $0) }, uniquingKeysWith: { first, _ in first })
  }

  package func make(_ call: SchemeCall) throws -> CallRecord {
    guard let known = calls[CallIdentity(call)] else { throw SchemeGap.notRecorded(call.role) }
    return known
  }

  subscript(key: CallIdentity) -> CallRecord? { calls[key] }
}

/// Why a policy gives no answer to a query.
package enum SchemeGap: Error, Equatable {
  case noActiveCandidate
  case notRecorded(CallRole)
  case unparsableRanking(selector: String)
  case failed(CallRole, by: String)
  case unknownTool(kind: String, name: String, known: [String])
  /// The policy needs something that only a replay knows.
  case onlyOffline(String)
  /// An adaptive k needs scores that the ranking does not have.
  case noRankingScores
  /// What an adaptive k goes by is not known, and why.
  case noSignal(String)
}

extension SchemeGap: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noActiveCandidate: "no candidate has a skill the query needs"
    case .notRecorded(let role): "a \(role) it needs is not recorded"
    case .unparsableRanking(let selector): "no order could be read from what '\(selector)' answered"
    case .failed(let role, let name): "the \(role) by '\(name)' failed"
    case .unknownTool(let kind, let name, let known):
      "no \(kind) '\(name)' is configured; known: \(known.isEmpty ? "none" : known.joined(separator: ", "))"
    case .noRankingScores: "k is decided by the ranking's scores, and it has none"
    case .noSignal(let reason): "what k is decided by is not known: \(reason)"
    case .onlyOffline(let id): "'\(id)' can be replayed but not run: it needs what is known only afterwards"
    }
  }
}
