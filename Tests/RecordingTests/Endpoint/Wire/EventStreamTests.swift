import Recording
import Testing

@Suite struct EventStreamTests {
  private func events(_ pieces: [String]) -> [String] {
    var stream = EventStream()
    var events = pieces.flatMap { stream.events(completedBy: $0.utf8) }
    if let rest = stream.rest() { events.append(rest) }
    return events.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "Events are what the standard says",
    arguments: [
      ("data: a\n\ndata: b\n\n", ["a", "b"]), ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
      ("data: a\r\rdata: b\r\r", ["a", "b"]), ("data: a\ndata: b\n\n", ["a\nb"]), ("data:a\n\n", ["a"]),
      ("data:  a\n\n", [" a"]), ("data\n\n", [""]), ("data:\n\n", [""]), (": comment\n\n", []),
      (":\ndata: a\n: more\n\n", ["a"]), ("event: x\nid: 1\nretry: 2\ndata: a\n\n", ["a"]),
      ("event: x\n\n", []),
      ("\u{FEFF}data: a\n\n", ["a"]), ("datax: a\n\n", []), ("data: a", ["a"]), ("data: a\n", ["a"]),
      ("", []),
      ("\n\n\n", []), ("data: größer\n\n", ["größer"]),
    ])
  func forms(text: String, expected: [String]) {
    #expect(events([text]) == expected)
  }

  @Test("Where the bytes are divided makes no difference")
  func divisions() {
    let bytes = Array("\u{FEFF}: hi\r\ndata: größer\r\ndata: 🙂\r\n\r\nevent: x\rdata: b\r\rdata: c\n\n".utf8)
    for cut in 0...bytes.count {
      var stream = EventStream()
      let events = stream.events(completedBy: bytes[..<cut]) + stream.events(completedBy: bytes[cut...])
      #expect(events.map { String(decoding: $0, as: UTF8.self) } == ["größer\n🙂", "b", "c"], "cut at \(cut)")
    }
  }
}
