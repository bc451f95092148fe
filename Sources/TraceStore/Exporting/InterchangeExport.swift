import Foundation

extension TraceDatabase {
  /// Writes the trace in the interchange form, piece by piece.
  package func exportJSONLines(_ write: (_ bytes: [UInt8]) throws -> Void) throws {
    try write(InterchangeText.line(try header()))
    var encoder = InterchangeEncoder()
    try forEachQuery { query in
      encoder.clear()
      encoder.encode(query)
      try write(encoder.bytes)
    }
  }
}
