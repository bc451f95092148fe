package import RoutingCore

/// What a grading of a trace takes, and what it changes.
package struct GradingSettings: Sendable {
  /// The name the grades are stored under.
  package var name: String
  /// Only these; `nil` = all.
  package var workloads: [String]?
  /// Make the grades the answers and scores even where there are scores already.
  package var replacesScores = false
  /// Budgets at which responses are cut and graded, ascending.
  package var prefixes: [Int32] = []
  /// Compare with the scores there are and change nothing.
  package var comparesOnly = false
  package var threads = 1
  /// Changed grades listed at most.
  package var listLimit = 0

  package init(name: String) { self.name = name }
}

/// What a grading found, per workload and model.
package struct GradingReport: Sendable {
  /// One model's texts, or one aggregator's merges, in one workload.
  package struct Tally: Sendable {
    package let workload: String
    package let role: CallRole
    /// The model, or the aggregator of a merge.
    package let name: String
    package var graded = 0
    /// Graded 1.
    package var right = 0
    /// Sum of the scores in millionths.
    package var total: Int64 = 0
    /// Graded, but no answer was found, where the grader looks for one.
    package var unanswered = 0
    /// Of those graded, how many had a score, and how many of these are scored higher and lower now.
    package var scoredBefore = 0
    package var raised = 0
    package var lowered = 0
    /// Those that keep what they had: recorded as failed, without text, without a fitting reference, and where
    /// the grader failed.
    package var failedCalls = 0
    package var withoutText = 0
    package var withoutReference = 0
    package var graderFailures = 0
    /// Cuts graded.
    package var prefixes = 0
  }

  /// A text that is scored otherwise than before, or that the grader failed on.
  package struct Item: Sendable, Equatable {
    package let query: String
    package let role: CallRole
    package let name: String
    package let before: Grade?
    package let now: Grade?
    /// Why there is no grade.
    package let failure: String?
  }

  package let name: String
  /// By workload, then in order of the header.
  package var tallies: [Tally] = []
  /// The first of each, in the order stored.
  package var changes: [Item] = []
  package var failures: [Item] = []
  /// Workloads whose answers and scores are the new grades.
  package var rescored: [String] = []
  /// Workloads that had scores and keep them.
  package var kept: [String] = []
}

extension GradingReport {
  /// All tallies together; it has no name.
  package var total: Tally {
    var total = Tally(workload: "all", role: .response, name: "")
    for tally in tallies {
      for figure in Self.figures { total[keyPath: figure] += tally[keyPath: figure] }
      total.total += tally.total
    }
    return total
  }

  private static var figures: [WritableKeyPath<Tally, Int>] {
    [
      \.graded, \.right, \.unanswered, \.scoredBefore, \.raised, \.lowered, \.failedCalls, \.withoutText,
      \.withoutReference, \.graderFailures, \.prefixes,
    ]
  }
}
