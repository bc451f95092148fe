import RoutingCore

/// The two lines of the `command` protocol.
///
/// To the program, on standard input, one line per text:
/// ```json
/// {"id":1,"query":"q1","workload":"w","role":"responses","model":"m1","prompt":"…","reference":"18","text":"…"}
/// ```
/// From it, on standard output, one line per text, in order, flushed:
/// ```json
/// {"id":1,"score":0.5,"answer":"17"}
/// ```
/// `answer` may be left out; `{"id":1,"error":"why"}` says that this text cannot be scored. Other keys are
/// ignored.
enum ScorerLines {
  /// A line with its line feed. What is not recorded is left out.
  static func request(_ item: GradingItem, id: Int64) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("id")
      writer.integer(id)
      for (key, value) in [
        ("query", item.query), ("workload", item.workload), ("role", item.role.key), ("model", item.model),
        ("prompt", item.prompt), ("reference", item.reference), ("text", item.text),
      ] {
        guard let value else { continue }
        writer.key(key)
        writer.string(value)
      }
    }
    writer.endLine()
    return writer.bytes
  }

  enum Verdict: Equatable {
    case grade(Grade)
    /// The program says that it cannot score this text.
    case refusal(String)
    /// It said something else.
    case unreadable(String)
  }

  static func verdict(_ line: [UInt8], id: Int64) -> Verdict {
    let padded = line + [UInt8](repeating: 0, count: LineReader.padding)
    return padded.withUnsafeBufferPointer { bytes in
      var cursor = JSONCursor(line: UnsafeBufferPointer(rebasing: bytes.dropLast(LineReader.padding)))
      do throws(JSONFault) {
        return try read(&cursor, id)
      } catch {
        return .unreadable("its line is no JSON object: \(error)")
      }
    }
  }

  private static let keys = JSONKeyTable(["id", "score", "answer", "error"])

  private static func read(_ cursor: inout JSONCursor, _ id: Int64) throws(JSONFault) -> Verdict {
    var found: (id: Int64?, answer: String?, error: String?)
    var score: String?
    var scope = try cursor.openObject()
    while let key = try cursor.nextKey(&scope, of: keys) {
      let kind = try cursor.peek()
      switch (key, kind) {
      case (.known(0), .number): found.id = cursor.whole(try cursor.number())
      case (.known(1), .number): score = cursor.text(of: try cursor.number())
      case (.known(2), .string): found.answer = try cursor.string()
      case (.known(3), .string): found.error = try cursor.string()
      case (.known(2), .null), (.known(3), .null), (.unknown, _): try cursor.skipValue()
      case (.known(let index), _):
        let expected = ["a whole number", "a number", "a string or null", "a string or null"][index]
        return .unreadable("'\(keys.name(index))' has a value of another kind; expected \(expected)")
      }
    }
    try cursor.finish()
    guard found.id == id else { return .unreadable("its line answers another 'id' than the one asked") }
    if let error = found.error { return .refusal(ImportFault.quoted(error)) }
    guard let score else { return .unreadable("its line has neither 'score' nor 'error'") }
    guard let value = Score(decimal: score) else {
      return .unreadable("its score is \(score); expected 0 to 1")
    }
    return .grade(Grade(answer: found.answer, score: value))
  }
}
