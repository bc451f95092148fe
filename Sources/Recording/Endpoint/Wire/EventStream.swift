/// Takes server-sent events out of bytes that arrive in any pieces (WHATWG HTML, "Server-sent events").
///
/// Lines end with LF, CRLF or CR; comments and fields other than `data` are skipped; several `data` lines of one
/// event are joined by line feeds.
package struct EventStream {
  private var line: [UInt8] = []
  private var data: [UInt8]?
  private var isFirstLine = true
  private var endedWithCarriageReturn = false

  package init() {}

  /// The data of the events that `bytes` complete.
  package mutating func events(completedBy bytes: some Sequence<UInt8>) -> [[UInt8]] {
    var events: [[UInt8]] = []
    for byte in bytes {
      defer { endedWithCarriageReturn = byte == 0x0D }
      switch byte {
      case 0x0A where endedWithCarriageReturn: break
      case 0x0A, 0x0D: if let event = endLine() { events.append(event) }
      default: line.append(byte)
      }
    }
    return events
  }

  /// What stands unfinished at the end of the stream: some servers leave out the last empty line.
  package mutating func rest() -> [UInt8]? {
    defer { data = nil }
    return endLine() ?? data
  }

  /// The event that an empty line ends.
  private mutating func endLine() -> [UInt8]? {
    defer { line.removeAll(keepingCapacity: true) }
    if isFirstLine {
      isFirstLine = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    }
    if line.isEmpty {
      defer { data = nil }
      return data
    }
    let field = line.prefix { $0 != UInt8(ascii: ":") }
    guard field.elementsEqual("data".utf8) else { return nil }
    var value = line.dropFirst(field.count + 1)
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    if data == nil { data = Array(value) } else { data?.append(contentsOf: [0x0A] + value) }
    return nil
  }
}
