import Foundation

extension TraceDatabase {
  /// Writes the trace in the interchange form, piece by piece.
  package func exportJSONLines(_ write: (_ bytes: [UInt8]) throws -> Void) throws {
    var encoder = InterchangeEncoder()
    encoder.encode(try header())
    try forEachQuery { query in
      encoder.encode(query)
      guard encoder.bytes.count >= 1 << 18 else { return }
      try write(encoder.bytes)
      encoder.clear()
    }
    try write(encoder.bytes)
  }
}
