import RoutingCore

/// Lines up the answers of several models: which of them belong to the same query.
///
/// By the files' ids where at least two models share one; else by the normalised prompt. Query sets that differ
/// are kept and remarked on; prompts or references that disagree for one query are faults.
struct QueryAlignment {
  private let log: FaultLog
  private let allowsDifferentPrompts: Bool
  private(set) var remarks: [String] = []

  init(log: FaultLog, allowsDifferentPrompts: Bool) {
    self.log = log
    self.allowsDifferentPrompts = allowsDifferentPrompts
  }

  /// The queries of all workloads, in order of first appearance.
  mutating func queries(_ answers: [ImportedAnswer]) -> [(QueryRecord, ImportPlace)] {
    let prefixed = workloadsToPrefix(answers)
    return Self.grouped(answers, by: { ExactString($0.workload) }).flatMap { workload, answers in
      let groups = groups(answers, workload: workload)
      remark(on: groups.map(\.answers), workload: workload)
      return groups.map { group in
        (
          record(group.answers, name: prefixed ? "\(workload.text)/\(group.name)" : group.name),
          group.answers[0].place
        )
      }
    }
  }

  typealias Group = (name: String, answers: [ImportedAnswer])

  // MARK: Lining up

  private func groups(_ answers: [ImportedAnswer], workload: ExactString) -> [Group] {
    if sharesIDs(answers) {
      return Self.grouped(answers, by: { ExactString($0.id ?? "") }).map { ($0.key.text, $0.elements) }
    }
    if let bare = answers.first(where: { $0.prompt == nil }) {
      if answers.allSatisfy({ $0.id != nil }) {
        return Self.grouped(answers, by: { ExactString($0.id ?? "") }).map { ($0.key.text, $0.elements) }
      }
      log.note(
        .missing(expected: "a query id or a prompt to line models up by"), file: bare.place.file,
        line: bare.place.line)
      return []
    }
    // Where ids tell equal prompts apart, the first of one model goes with the first of another.
    var met: [PromptKey: [ExactString: Int]] = [:]
    let keyed = answers.map { answer in
      guard let id = answer.id.map(ExactString.init), let hash = answer.prompt?.hash else {
        return (answer, 0)
      }
      let key = PromptKey(model: ExactString(answer.call.model ?? ""), hash: hash)
      if let occurrence = met[key]?[id] { return (answer, occurrence) }
      let occurrence = met[key]?.count ?? 0
      met[key, default: [:]][id] = occurrence
      return (answer, occurrence)
    }
    return Self.grouped(keyed, by: { PromptPlace(hash: $0.0.prompt?.hash, occurrence: $0.1) }).map { entry in
      let answers = entry.elements.map(\.0)
      return (answers[0].id ?? Self.name(of: answers[0]), answers)
    }
  }

  /// Whether the ids mean the same query for every model: all have one, and two models share one.
  private func sharesIDs(_ answers: [ImportedAnswer]) -> Bool {
    guard answers.allSatisfy({ $0.id != nil }) else { return false }
    var owners: [ExactString: ExactString] = [:]
    var models: Set<ExactString> = []
    for answer in answers {
      let model = ExactString(answer.call.model ?? "")
      models.insert(model)
      let owner = owners.updateValue(model, forKey: ExactString(answer.id ?? ""))
      if let owner, owner != model { return true }
    }
    return models.count == 1
  }

  private struct PromptKey: Hashable {
    let model: ExactString
    let hash: TextHash
  }

  private struct PromptPlace: Hashable {
    let hash: TextHash?
    let occurrence: Int
  }

  /// A name for a query that only its prompt tells apart.
  private static func name(of answer: ImportedAnswer) -> String {
    answer.workload + "/" + (answer.prompt?.hash.hexadecimal.prefix(12) ?? "")
  }

  /// Whether a name stands for queries of several workloads, so that all need the workload in front.
  private func workloadsToPrefix(_ answers: [ImportedAnswer]) -> Bool {
    var owners: [ExactString: ExactString] = [:]
    return answers.contains { answer in
      guard let id = answer.id else { return false }
      let workload = ExactString(answer.workload)
      let owner = owners.updateValue(workload, forKey: ExactString(id))
      return owner != nil && owner != workload
    }
  }

  // MARK: One query

  private func record(_ answers: [ImportedAnswer], name: String) -> QueryRecord {
    let first = answers[0]
    var record = QueryRecord(query: name, workload: first.workload)
    checkAgreement(answers, name: name)
    checkDuplicates(answers, name: name)
    record.group = answers.lazy.compactMap(\.group).first
    record.reference = answers.lazy.compactMap(\.reference).first
    switch answers.lazy.compactMap(\.prompt).first?.content {
    case .text(let text): record.prompt = text
    case .messages(let messages): record.messages = messages
    case nil: break
    }
    record.calls = answers.map(\.call)
    return record
  }

  private func checkAgreement(_ answers: [ImportedAnswer], name: String) {
    guard !allowsDifferentPrompts else { return }
    let asked = answers.filter { $0.prompt != nil }
    if let other = asked.first(where: { $0.prompt?.hash != asked[0].prompt?.hash }) {
      note("prompt", "differs", asked[0], other, name)
      return
    }
    let keyed = answers.filter { $0.reference != nil }
    if let other = keyed.first(where: { $0.reference != keyed[0].reference }) {
      note("reference", "differs", keyed[0], other, name)
    }
  }

  private func note(
    _ field: String, _ what: String, _ first: ImportedAnswer, _ other: ImportedAnswer, _ name: String
  ) {
    let found =
      "for the query \(ImportFault.quoted(name)) the \(field) of \(ImportFault.quoted(other.call.model ?? "")), "
      + "which \(what) from that of \(ImportFault.quoted(first.call.model ?? "")) at \(first.place)"
    log.note(
      .unfit(found: found, expected: "one \(field) for all models (or --allow-different-prompts)"),
      file: other.place.file, line: other.place.line, field: field)
  }

  private func checkDuplicates(_ answers: [ImportedAnswer], name: String) {
    var first: [ExactString: [Int32: ImportPlace]] = [:]
    for answer in answers {
      let model = ExactString(answer.call.model ?? "")
      guard
        let place = first[model, default: [:]].updateValue(answer.place, forKey: answer.call.sample)
      else { continue }
      let found =
        "a second answer of \(ImportFault.quoted(model.text)) to the query \(ImportFault.quoted(name)), "
        + "first at \(place)"
      log.note(
        .unfit(found: found, expected: "each answer once; leave one of the files or rows out"),
        file: answer.place.file, line: answer.place.line)
    }
  }

  // MARK: Differing query sets

  private mutating func remark(on queries: [[ImportedAnswer]], workload: ExactString) {
    var have: [ExactString: Int] = [:]
    var missing: [ExactString: [String]] = [:]
    var models: [ExactString] = []
    for query in queries {
      for model in Set(query.map { ExactString($0.call.model ?? "") }) {
        if have[model] == nil { models.append(model) }
        have[model, default: 0] += 1
      }
    }
    guard models.contains(where: { have[$0] != queries.count }) else { return }
    for query in queries {
      let present = Set(query.map { ExactString($0.call.model ?? "") })
      for model in models where !present.contains(model) {
        missing[model, default: []].append(query[0].id ?? Self.name(of: query[0]))
      }
    }
    for model in models.sorted() {
      guard let names = missing[model] else { continue }
      let examples = names.prefix(3).map(ImportFault.quoted).joined(separator: ", ")
      remarks.append(
        "\(workload.text): \(model.text) has \(have[model] ?? 0) of \(queries.count) queries; without e.g. "
          + examples)
    }
  }

  /// Elements by key, keys in order of first appearance.
  private static func grouped<Element, Key: Hashable>(
    _ elements: [Element], by key: (Element) -> Key
  ) -> [(key: Key, elements: [Element])] {
    var places: [Key: Int] = [:]
    var groups: [(key: Key, elements: [Element])] = []
    for element in elements {
      let key = key(element)
      if let place = places[key] {
        groups[place].elements.append(element)
      } else {
        places[key] = groups.count
        groups.append((key, [element]))
      }
    }
    return groups
  }
}
