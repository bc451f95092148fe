import RoutingCore

/// The keys of a header line, in the order they are written.
enum HeaderKey: String, CaseIterable {
  case format, name, models, pool, selectors, aggregators, extra
  static let table = JSONKeyTable(allCases.map(\.rawValue))
}

/// The keys of a model in a header.
enum ModelKey: String, CaseIterable {
  case name, skills, continuation, extra
  static let table = JSONKeyTable(allCases.map(\.rawValue))
}

/// The keys of a selector or aggregator in a header.
enum ToolKey: String, CaseIterable {
  case name, model, prompt, extra
  static let table = JSONKeyTable(allCases.map(\.rawValue))
}

/// The keys of a query line, in the order they are written.
enum QueryKey: String, CaseIterable {
  case query, workload, group, skills, ordinal, prompt, messages, reference
  case responses, boots, continuations, rankings, merges, refinements
  case extra
  /// Only a header has it; known here so that a second header is named as such.
  case format
  static let table = JSONKeyTable(allCases.map(\.rawValue))
}

/// The keys of a call of any role.
enum CallKey: String, CaseIterable {
  case model, selector, aggregator, sample
  case bootBudget = "boot_budget"
  case layer, members, order, scores, shown, text
  case tokenEnds = "token_ends"
  case inputTokens = "input_tokens"
  case cachedInputTokens = "cached_input_tokens"
  case outputTokens = "output_tokens"
  case reasoningTokens = "reasoning_tokens"
  case tokenSource = "token_source"
  case timeToFirstToken = "ttft_s"
  case duration = "duration_s"
  case finishReason = "finish_reason"
  case answer, score, grades, prefixes, error
  case cost = "cost_usd"
  case extra
  static let table = JSONKeyTable(allCases.map(\.rawValue))

  /// Whether a call of that role may have the key.
  func isLegal(in role: CallRole) -> Bool {
    switch self {
    case .selector, .order, .scores, .shown: role == .ranking
    case .aggregator: role == .merge || role == .refinement
    case .layer, .members: role == .ranking || role == .merge || role == .refinement
    case .bootBudget: role != .response
    case .prefixes: role == .response
    default: true
    }
  }
}

/// The keys of a grade, and of a prefix.
enum GradeKey: String, CaseIterable {
  case answer, score
  case bootBudget = "boot_budget"
  static let gradeTable = JSONKeyTable(["answer", "score"])
  static let prefixTable = JSONKeyTable(allCases.map(\.rawValue))
}

extension CallRole {
  /// The key of a query line that holds the calls of this role.
  package var key: String {
    switch self {
    case .response: QueryKey.responses.rawValue
    case .boot: QueryKey.boots.rawValue
    case .continuation: QueryKey.continuations.rawValue
    case .ranking: QueryKey.rankings.rawValue
    case .merge: QueryKey.merges.rawValue
    case .refinement: QueryKey.refinements.rawValue
    }
  }

  /// One such call, for messages.
  package var words: String {
    switch self {
    case .response: "a response"
    case .boot: "a boot call"
    case .continuation: "a continuation"
    case .ranking: "a ranking"
    case .merge: "a merge"
    case .refinement: "a refinement"
    }
  }
}
