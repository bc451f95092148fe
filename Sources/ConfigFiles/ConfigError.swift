/// Why a file that somebody wrote cannot be used.
package enum ConfigError: Error, Equatable {
  case unreadable(file: String, why: String)
  case empty(file: String)
  case tooLarge(file: String, limit: Int)
  /// Aliases that stand for more values than can be read.
  case tooManyAliases(file: String)
  case syntax(file: String, problem: String)
  case unexpected(file: String, line: Int, field: String, found: String, expected: String)
  /// A value that is understood and cannot be used.
  case invalid(file: String, line: Int, field: String, problem: String)
  case missing(file: String, line: Int, field: String, expected: String)
}

extension ConfigError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let file, let why): "\(file): \(why)"
    case .empty(let file): "\(file): holds nothing"
    case .tooManyAliases(let file):
      "\(file): too many aliases of aliases (*name); write the values out"
    case .tooLarge(let file, let limit): "\(file): larger than \(limit >> 20) MiB"
    case .syntax(let file, let problem): "\(file): \(problem)"
    case .unexpected(let file, let line, let field, let found, let expected):
      "\(file):\(line): \(field.isEmpty ? "the document" : field) is \(found); expected \(expected)"
    case .invalid(let file, let line, let field, let problem): "\(file):\(line): \(field): \(problem)"
    case .missing(let file, let line, let field, let expected):
      "\(file):\(line): \(field) is missing; expected \(expected)"
    }
  }
}
