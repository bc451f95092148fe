/// Why a zip archive is refused.
package enum ZipFault: Error, Equatable {
  case noArchive
  case cut
  case damaged(String)
  case unsupported(String)
  case checksum(member: String)
  /// More than may be unpacked, or far more than its compressed size explains.
  case bomb(String)
}

extension ZipFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noArchive: "no zip archive; expected one, with its directory at the end (a cut file has none)"
    case .cut: "the zip archive ends early; copy or download it again"
    case .damaged(let what): "the zip archive is damaged: \(what)"
    case .unsupported(let what): "\(what); expected stored, deflate or Zstandard members without encryption"
    case .checksum(let member): "the checksum of \(member) is wrong; copy or download the archive again"
    case .bomb(let what): "\(what); refused, as unpacking it could fill the memory"
    }
  }
}
