import RoutingCore

extension MissingCalls {
  /// What is missing and what recording it would take, in a sentence without its full stop.
  var sentence: String {
    var text = Self.range(Double(calls.lowerBound)...Double(calls.upperBound)) { NumberText.count(Int($0)) }
    text += " \(noun)\(calls.upperBound == 1 ? "" : "s")"
    text += name.map { " by \($0)" } ?? " by models that nobody knows yet"
    if role == .ranking || role == .merge || role == .refinement {
      if role != .ranking || layer > 1 { text += " at layer \(layer)" }
      text += boot.map { " at boot \($0)" } ?? ""
    }
    text += " on \(NumberText.count(queries)) quer\(queries == 1 ? "y" : "ies"), such as \(example): "
    guard let estimate else { return text + "tokens unknown, no like call is recorded" }
    text += estimate.inputTokens.lowerBound == 0 ? "" : "about "
    text += "\(tokens(estimate.inputTokens)) input and \(tokens(estimate.outputTokens)) output tokens"
    text += estimate.dollars.map { ", \(Self.money($0))" } ?? ""
    let like = "\(NumberText.count(estimate.likeCalls)) recorded \(noun)\(estimate.likeCalls == 1 ? "" : "s")"
    return text + " (estimated from \(like)\(name.map { " by \($0)" } ?? ""))"
  }

  private var noun: String {
    switch role {
    case .response: "answer"
    case .boot: "prefix"
    case .continuation: "continuation"
    case .ranking: "ranking"
    case .merge: "merge"
    case .refinement: "refinement"
    }
  }

  private func tokens(_ range: ClosedRange<Double>) -> String {
    Self.range(range) { NumberText.count(Int($0.rounded())) }
  }

  static func money(_ range: ClosedRange<Double>) -> String {
    Self.range(range) { NumberText.cost($0, unit: .usd) }
  }

  /// `3`, `up to 3` or `3–5`.
  private static func range(_ range: ClosedRange<Double>, _ text: (Double) -> String) -> String {
    let (low, high) = (text(range.lowerBound), text(range.upperBound))
    return low == high ? low : range.lowerBound == 0 ? "up to \(high)" : "\(low)–\(high)"
  }

  var json: JSONValue {
    func range(_ range: ClosedRange<Double>) -> JSONValue {
      .object(["low": .number(range.lowerBound), "high": .number(range.upperBound)])
    }
    return .object([
      "role": .string("\(role)"), "name": .optional(name, JSONValue.string),
      "layer": .integer(Int128(layer)), "boot_budget": .optional(boot) { .string($0.description) },
      "calls": .object([
        "low": .integer(Int128(calls.lowerBound)), "high": .integer(Int128(calls.upperBound)),
      ]), "queries": .integer(Int128(queries)), "example": .string(example),
      "estimate": .optional(estimate) { estimate in
        .object([
          "like_calls": .integer(Int128(estimate.likeCalls)), "input_tokens": range(estimate.inputTokens),
          "output_tokens": range(estimate.outputTokens), "usd": .optional(estimate.dollars, range),
        ])
      },
    ])
  }
}

extension [MissingCalls] {
  /// All of them together; `nil` where there are fewer than two. Says where a part is not known.
  var total: String? {
    guard count > 1 else { return nil }
    let known = compactMap(\.estimate?.dollars)
    guard !known.isEmpty else { return nil }
    let low = known.reduce(0) { $0 + $1.lowerBound }
    let high = known.reduce(0) { $0 + $1.upperBound }
    let rest = count - known.count
    return "together \(MissingCalls.money(low...high))"
      + (rest == 0 ? "" : ", without \(rest) of \(count) kinds of calls whose cost is unknown")
  }
}
