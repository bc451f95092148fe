import Crypto
import GRDB

/// The identity of a trace's content.
enum Fingerprint {
  /// SHA-256 over the canonical header without its name, then the digests of the queries by name.
  static func compute(_ database: Database) throws -> String {
    var encoder = InterchangeEncoder()
    encoder.encode(try HeaderStore.read(database), forFingerprint: true)
    var hash = SHA256()
    encoder.bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    let digests = try BulkStatement(database, "SELECT digest FROM queries ORDER BY name")
    while try digests.next() { digests.withBlob(0) { hash.update(bufferPointer: $0) } }
    return ContentHash(hash.finalize()).hexadecimal
  }
}
