/// A selector's or aggregator's id taken apart: `recorded:judge` is `recorded` with argument `judge`.
package struct ToolID {
  package let name: String
  package let argument: String?

  package init(_ id: String) {
    if let mark = id.utf8.firstIndex(of: UInt8(ascii: ":")) {
      name = String(id[..<mark])
      argument = String(id[id.utf8.index(after: mark)...])
    } else {
      name = id
      argument = nil
    }
  }
}

extension ToolID {
  /// The name of every tool whose calls are looked up in the trace, or made live.
  package static let recorded = "recorded"

  package static func recorded(_ tool: String) -> String { "\(recorded):\(tool)" }

  package static func isRecorded(_ id: String) -> Bool { ToolID(id).name == recorded }
}

/// What may stand after the colon of an id.
package enum ToolArgument: Sendable {
  case none
  /// Any name, e.g. of a recorded selector.
  case optional(String)
  case required(String)
  case oneOf([String])

  func accepts(_ argument: String?) -> Bool {
    switch self {
    case .none: argument == nil
    case .optional: argument?.isEmpty != true
    case .required: argument?.isEmpty == false
    case .oneOf(let names): argument.map(names.contains) ?? true
    }
  }

  var usage: String {
    switch self {
    case .none: ""
    case .optional(let what): "[:\(what)]"
    case .required(let what): ":\(what)"
    case .oneOf(let names): "[:\(names.joined(separator: "|"))]"
    }
  }

  var examples: [String] {
    switch self {
    case .none: [""]
    case .optional(let what): ["", what]
    case .required(let what): [what]
    case .oneOf(let names): [""] + names
    }
  }
}
