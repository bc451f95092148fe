import Foundation

/// A "language model" whose answer is a function of the request alone.
///
/// At a smaller token limit it writes a prefix of what it writes at a larger one, and shown the start of its own
/// answer as a last message of the assistant it writes the rest. Asked for a list such as `[LLM1, LLM2]`, it ranks
/// all the names of that kind in the last message of the user. Answers end in `Answer: NUMBER`.
package struct DeterministicModel: Sendable {
  private static let words = """
    the a sum of ten and four is then we add seven to it which gives more than half so first count every apple now
    naïve größer réponse 答え 数 🙂 Ответ times minus equals because check left right therefore \"quoted\" back\\slash
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  package init() {}

  /// The whole answer, token by token.
  func tokens(for request: ModelRequest) -> [String] {
    guard let last = request.messages.last, last.role == "assistant" else {
      return answer(request, to: request.messages)
    }
    let whole = answer(request, to: Array(request.messages.dropLast()))
    var written = ""
    for (count, token) in whole.enumerated() {
      if written == last.content { return Array(whole[count...]) }
      written += token
    }
    return written == last.content ? [] : answer(request, to: request.messages)
  }

  private func answer(_ request: ModelRequest, to messages: [ModelRequest.Message]) -> [String] {
    var hash = StableHash()
    hash.combine(request.model)
    hash.combine(request.seed)
    for message in messages {
      hash.combine(message.role)
      hash.combine(message.content)
    }
    let asked = messages.last { $0.role == "user" }?.content ?? ""
    if let names = Self.rankedNames(in: asked) { return Self.ranking(of: names, hash) }
    let count = 4 + hash.number(0, below: 40)
    let words = (1...count).map { Self.words[hash.number($0, below: Self.words.count)] }
    let text = words + ["Answer:", String(hash.number(count + 1, below: 10))]
    return text.enumerated().map { $0.offset == 0 ? $0.element : " " + $0.element }
  }

  /// The names in a text that shows a list of two or more such as `[LLM1, LLM2]`, in the order of appearance.
  private static func rankedNames(in text: String) -> [String]? {
    guard let list = text.firstMatch(of: /\[([A-Za-z]+ ?)[0-9]+(, *[A-Za-z]+ ?[0-9]+)+\]/) else { return nil }
    let stem = String(list.output.1)
    var names: [String] = []
    for match in text.matches(of: /([A-Za-z]+ ?)[0-9]+/) where match.output.1 == stem {
      let name = String(match.output.0)
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  private static func ranking(of names: [String], _ hash: StableHash) -> [String] {
    var rest = names.sorted()
    var tokens = ["["]
    for draw in names.indices {
      if draw > 0 { tokens.append(", ") }
      tokens.append(rest.remove(at: hash.number(draw, below: rest.count)))
    }
    return tokens + ["]"]
  }
}
