/// Reads other tools' files: JSON documents as a whole, JSON Lines one by one.
struct RecordFile {
  let path: String
  let log: FaultLog

  /// The document, without the values of keys in `skipped`; `nil`, and noted, when it is no JSON.
  func document(skipping skipped: Set<String> = []) throws(InputError) -> RecordField? {
    Self.document(try DocumentBytes(path: path), file: path, log: log, skipping: skipped)
  }

  static func document(
    _ bytes: DocumentBytes, file: String, log: FaultLog, skipping skipped: Set<String> = []
  ) -> RecordField? {
    guard !bytes.isEmpty else {
      log.note(.missing(expected: "a JSON document; the file is empty"), file: file, line: nil)
      return nil
    }
    return bytes.withBytes { bytes in
      var cursor = JSONCursor(document: bytes)
      do throws(JSONFault) {
        let node = try cursor.node(skipping: skipped)
        try cursor.finish()
        return RecordField(node, file: file, log: log)
      } catch {
        log.note(.malformed(error, column: cursor.column), file: file, line: cursor.line)
        return nil
      }
    }
  }

  /// Calls `body` with the record of every line that is not blank. Lines that are no JSON are noted.
  ///
  /// - Throws: `InputError`, and what `body` throws.
  func lines(
    to sink: any ImportSink, skipping skipped: Set<String> = [], _ body: (RecordField) throws -> Void
  ) throws {
    let reader = try LineReader(path: path)
    var isEmpty = true
    while let record = try reader.next({ record($0, reader.line, skipped) }) {
      if record.isBlank { continue }
      isEmpty = false
      if let node = record.node { try body(RecordField(node, file: reader.file, log: log)) }
      try log.flush(to: sink)
      if reader.line % 64 == 0 { sink.progress(bytes: reader.bytesRead, of: reader.size) }
    }
    if isEmpty {
      log.note(.missing(expected: "a record a line; the file is empty"), file: reader.file, line: nil)
      try log.flush(to: sink)
    }
  }

  private func record(
    _ line: UnsafeBufferPointer<UInt8>, _ number: Int, _ skipped: Set<String>
  ) -> (isBlank: Bool, node: JSONNode?) {
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return (true, nil) }
    var cursor = JSONCursor(line: line, number: number)
    do throws(JSONFault) {
      let node = try cursor.node(skipping: skipped)
      try cursor.finish()
      return (false, node)
    } catch {
      log.note(.malformed(error, column: cursor.column), file: path, line: number)
      return (false, nil)
    }
  }
}
