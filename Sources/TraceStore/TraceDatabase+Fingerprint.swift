import Foundation
import GRDB

extension TraceDatabase {
  /// SHA-256 over the header without its name and the content of the queries in order of their names,
  /// hexadecimal: independent of the order of insertion and of the file's layout.
  package func fingerprint() throws -> String {
    let header = try header()
    return try translatingErrors {
      try queue.read { db in
        try check([.queries], db)
        var content = Data(InterchangeText.fingerprintedHeader(header))
        let rows = try BulkStatement(
          db, "SELECT sha256 FROM queries NOT INDEXED ORDER BY name COLLATE BINARY")
        while try rows.next() { rows.withBlob(0) { content.append(contentsOf: $0) } }
        return ContentHash.sha256(content)
      }
    }
  }
}
