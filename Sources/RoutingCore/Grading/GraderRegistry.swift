/// Every grader that needs nothing but the texts, by name. A new one is a file in `Graders` and a line in `entries`.
package enum GraderRegistry {
  package static let entries: [GraderEntry] = [
    ExactGrader.entry,
    NumberGrader.entry,
    ChoiceGrader.entry,
    MathGrader.entry,
    ContainsGrader.entry,
    RegexGrader.entry,
    TokenF1Grader.entry,
    RougeLGrader.entry,
  ]
}

/// One line of a list of graders.
package struct GraderEntry: Sendable {
  package let name: String
  /// What it scores, in a few words.
  package let summary: String
  /// What must follow the name, e.g. `PATTERN`; `nil` = nothing may.
  package let arguments: String?
  /// What the one argument is, in a word; `nil` = none, or any number of them may follow.
  package let onlyArgument: String?
  package let takesIgnoreCase: Bool
  private let build: @Sendable (GraderOptions) throws(GraderError) -> any AnswerGrader

  package init(
    name: String, summary: String, arguments: String? = nil, onlyArgument: String? = nil,
    takesIgnoreCase: Bool = false,
    build: @escaping @Sendable (GraderOptions) throws(GraderError) -> any AnswerGrader
  ) {
    self.name = name
    self.summary = summary
    self.arguments = arguments
    self.onlyArgument = onlyArgument
    self.takesIgnoreCase = takesIgnoreCase
    self.build = build
  }

  package var usage: String { arguments.map { "\(name) \($0)" } ?? name }

  package func grader(_ options: GraderOptions) throws(GraderError) -> any AnswerGrader {
    if let arguments {
      guard !options.arguments.isEmpty else { throw .missingArguments(grader: name, expected: arguments) }
      if let onlyArgument, options.arguments.count > 1 {
        throw .needlessArguments(grader: name, takes: "one \(onlyArgument)", found: options.arguments)
      }
    } else if let first = options.arguments.first {
      throw .needlessArgument(grader: name, argument: first)
    }
    if options.ignoresCase, !takesIgnoreCase { throw .needlessIgnoreCase(grader: name) }
    return try build(options)
  }
}

/// What a grader can be told.
package struct GraderOptions: Sendable, Equatable {
  /// What follows the grader's name.
  package var arguments: [String]
  package var ignoresCase: Bool
  /// For graders outside the program: how long one text may take.
  package var timeoutSeconds: Double

  package init(arguments: [String] = [], ignoresCase: Bool = false, timeoutSeconds: Double = 30) {
    self.arguments = arguments
    self.ignoresCase = ignoresCase
    self.timeoutSeconds = timeoutSeconds
  }
}

/// Why a grader cannot be made.
package enum GraderError: Error, Equatable {
  case missingArguments(grader: String, expected: String)
  case needlessArgument(grader: String, argument: String)
  /// More of them than it takes: words of one argument that were not quoted, perhaps.
  case needlessArguments(grader: String, takes: String, found: [String])
  case needlessIgnoreCase(grader: String)
  case badPattern(String, reason: String)
  /// A program that cannot be started, or never gives a score.
  case badProgram(String, reason: String)
}

extension GraderError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missingArguments(let grader, let expected):
      "grader '\(grader)' needs \(expected) behind its name"
    case .needlessArgument(let grader, let argument):
      "grader '\(grader)' takes no argument; found '\(argument)'"
    case .needlessArguments(let grader, let takes, let found):
      """
      \(grader) takes \(takes); found \(found.count): \(found.map { "'\($0)'" }.joined(separator: ", ")) \
      (quote what holds spaces)
      """
    case .needlessIgnoreCase(let grader): "grader '\(grader)' takes no --ignore-case"
    case .badPattern(let pattern, let reason): "'\(pattern)' is no regular expression: \(reason)"
    case .badProgram(let program, let reason): "'\(program)': \(reason); nothing was graded"
    }
  }
}
