/// What is wrong with one value of an input file, without the place.
///
/// Values are named by their kind, numbers and short names are quoted; prompts and answers never are.
package enum ImportFault: Sendable, Equatable {
  case malformed(JSONFault, column: Int)
  /// Another kind of value, or a number out of range.
  case unfit(found: String, expected: String)
  case missing(expected: String)
  case unknownKey(String, suggestion: String?)
  /// A key that belongs to other objects, such as `prefixes` in a merge.
  case misplacedKey(String, object: String)
  /// A name that is not among the header's models.
  case unknownModel(String, suggestion: String?)
  case repeated(name: String, first: String)
  case duplicateQuery(name: String, first: QueryPlace)
  /// Two calls of one query at the same coordinates.
  case duplicateCall(first: String)
  case secondHeader
  case noHeader
  case noQueries
  /// The rest of the file cannot be read; the error names the place itself.
  case unreadable(InputError)
  /// The header does not agree with the trace's.
  case otherHeader(found: String, inTrace: String)
  /// A file of another tool.
  case otherFormat(likely: String, wanted: String)
  /// A file that no importer reads, and what to do about it.
  case unread(String)

  /// Where a query came from.
  package enum QueryPlace: Sendable, Equatable {
    case line(file: String, line: Int)
    /// There with so many more of the import.
    case trace(others: Int)
  }
}

extension ImportFault {
  /// Whether the rest of the line could not be read.
  var endsLine: Bool {
    switch self {
    case .malformed, .secondHeader: true
    default: false
    }
  }
}

extension ImportFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let fault, let column): "column \(column): \(fault)"
    case .unfit(let found, let expected): "found \(found); expected \(expected)"
    case .missing(let expected): "missing; expected \(expected)"
    case .unknownKey(let key, let suggestion):
      "unknown key \(Self.quoted(key))" + Self.hint(suggestion)
        + "; what is not part of the format belongs under 'extra'"
    case .misplacedKey(let key, let object): "\(Self.quoted(key)) is not a key of \(object)"
    case .unknownModel(let name, let suggestion):
      "unknown model \(Self.quoted(name))" + Self.hint(suggestion)
        + "; expected a name from the header's models"
    case .repeated(let name, let first): "\(Self.quoted(name)) is named twice, first at \(first)"
    case .duplicateQuery(let name, .line(let file, let line)):
      "duplicate query \(Self.quoted(name)), first at \(file):\(line); expected each query once"
    case .duplicateQuery(let name, .trace(let others)):
      "the query \(Self.quoted(name)) is in the trace already"
        + (others == 0 ? "" : ", and so \(others == 1 ? "is 1 other" : "are \(others) others")")
        + "; expected new queries"
    case .duplicateCall(let first):
      "the same coordinates as \(first); expected each call once "
        + "(the same model or tool, sample, layer, members and boot budget mark the same call)"
    case .secondHeader: "a second header; expected one header, on line 1"
    case .noHeader:
      "no header; expected line 1 to be an object with \"format\":\"lightreplay.trace/1\""
    case .noQueries: "no query behind the header; expected at least one"
    case .unreadable(let error): error.description
    case .otherFormat(let likely, let wanted):
      "looks like a file of the format '\(likely)', not '\(wanted)'; try: lightreplay import \(likely) …"
    case .unread(let advice): advice
    case .otherHeader(let found, let inTrace): "found \(found), but the trace has \(inTrace)"
    }
  }

  /// A name between quotes, cut when long and without line breaks.
  package static func quoted(_ name: String) -> String {
    let scalars = name.unicodeScalars.prefix(60).map { $0.value < 0x20 ? "\u{FFFD}" : Character($0) }
    return "'" + String(scalars) + (name.unicodeScalars.count > 60 ? "…" : "") + "'"
  }

  private static func hint(_ suggestion: String?) -> String {
    suggestion.map { ", did you mean '\($0)'?" } ?? ""
  }
}

/// One fault with its place, as people read it: `file:line: field: what; expected …`.
package struct ImportProblem: Sendable, Equatable {
  package var file: String
  /// `nil` where the file as a whole is meant.
  package var line: Int?
  /// Such as `responses[2].score`.
  package var field: String?
  package var fault: ImportFault

  package init(file: String, line: Int?, field: String? = nil, fault: ImportFault) {
    self.file = file
    self.line = line
    self.field = field
    self.fault = fault
  }
}

extension ImportProblem: CustomStringConvertible {
  package var description: String {
    if case .unreadable = fault { return fault.description }
    let place = line.map { "\(file):\($0)" } ?? file
    return place + ": " + (field.map { $0 + ": " } ?? "") + fault.description
  }
}

/// An import that was given up: everything found wrong, at most `limit` problems.
package struct ImportFailure: Error, Equatable {
  /// Reading stops after so many problems.
  package static let limit = 20

  package var problems: [ImportProblem]
}

extension ImportFailure: CustomStringConvertible {
  package var description: String {
    let lines = problems.map(\.description)
    let more = problems.count >= Self.limit ? ["(stopped after \(Self.limit) problems)"] : []
    return (lines + more + ["nothing was imported"]).joined(separator: "\n")
  }
}
