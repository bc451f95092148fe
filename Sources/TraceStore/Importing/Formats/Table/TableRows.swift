import Foundation
import RoutingCore

/// Takes the rows of one table.
final class TableRows {
  private let map: ColumnMap
  private let path: String
  private let collection: AnswerCollection
  /// Columns that had a value in some row.
  private var met: Set<String> = []
  private var columns: Set<String> = []
  private var models: [String] = []
  /// Where rows would say the model, had they one; the first of them.
  private var withoutModel: [RecordField] = []
  private var rows = 0

  init(map: ColumnMap, path: String, collection: AnswerCollection) {
    self.map = map
    self.path = path
    self.collection = collection
  }

  func take(_ row: RecordField) {
    rows += 1
    guard row.node?.members != nil else { return row.noteUnfit(expected: "a row: an object of columns") }
    if let only = map.only, row[only.column].exists, row[only.column].label() != only.value {
      return collection.leaveOut("rows whose \(only.column) is not \(only.value)", at: row.place)
    }
    for name in row.node?.members?.map(\.key) ?? [] where columns.insert(name).inserted { meet(name) }
    guard map.isWide else { return take(row, model: nil) }
    for model in models { take(row, model: model) }
  }

  /// Notes what the map names and no row has.
  ///
  /// - Parameter isExplicit: whether the map was given, so that all of it must be there.
  func finish(isExplicit: Bool) {
    guard rows > 0 else {
      // A fault ahead of the first row says more.
      guard collection.log.isEmpty else { return }
      return collection.log.note(.missing(expected: "rows behind the column names"), file: path, line: nil)
    }
    if map.isWide, models.isEmpty {
      let expected = "columns of models, such as MODEL|model_response for text=*|model_response"
      collection.log.note(.unfit(found: "none that fits the map", expected: expected), file: path, line: nil)
    }
    if isExplicit, map.name == "--map" { noteUnmetColumns() }
    noteMissingModels()
  }

  private func noteUnmetColumns() {
    for field in TableField.allCases {
      guard let column = map.columns[field]?.first, !column.contains("*"), !met.contains(column) else {
        continue
      }
      let hint =
        NearMiss.suggestion(for: column, among: ExactString.sorted(columns))
        .map { ", did you mean '\($0)'?" } ?? ""
      collection.log.note(
        .unfit(
          found: "no row with a value in the column \(ImportFault.quoted(column))" + hint,
          expected: "the column of \(field.rawValue)"), file: path, line: nil)
    }
  }

  /// Row by row where others have a model, once where none has, and not at all where its column is not there.
  private func noteMissingModels() {
    let isMet = map.columns[.model]?.contains(where: met.contains) == true
    guard isMet || collection.log.isEmpty else { return }
    for field in isMet ? withoutModel : Array(withoutModel.prefix(1)) {
      field.note(.missing(expected: "the model's name (map model=COLUMN, or --model NAME)"))
    }
  }

  // MARK: Wide tables

  /// A column of a wide table may tell a model's name.
  private func meet(_ column: String) {
    for pattern in map.columns.values.joined() where pattern != "*" {
      guard let star = pattern.firstIndex(of: "*") else { continue }
      let prefix = pattern[..<star]
      let suffix = pattern[pattern.index(after: star)...]
      guard column.hasPrefix(prefix), column.hasSuffix(suffix), column.count > prefix.count + suffix.count
      else { continue }
      let model = String(column.dropFirst(prefix.count).dropLast(suffix.count))
      if !models.contains(model) { models.append(model) }
    }
  }

  // MARK: One answer

  private func take(_ row: RecordField, model: String?) {
    func value(_ field: TableField) -> RecordField { self.value(field, in: row, model: model) }
    guard let name = model ?? collection.options.model ?? modelInPath ?? value(.model).label("a model's name")
    else {
      // What the other columns hold counts as met.
      for field in TableField.allCases { _ = value(field) }
      if withoutModel.count < ImportFailure.limit { withoutModel.append(value(.model)) }
      return
    }
    let query = value(.query).label("a query's id")
    let workload = workload(value(.workload).label("a workload's name"), query)
    var answer = ImportedAnswer(
      workload: workload, id: query.map { map.hasModelInPath ? "\(placePrefix)\($0)" : $0 }, model: name,
      place: row.place)
    answer.group = value(.group).label()
    answer.prompt = prompt(value(.prompt))
    answer.reference = reference(value(.reference))
    answer.call.sample = value(.sample).index("a sample number from 0") ?? 0
    answer.call.text = value(.text).anyText()
    answer.call.answer = value(.answer).label("an answer")
    answer.call.score = value(.score).score(collection.options.scoreRange)
    answer.call.error = error(value(.error))
    answer.call.finishReason = value(.finishReason).label()
    setUsage(&answer, value)
    if answer.call.text == nil, answer.call.score == nil, answer.call.error == nil {
      return collection.leaveOut("rows without a text, score or error", at: row.place)
    }
    collection.add(answer)
  }

  private func setUsage(_ answer: inout ImportedAnswer, _ value: (TableField) -> RecordField) {
    var input = value(.inputTokens).tokens()
    let cached = value(.cachedInputTokens).tokens()
    if map.hasCachedApart, let rest = input, let cached {
      input = Int32(exactly: Int64(rest) + Int64(cached))
    }
    answer.setTokens(
      input: input, cached: cached, output: value(.outputTokens).tokens(),
      reasoning: value(.reasoningTokens).tokens(), source: source(value(.tokenSource)))
    answer.call.cost = value(.cost).cost()
    answer.call.timeToFirstToken =
      value(.firstTokenSeconds).time() ?? value(.firstTokenMilliseconds).time(isMilliseconds: true)
    answer.call.duration =
      value(.durationSeconds).time() ?? value(.durationMilliseconds).time(isMilliseconds: true)
  }

  private func source(_ field: RecordField) -> TokenSource {
    guard let text = field.text() else { return .reported }
    if TokenSource(rawValue: text) == nil { field.noteUnfit(expected: "'reported' or 'estimated'") }
    return TokenSource(rawValue: text) ?? .reported
  }

  /// A text, or chat messages as JSON.
  private func prompt(_ field: RecordField) -> ImportedPrompt? {
    guard let node = field.node else { return nil }
    let parsed = node.string.flatMap { $0.hasPrefix("[") ? JSONNode(parsing: $0) : nil } ?? node
    if let turns = parsed.elements, !turns.isEmpty, turns.allSatisfy({ $0["role"]?.string != nil }) {
      return ImportedPrompt(messages: parsed)
    }
    return ImportedPrompt(text: node.string ?? node.compact.text)
  }

  private func reference(_ field: RecordField) -> String? {
    field.node?.elements == nil ? field.label() : field.anyText()
  }

  private func error(_ field: RecordField) -> RawJSON? {
    guard let node = field.node else { return nil }
    switch node.value {
    case .bool(false): return nil
    case .string(""): return nil
    case .string, .object: return node.compact
    default: return JSONNode(value: .string(node.compact.text), line: node.line).compact
    }
  }

  // MARK: Where a row belongs

  private func workload(_ column: String?, _ query: String?) -> String {
    if let given = collection.options.workload ?? column { return given }
    if map.hasModelInPath, let dataset = pathParts.dropLast(3).last { return dataset }
    if map.hasWorkloadInQuery, let query, let mark = query.lastIndex(of: "_"), mark > query.startIndex {
      return String(query[..<mark])
    }
    return TableImporter.name
  }

  /// `…/DATASET/SPLIT/MODEL/TIME.json`
  private var pathParts: [String] { URL(fileURLWithPath: path).standardizedFileURL.pathComponents }

  private var modelInPath: String? { map.hasModelInPath ? pathParts.dropLast().last : nil }

  private var placePrefix: String {
    pathParts.dropLast(2).suffix(2).map { $0 + "/" }.joined()
  }

  // MARK: Columns

  /// The first column of a field that the row has; a path into JSON where no column has that name.
  private func value(_ field: TableField, in row: RecordField, model: String?) -> RecordField {
    let names = map.columns[field] ?? []
    for name in names {
      let column = model.map { name.replacingOccurrences(of: "*", with: $0) } ?? name
      let value = row[column].exists ? row[column] : inner(column, of: row)
      guard value.exists else { continue }
      met.insert(name)
      return value
    }
    return row[names.first ?? field.rawValue + " (no column)"]
  }

  private func inner(_ path: String, of row: RecordField) -> RecordField {
    guard path.contains(where: { $0 == "." || $0 == "[" }) else { return row[path] }
    var field = row
    for step in path.split(whereSeparator: { $0 == "." || $0 == "[" }) {
      field = unpacked(field)
      if step.hasSuffix("]") {
        guard let index = Int(step.dropLast()), let elements = field.node?.elements,
          elements.indices.contains(index)
        else { return row[path] }
        field = field.elements()[index]
      } else {
        field = field[String(step)]
      }
    }
    return field
  }

  /// JSON that stands as text in a cell.
  private func unpacked(_ field: RecordField) -> RecordField {
    guard let text = field.node?.string, let first = text.utf8.first, first == 0x7B || first == 0x5B,
      let node = JSONNode(parsing: text)
    else { return field }
    return RecordField(
      node: node, path: field.path, file: field.file, line: field.line, log: field.log, isText: field.isText)
  }
}
