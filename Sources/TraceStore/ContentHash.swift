import Crypto
package import Foundation
package import RoutingCore

/// SHA-256 of some bytes: the hash by which texts, traces and price books are known.
///
/// Which bytes stand for a whole trace is decided elsewhere (`TraceDatabase.fingerprint`), as are the hashes that texts
/// are stored under (`TextHash`) and the sums that show damage (`RowSum`).
package enum ContentHash {
  /// Hexadecimal.
  package static func sha256(_ data: some DataProtocol) -> String { hex(SHA256.hash(data: data)) }

  /// What replay needs of the hash of a query or group id.
  package static func identity(_ id: String) -> IdentityDigest {
    IdentityDigest(sha256: SHA256.hash(data: Data(id.utf8)))
  }

  static func bytes(_ data: some DataProtocol) -> Data { Data(SHA256.hash(data: data)) }

  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
