/// A prompt with places for what it is about, such as `{query}` and `{answers}`.
package struct PromptTemplate: Sendable, Hashable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// What may stand in a template.
  package enum Place: String, Sendable, CaseIterable {
    /// The query's prompt.
    case query
    /// The candidates' texts under their names.
    case answers
    /// The names, in the order shown, comma-separated.
    case names
    /// The last merge.
    case merge
    /// A text to be judged.
    case answer
    /// What the query's answer should be.
    case reference
    /// The numbers a judge may give, e.g. `0 to 10`.
    case scale
  }

  /// The places that occur, each once.
  package var places: Set<Place> { Set(Place.allCases.filter { text.contains("{\($0.rawValue)}") }) }

  /// The text with every place filled; what is filled in is not searched for places again.
  package func filled(_ values: [Place: String]) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[open...]
      let place = values.keys.first { rest.hasPrefix("{\($0.rawValue)}") }
      if let place, let value = values[place] {
        result += value
        rest = rest.dropFirst(place.rawValue.count + 2)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result + rest
  }
}

/// The prompts used where a configuration gives none, after the roles described by Zhang et al. 2025 (§2.3).
package enum DefaultPrompts {
  package static let selector = PromptTemplate(
    """
    Several assistants have begun to answer a question. You see the question and how each answer begins; none \
    is finished.

    First work out a short answer of your own, only as a check: it may be wrong too. Then judge each beginning: \
    is what it says correct, is its approach sound, is it clear? Guess which would become the best full answer. \
    Neither length nor the place in the list matters.

    Question:
    {query}

    Beginnings:
    {answers}

    Reply with one line and nothing else: the names {names}, each once, from the best expected answer to the \
    worst, in square brackets and separated by commas.
    """)

  package static let aggregator = PromptTemplate(
    """
    Several assistants have answered a question. Some of the answers may be wrong, incomplete or biased.

    Decide what is right by checking the reasoning, not by counting how many say it. Then write one answer of \
    your own that keeps what holds, mends what does not and leaves out the rest. Do not mention the assistants \
    or join their answers together. Follow every instruction of the question about how to answer.

    Question:
    {query}

    Answers:
    {answers}

    Your answer:
    """)

  package static let judge = PromptTemplate(
    """
    You see a question, what its answer should say, and an answer that somebody gave. Say how right that answer \
    is: whether it states what it should, and whether anything else in it is wrong. Wording, length and order do \
    not matter.

    Question:
    {query}

    What the answer should say:
    {reference}

    The answer given:
    {answer}

    Reply with one number from {scale} and nothing else: the lowest for wrong, the highest for entirely right.
    """)

  package static let refinement = PromptTemplate(
    """
    {query}

    A draft of an answer is given below. It may contain mistakes. Check it, then write your own full answer to \
    the question above, following every instruction in it.

    Draft:
    {merge}
    """)
}
