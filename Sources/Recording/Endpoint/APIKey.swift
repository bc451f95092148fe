/// A secret. No description, dump or interpolation of it shows it.
package struct APIKey: Sendable {
  /// Only for the `Authorization` header and for keeping it out of messages.
  let secret: String

  /// The key held by an environment variable, spaces around it cut off; `nil` where it is not set, empty, or holds
  /// what no header can carry.
  package init?(variable: String, of environment: [String: String]) {
    guard let value = environment[variable] else { return nil }
    let secret = value.trimmingPrefix(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
    guard !secret.isEmpty,
      secret.allSatisfy({ $0.isASCII && !$0.isWhitespace && $0 > "\u{20}" && $0 != "\u{7F}" })
    else { return nil }
    self.secret = String(secret)
  }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "(secret)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
