import Crypto
import RoutingCore

/// What a query asks: a text or chat messages.
struct ImportedPrompt {
  enum Content {
    case text(String)
    case messages(RawJSON)
  }

  let content: Content
  /// Hash of the normalised prompt: models with the same one were asked the same.
  ///
  /// Spaces and line breaks count as one space each run, and not at the ends. A single message of a user counts
  /// as its text.
  let hash: TextHash

  init(text: String) {
    content = .text(text)
    hash = Self.hash(of: [("user", text)])
  }

  /// Chat messages: objects with a role and a content.
  init(messages: JSONNode) {
    let turns = (messages.elements ?? []).map { node in
      (node["role"]?.string ?? "user", node["content"].map(Self.text) ?? "")
    }
    content = .messages(messages.compact)
    hash = Self.hash(of: turns)
  }

  /// Messages of `role` and `content`.
  init(turns: [(role: String, content: String)]) {
    var writer = JSONWriter()
    writer.array(turns) { writer, turn in
      writer.object { writer in
        writer.key("role")
        writer.string(turn.role)
        writer.key("content")
        writer.string(turn.content)
      }
    }
    content = .messages(RawJSON(text: String(decoding: writer.bytes, as: UTF8.self)))
    hash = Self.hash(of: turns)
  }

  /// The text of a message's content: a string, or parts with a `text`.
  static func text(_ content: JSONNode) -> String {
    if let text = content.string { return text }
    guard let parts = content.elements else { return content.compact.text }
    return parts.map { $0["text"]?.string ?? $0["refusal"]?.string ?? "" }.joined()
  }

  private static func hash(of turns: [(role: String, content: String)]) -> TextHash {
    var hash = SHA256()
    for (role, content) in turns {
      // A lone user message is a plain prompt; the zero byte cannot come from a normalised text.
      hash.update(data: Array(role.utf8) + [0] + normalised(content) + [0])
    }
    return TextHash(hash.finalize())
  }

  /// The text's bytes, with one space for each run of spaces and none at the ends.
  static func normalised(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
      } else {
        bytes.append(byte)
      }
    }
    if bytes.last == 0x20 { bytes.removeLast() }
    return bytes
  }
}
