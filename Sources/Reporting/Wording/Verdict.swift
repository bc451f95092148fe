import RoutingCore

/// How sure a recommendation is, in a word and in words.
struct Verdict {
  enum Level: String {
    case clear, close, rough

    var word: String {
      switch self {
      case .clear: "Clear"
      case .close: "Close call"
      case .rough: "Too little data"
      }
    }
  }

  let level: Level
  /// Sentences.
  let reasons: [String]

  init(_ result: Recommendation, names: PolicyNames) {
    let codes = Set(result.warnings.map(\.code))
    let isSettled = result.runnerUp.map(\.isSeparated) ?? true
    if !codes.isDisjoint(with: ["small-sample", "constraint-unstable"]) {
      level = .rough
    } else if !isSettled || result.kSet.count > 1 || codes.contains("optimism")
      || codes.contains("single-is-better")
    {
      level = .close
    } else {
      level = .clear
    }
    reasons = [
      Self.wins(result), Self.runnerUp(result, names: names),
      result.comparedRows < Recommendation.fewQueries
        ? "Only \(result.comparedRows) queries are compared." : nil,
    ].compactMap { $0 }
  }

  private static func wins(_ result: Recommendation) -> String {
    let ks = result.kSet.map(\.description)
    let share = NumberText.fixed(100 * result.recommended.winShare, places: 0)
    return "Resampling the queries picks it in \(share) % of the cases; "
      + (ks.count == 1
        ? "no other k is within the 95 % interval."
        : "k = \(ks.joined(separator: ", ")) cannot be told apart.")
  }

  private static func runnerUp(_ result: Recommendation, names: PolicyNames) -> String? {
    guard let next = result.runnerUp else { return nil }
    let name = PolicyWords(policy: next.policy, names: names).label
    guard !next.isSeparated else { return "The next best, \(name), is behind by more than chance explains." }
    let more = next.queriesToSeparate.map { ": about \(NumberText.count($0)) queries would tell" } ?? ""
    return "The data do not tell it from the next best, \(name)\(more)."
  }
}
