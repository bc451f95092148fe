/// Reads records of comma-separated values (RFC 4180) one by one; also with tabs or semicolons.
///
/// Quoted fields may hold line breaks. A byte order mark, carriage returns before line ends and blank lines are
/// accepted.
final class CSVReader {
  struct Record {
    let fields: [String]
    /// Where it begins.
    let line: Int
  }

  /// What is wrong with a record, with its line. Reading cannot go on behind it.
  struct Fault: Error {
    let line: Int
    let fault: ImportFault
  }

  private enum State {
    case start, plain, quoted, afterQuote
  }

  let reader: LineReader
  private let delimiter: UInt8
  private var state = State.start
  private var field: [UInt8] = []
  private var fields: [String] = []
  private var length = 0

  init(path: String, delimiter: UInt8) throws(InputError) {
    reader = try LineReader(path: path)
    self.delimiter = delimiter
  }

  /// The delimiter that stands most often outside quotes in a table's first line.
  static func delimiter(of line: String) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in line.utf8 {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
    return candidates.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) } ?? candidates[0]
  }

  /// The next record; `nil` at the end.
  ///
  /// - Throws: `Fault` or `InputError`.
  func next() throws -> Record? {
    var first = 0
    while true {
      let isComplete = try reader.next { [self] line -> Bool? in
        if first == 0 { first = reader.line }
        return try take(line)
      }
      guard let isComplete else {
        guard state == .start, fields.isEmpty else {
          throw fault(first, "a quoted field that is never closed")
        }
        return nil
      }
      // `nil`: a blank line.
      guard let isComplete else {
        first = 0
        continue
      }
      guard isComplete else { continue }
      defer { (fields, length) = ([], 0) }
      return Record(fields: fields, line: first)
    }
  }

  /// Takes a line; returns whether the record is complete, `nil` for a blank line between records.
  private func take(_ line: UnsafeBufferPointer<UInt8>) throws -> Bool? {
    if state == .start, fields.isEmpty, line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { return nil }
    length += line.count
    guard length <= LineReader.limit else {
      throw InputError.lineTooLong(file: reader.file, line: reader.line, limit: LineReader.limit)
    }
    for (index, byte) in line.enumerated() {
      // Before the line's end a carriage return is part of it.
      if byte == 0x0D, index == line.count - 1, state != .quoted { break }
      try take(byte)
    }
    if state == .quoted {
      field.append(0x0A)
      return false
    }
    try endField()
    return true
  }

  private func take(_ byte: UInt8) throws {
    let isQuote = byte == UInt8(ascii: "\"")
    switch state {
    case .start where isQuote: state = .quoted
    case .quoted where isQuote: state = .afterQuote
    case .afterQuote where isQuote:
      field.append(byte)
      state = .quoted
    case .start where byte == delimiter, .plain where byte == delimiter, .afterQuote where byte == delimiter:
      try endField()
    case .quoted: field.append(byte)
    case .start, .plain:
      guard !isQuote else { throw fault(reader.line, "a quote inside a field without quotes") }
      field.append(byte)
      state = .plain
    case .afterQuote: throw fault(reader.line, "text behind a closing quote")
    }
  }

  private func endField() throws {
    let isValid = field.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { UTF8Validation.isValid($0, count: bytes.count) } ?? true
    }
    guard isValid else { throw fault(reader.line, "bytes that are not UTF-8") }
    fields.append(String(decoding: field, as: UTF8.self))
    field.removeAll(keepingCapacity: true)
    state = .start
  }

  private func fault(_ line: Int, _ found: String) -> Fault {
    Fault(
      line: line,
      fault: .unfit(
        found: found,
        expected: "CSV in UTF-8: fields with quotes, separators or line breaks between quotes, quotes doubled"
      ))
  }
}
