/// What a recorded call was for. Raw values are stored in trace files and never change meaning.
package enum CallRole: Int, Sendable, CaseIterable {
  /// A candidate's full answer.
  case response = 0
  /// A prefix recorded as a call of its own.
  case boot = 1
  /// A prefix continued by a call of its own.
  case continuation = 2
  /// A selector's order of candidates.
  case ranking = 3
  /// An aggregator's merge of answers.
  case merge = 4
  /// A candidate's new answer after seeing a merge.
  case refinement = 5
}

/// Whether token counts come from the endpoint or from an estimator.
package enum TokenSource: String, Sendable, CaseIterable {
  case reported, estimated
}

/// One recorded call: its coordinates, what it used, what it said and how that was graded.
///
/// Which coordinates apply depends on `role` (Traces.md, "Calls"). `nil` always means "not recorded".
package struct CallRecord: Sendable, Equatable {
  package var role: CallRole

  // MARK: Coordinates
  /// The candidate of a response, boot, continuation or refinement; who made a ranking or merge.
  package var model: String?
  /// The selector of a ranking; the aggregator of a merge or refinement.
  package var tool: String?
  package var sample: Int32 = 0
  package var layer: Int32?
  /// The candidates ranked, merged or writing, each once, in the order of the header's models.
  package var members: [String]?
  /// `nil` where the text does not depend on it; never `.none`.
  package var bootBudget: BootBudget?

  // MARK: Usage
  package var inputTokens: Int32?
  /// The part of `inputTokens` billed at the cached-input price.
  package var cachedInputTokens: Int32?
  package var outputTokens: Int32?
  /// The part of `outputTokens` spent on reasoning that is not shown.
  package var reasoningTokens: Int32?
  package var tokenSource: TokenSource?
  package var timeToFirstToken: Microseconds?
  package var duration: Microseconds?
  /// What was billed, where tokens are unknown.
  package var cost: Cost?

  // MARK: Content
  package var text: String?
  /// UTF-8 byte offsets in `text` at which its tokens end, increasing.
  package var tokenEnds: [Int32]?
  package var finishReason: String?
  /// Why the call failed: a JSON string or object. A failed call scores 0 (Scheme.md, "Scores").
  package var error: RawJSON?
  package var extra: RawJSON?

  // MARK: Grade
  package var answer: String?
  package var score: Score?
  /// Grades side by side, by grader, sorted by name.
  package var grades: [NamedGrade] = []
  /// What prefixes of this response would answer, ascending in budget.
  package var prefixes: [PrefixGrade] = []

  // MARK: Ranking
  package var order: RankingOrder?
  /// The selector's figure for each entry of the order, in millionths.
  package var scores: [Int64]?
  /// The order in which the candidates were shown to the selector.
  package var shown: [String]?

  package init(role: CallRole) { self.role = role }
}

/// A selector's answer.
package enum RankingOrder: Sendable, Equatable {
  /// Best first; a permutation of the members.
  case order([String])
  /// It answered, but nothing could be read from it: written `"order":null`.
  case unparsable
}

/// One grader's verdict on a call.
package struct NamedGrade: Sendable, Equatable {
  package var name: String
  package var answer: String?
  package var score: Score?

  package init(name: String, answer: String? = nil, score: Score? = nil) {
    self.name = name
    self.answer = answer
    self.score = score
  }
}

/// The grade of a response cut at a boot budget.
package struct PrefixGrade: Sendable, Equatable {
  package var bootBudget: BootBudget
  package var answer: String?
  package var score: Score?

  package init(bootBudget: BootBudget, answer: String? = nil, score: Score? = nil) {
    self.bootBudget = bootBudget
    self.answer = answer
    self.score = score
  }
}
