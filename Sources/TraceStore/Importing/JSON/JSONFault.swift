/// Why a line is not the JSON of RFC 8259 (strict: no duplicate keys, no lone surrogates, valid UTF-8).
package enum JSONFault: Error, Equatable {
  case endsEarly
  /// Something stands where a value, `,`, `:` or a closing mark belongs.
  case unexpected(String)
  case contentBehind
  case invalidUTF8
  case loneSurrogate
  case unknownEscape
  /// A line feed, tab or other byte below 0x20 inside a string.
  case controlCharacter(UInt8)
  case malformedNumber(String)
  case tooDeep(limit: Int)
  case duplicateKey(String)
}

extension JSONFault: CustomStringConvertible {
  /// "found …; expected …", without the place.
  package var description: String {
    switch self {
    case .endsEarly: "the JSON ends early; expected the rest of the object: the line or file was cut"
    case .unexpected(let text): "found \(text), which is no JSON there"
    case .contentBehind: "found more behind the JSON value; expected one a line, or one a document"
    case .invalidUTF8: "found bytes that are not UTF-8"
    case .loneSurrogate: "found half a surrogate pair; expected \\uD8xx followed by \\uDCxx"
    case .unknownEscape: #"found an unknown escape; expected \" \\ \/ \b \f \n \r \t or \uXXXX"#
    case .controlCharacter(let byte):
      "found the control character \(byte) in a string; expected it written as an escape"
    case .malformedNumber(let text): "found '\(text)'; expected a JSON number such as -1.5e3"
    case .tooDeep(let limit): "found more than \(limit) levels of nesting"
    case .duplicateKey(let key): "found the key '\(key)' twice in one object"
    }
  }
}
