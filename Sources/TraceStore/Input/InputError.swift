/// Why bytes could not be read from an input file.
package enum InputError: Error, Equatable {
  case cannotOpen(file: String, reason: String)
  case cannotRead(file: String, reason: String)
  /// The compressed stream ends before its end mark; `line` is the last line begun.
  case truncated(file: String, line: Int, codec: Codec)
  /// The compressed stream is damaged.
  case corrupt(file: String, line: Int, codec: Codec)
  case lineTooLong(file: String, line: Int, limit: Int)
  /// A document that is read as a whole.
  case documentTooLong(file: String, limit: Int)
  /// A zip archive, or a member of it, that is damaged or not what it claims to be.
  case archive(file: String, ZipFault)

  /// How a file is compressed, recognised by its first bytes.
  package enum Codec: String, Sendable {
    case gzip
    case zstandard = "Zstandard"
  }
}

extension InputError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cannotOpen(let file, let reason):
      "\(file): cannot be opened: \(reason)"
    case .cannotRead(let file, let reason):
      "\(file): cannot be read: \(reason)"
    case .truncated(let file, let line, let codec):
      "\(file):\(line): the \(codec.rawValue) data ends early; expected its end mark. "
        + "The file was cut: copy or download it again"
    case .corrupt(let file, let line, let codec):
      "\(file):\(line): the \(codec.rawValue) data is damaged; copy or download the file again"
    case .lineTooLong(let file, let line, let limit):
      "\(file):\(line): the line is longer than \(limit >> 20) MiB; expected one query per line"
    case .documentTooLong(let file, let limit):
      "\(file): larger than \(limit >> 20) MiB unpacked; expected a document that can be read as a whole"
    case .archive(let file, let fault): "\(file): \(fault)"
    }
  }
}
