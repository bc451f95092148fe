/// Writes a trace in the interchange format.
package enum JSONLinesExport {
  /// Bytes gathered before they are written.
  private static let chunk = 1 << 18

  /// The header, then one line per query in the order they were stored.
  ///
  /// Importing the result gives a trace of the same content, and exporting that the same bytes.
  package static func write(_ trace: TraceDatabase, to output: OutputFile) throws {
    var encoder = InterchangeEncoder()
    encoder.encode(try trace.header())
    try trace.forEachQuery { query in
      encoder.encode(query)
      if encoder.bytes.count >= chunk {
        try output.write(encoder.bytes)
        encoder.clear()
      }
    }
    try output.write(encoder.bytes)
  }
}
