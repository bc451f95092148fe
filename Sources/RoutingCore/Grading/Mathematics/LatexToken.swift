/// A piece of LaTeX that means something in an answer; spacing, sizes and dollar signs are left out.
enum LatexToken: Equatable {
  case number(ExactRational)
  /// A letter, or the name of a command that stands for one, such as `pi`.
  case symbol(String)
  /// A command with a meaning of its own, without its backslash.
  case command(String)
  /// `\text{…}`, trimmed and in lower case unless it is one letter.
  case text(String)
  /// One of `+-*/^_!=<>()[]{}|,;&` and of the marks `{` (`\{`: "set{"), `}` ("set}"), row breaks ("\\"),
  /// `<=`, `>=`, `!=`.
  case mark(String)
}
