/// Masks the key and the texts of a request in what a server says about it.
package struct Redactor {
  /// Bytes in a row that betray a text; shorter texts are masked where they stand whole.
  private static let window = 24
  private static let keyWindow = 8

  private let windows: [Int: Set<ArraySlice<UInt8>>]

  package init(key: APIKey?, messages: [ChatMessage]) {
    var windows: [Int: Set<ArraySlice<UInt8>>] = [:]
    func add(_ text: some StringProtocol, window: Int, shortest: Int = 4) {
      let bytes = Array(text.utf8)
      guard bytes.count >= shortest else { return }
      let length = min(window, bytes.count)
      for first in 0...(bytes.count - length) {
        windows[length, default: []].insert(bytes[first..<(first + length)])
      }
    }
    if let key { add(key.secret, window: Self.keyWindow) }
    for message in messages {
      add(message.content, window: Self.window)
      // Servers quote requests as JSON, where line feeds and quotes look different.
      for line in message.content.split(whereSeparator: { $0.isNewline || $0 == "\"" || $0 == "\\" }) {
        add(line, window: Self.window, shortest: 12)
      }
    }
    self.windows = windows
  }

  /// `text` on one line of at most `limit` characters, what is secret replaced by `…`; `nil` for nothing.
  package func masked(_ text: String?, limit: Int) -> String? {
    guard let text else { return nil }
    let bytes = Array(text.utf8.prefix(16_384))
    var isSecret = [Bool](repeating: false, count: bytes.count)
    for (length, secrets) in windows where length <= bytes.count {
      for first in 0...(bytes.count - length) where secrets.contains(bytes[first..<(first + length)]) {
        for index in first..<(first + length) { isSecret[index] = true }
      }
    }
    var shown: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if !isSecret[index] {
        shown.append(byte)
      } else if index == 0 || !isSecret[index - 1] {
        shown.append(contentsOf: "…".utf8)
      }
    }
    let words = String(decoding: shown, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    let line = words.joined(separator: " ")
    guard !line.isEmpty else { return nil }
    return line.count > limit ? line.prefix(limit - 1) + "…" : line
  }
}
