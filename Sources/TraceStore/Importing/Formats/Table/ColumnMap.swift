import RoutingCore

/// What a column of a table means.
package enum TableField: String, CaseIterable, Sendable {
  case query, workload, group, prompt, reference, model, sample, text, answer, score
  case inputTokens = "input_tokens"
  case cachedInputTokens = "cached_input_tokens"
  case outputTokens = "output_tokens"
  case reasoningTokens = "reasoning_tokens"
  /// `reported` (else assumed) or `estimated`.
  case tokenSource = "token_source"
  case cost
  case firstTokenSeconds = "ttft_s"
  case firstTokenMilliseconds = "ttft_ms"
  case durationSeconds = "duration_s"
  case durationMilliseconds = "duration_ms"
  case finishReason = "finish_reason"
  case error
}

/// Which columns hold what: `--map query=id,text=answer`, or a preset.
///
/// A column is a name, or a path into JSON such as `response.choices[0].message.content`. With `*`, which stands
/// for a model's name, one row holds the answers of several models.
package struct ColumnMap: Sendable, Equatable {
  /// For each field the columns that may hold it; the first that a row has counts.
  var columns: [TableField: [String]] = [:]
  /// Rows are taken only where this column has this value.
  var only: (column: String, value: String)?
  /// What the rows are called, for messages.
  package var name = "--map"
  /// Whether `AIME_112` is a query of the workload AIME, where no column says the workload.
  var hasWorkloadInQuery = false
  /// Whether the path says dataset and model: `DATASET/SPLIT/MODEL/TIME.json`.
  var hasModelInPath = false

  /// Whether input tokens are counted without the cached ones.
  var hasCachedApart = false

  init() {}

  package static func == (left: ColumnMap, right: ColumnMap) -> Bool {
    left.columns == right.columns && left.name == right.name
  }

  /// Parses `FIELD=COLUMN,…`.
  ///
  /// - Throws: `ColumnMapError`.
  package init(_ text: String) throws(ColumnMapError) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let equals = part.firstIndex(of: "=") else { throw .noColumn(String(part)) }
      let key = String(part[..<equals])
      let column = String(part[part.index(after: equals)...])
      guard let field = TableField(rawValue: key) else {
        throw .unknownField(
          key, suggestion: NearMiss.suggestion(for: key, among: TableField.allCases.map(\.rawValue)))
      }
      guard !column.isEmpty else { throw .noColumn(key) }
      guard columns[field] == nil else { throw .repeated(key) }
      columns[field] = [column]
    }
    guard [.text, .score, .cost, .error].contains(where: { columns[$0] != nil }) else { throw .noAnswer }
  }

  /// Whether one row holds several models.
  var isWide: Bool { columns.values.joined().contains { $0.contains("*") } }
}

/// Why a `--map` is refused.
package enum ColumnMapError: Error, Equatable {
  case noColumn(String)
  case unknownField(String, suggestion: String?)
  case repeated(String)
  case noAnswer
  case unknownPreset(String, suggestion: String?)
}

extension ColumnMapError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noColumn(let part): "'\(part)' is not understood; expected FIELD=COLUMN, such as text=answer"
    case .unknownField(let name, let suggestion):
      "unknown field '\(name)'" + (suggestion.map { ", did you mean '\($0)'?" } ?? "")
        + "; expected one of: \(TableField.allCases.map(\.rawValue).joined(separator: ", "))"
    case .repeated(let name): "the field '\(name)' is given twice; expected each once"
    case .noAnswer: "no answer is mapped; expected at least text=COLUMN or score=COLUMN"
    case .unknownPreset(let name, let suggestion):
      "unknown preset '\(name)'" + (suggestion.map { ", did you mean '\($0)'?" } ?? "")
        + "; expected one of: \(ColumnMap.presets.map(\.name).joined(separator: ", "))"
    }
  }
}
