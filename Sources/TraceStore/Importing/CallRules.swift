import RoutingCore

/// What the values of a call must satisfy together, wherever it comes from.
struct CallRules {
  /// The most one call may have cost.
  static let costLimit = Cost(picodollars: 1_000_000_000_000_000_000)

  typealias Faults = [(key: String, fault: ImportFault)]

  private let models: ModelTable

  init(models: ModelTable) { self.models = models }

  /// Everything that does not fit, with the key inside the call.
  func faults(in call: CallRecord) -> Faults {
    var faults: Faults = []
    checkRequired(call, &faults)
    checkModels(call, &faults)
    checkUsage(call, &faults)
    checkTokenEnds(call, &faults)
    if call.role == .ranking { checkRanking(call, &faults) }
    checkRepeatedGrades(call, &faults)
    return faults
  }

  // MARK: Presence

  private func checkRequired(_ call: CallRecord, _ faults: inout Faults) {
    func require(_ key: CallKey, _ isPresent: Bool, _ expected: String) {
      if !isPresent { faults.append((key.rawValue, .missing(expected: expected))) }
    }
    switch call.role {
    case .response:
      require(.model, call.model != nil, "the model's name")
      require(
        .text, call.text != nil || call.score != nil || call.error != nil, "'text', 'score' or 'error'")
    case .boot, .continuation:
      require(.model, call.model != nil, "the model's name")
      require(.bootBudget, call.bootBudget != nil, FieldReader.budgetWords)
    case .ranking:
      require(.selector, call.tool != nil, "the selector's name")
      require(.bootBudget, call.bootBudget != nil, FieldReader.budgetWords)
      require(
        .order, call.order != nil || call.error != nil,
        "the members, best first, or null where the selector's answer could not be read")
    case .merge:
      require(.aggregator, call.tool != nil, "the aggregator's name")
    case .refinement:
      require(.model, call.model != nil, "the model's name")
    }
  }

  // MARK: Names

  private func checkModels(_ call: CallRecord, _ faults: inout Faults) {
    if let model = call.model, models.position(of: model) == nil {
      faults.append((CallKey.model.rawValue, models.unknown(model)))
    }
    if let members = call.members {
      if members.isEmpty {
        faults.append((CallKey.members.rawValue, .unfit(found: "an empty list", expected: "a model")))
      }
      checkNames(members, of: .members, &faults)
    }
  }

  private func checkNames(_ names: [String], of key: CallKey, _ faults: inout Faults) {
    for (index, name) in names.enumerated() where models.position(of: name) == nil {
      faults.append(("\(key.rawValue)[\(index)]", models.unknown(name)))
    }
    faults += HeaderRules.repetitions(names) { "\(key.rawValue)[\($0)]" }.map {
      (key: $0.field, fault: $0.fault)
    }
  }

  // MARK: Numbers

  private func checkUsage(_ call: CallRecord, _ faults: inout Faults) {
    let tokens = [call.inputTokens, call.cachedInputTokens, call.outputTokens, call.reasoningTokens]
    let keys: [CallKey] = [.inputTokens, .cachedInputTokens, .outputTokens, .reasoningTokens]
    for (key, count) in zip(keys, tokens) where count ?? 0 < 0 {
      faults.append((key.rawValue, .unfit(found: "\(count ?? 0)", expected: "a token count from 0")))
    }
    if let cached = call.cachedInputTokens, cached > call.inputTokens ?? 0 {
      let limit = call.inputTokens.map { "at most the input_tokens, \($0)" } ?? "input_tokens beside it"
      faults.append((CallKey.cachedInputTokens.rawValue, .unfit(found: "\(cached)", expected: limit)))
    }
    if let first = call.timeToFirstToken, let duration = call.duration, first > duration {
      let found = FixedPoint.text(Int128(first.count), places: 6)
      let limit = FixedPoint.text(Int128(duration.count), places: 6)
      faults.append(
        (
          CallKey.timeToFirstToken.rawValue,
          .unfit(found: found, expected: "at most the duration_s, \(limit)")
        ))
    }
  }

  private func checkTokenEnds(_ call: CallRecord, _ faults: inout Faults) {
    guard let ends = call.tokenEnds else { return }
    let key = CallKey.tokenEnds.rawValue
    guard let text = call.text else {
      faults.append((key, .unfit(found: "token ends", expected: "a text they belong to")))
      return
    }
    var previous: Int32 = 0
    for (index, end) in ends.enumerated() {
      guard end > previous else {
        faults.append(
          ("\(key)[\(index)]", .unfit(found: "\(end)", expected: "more than \(previous), the one before")))
        return
      }
      previous = end
    }
    if previous > text.utf8.count {
      let expected = "at most \(text.utf8.count), the length of the text in bytes"
      faults.append(("\(key)[\(ends.count - 1)]", .unfit(found: "\(previous)", expected: expected)))
    }
  }

  // MARK: Rankings and grades

  private func checkRanking(_ call: CallRecord, _ faults: inout Faults) {
    if case .order(let order)? = call.order { checkOrder(order, of: .order, call, &faults) }
    if let shown = call.shown { checkOrder(shown, of: .shown, call, &faults) }
    // Beside an order that could not be read, what the selector said is kept as it is.
    if let scores = call.scores, case .order(let order)? = call.order, scores.count != order.count {
      let expected = "\(order.count), one for each entry of the order"
      faults.append((CallKey.scores.rawValue, .unfit(found: "\(scores.count) scores", expected: expected)))
    }
  }

  private func checkOrder(
    _ order: [String], of key: CallKey, _ call: CallRecord, _ faults: inout Faults
  ) {
    let before = faults.count
    checkNames(order, of: key, &faults)
    guard faults.count == before, let members = call.members else { return }
    let wanted = Set(members.map(ExactString.init))
    let list = members.prefix(8).joined(separator: ", ") + (members.count > 8 ? ", …" : "")
    for (index, name) in order.enumerated() where !wanted.contains(ExactString(name)) {
      faults.append(
        (
          "\(key.rawValue)[\(index)]",
          .unfit(found: ImportFault.quoted(name), expected: "one of the members \(list)")
        ))
    }
    guard faults.count == before, order.count != wanted.count else { return }
    faults.append(
      (key.rawValue, .unfit(found: "\(order.count) names", expected: "each of the members \(list) once")))
  }

  private func checkRepeatedGrades(_ call: CallRecord, _ faults: inout Faults) {
    faults += HeaderRules.repetitions(call.grades.map(\.name)) { "grades[\($0)]" }
      .map { (key: $0.field, fault: $0.fault) }
    let budgets = call.prefixes.map(\.bootBudget.description)
    faults += HeaderRules.repetitions(budgets) { "prefixes[\($0)].boot_budget" }
      .map { (key: $0.field, fault: $0.fault) }
  }
}

extension CallRole {
  /// Whether the call's model is a candidate and a coordinate; else it only says who is paid.
  var isByCandidate: Bool { self != .ranking && self != .merge }
}

/// The models of a header by name.
struct ModelTable {
  let names: [String]
  private let positions: [ExactString: Int32]

  init(_ names: [String]) {
    self.names = names
    positions = Dictionary(
      names.enumerated().map { (ExactString($1), Int32($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Position in the header, from 0.
  func position(of name: String) -> Int32? { positions[ExactString(name)] }

  func unknown(_ name: String) -> ImportFault {
    .unknownModel(name, suggestion: NearMiss.suggestion(for: name, among: names))
  }
}
