import RoutingCore

/// One model's recorded answer, with what its file says about the query.
struct ImportedAnswer {
  var workload: String
  /// The query's name in the file; `nil` where only the prompt tells queries apart.
  var id: String?
  var group: String?
  var prompt: ImportedPrompt?
  var reference: String?
  /// A response by a named model. Graders go into `grades`, each under its name.
  var call: CallRecord
  var place: ImportPlace

  init(workload: String, id: String?, model: String, place: ImportPlace) {
    self.workload = workload
    self.id = id
    self.place = place
    call = CallRecord(role: .response)
    call.model = model
  }

  /// Adds a grader's verdict, unless it says nothing.
  mutating func grade(_ name: String, answer: String? = nil, score: Score?) {
    guard answer != nil || score != nil else { return }
    call.grades.append(NamedGrade(name: name, answer: answer, score: score))
  }

  /// Takes what the endpoint counted.
  mutating func setTokens(
    input: Int32?, cached: Int32? = nil, output: Int32?, reasoning: Int32? = nil,
    source: TokenSource = .reported
  ) {
    call.inputTokens = input
    call.cachedInputTokens = input == nil || cached == 0 ? nil : cached
    call.outputTokens = output
    call.reasoningTokens = output == nil || reasoning == 0 ? nil : reasoning
    call.tokenSource = input == nil && output == nil ? nil : source
  }
}
