/// The trace that examples in help texts use.
enum ExampleTrace {
  /// A line of examples: how it is made, from answers that come with the program.
  static let made = "lightreplay import traces/demo.jsonl --trace demo.sqlite  # once"
}
