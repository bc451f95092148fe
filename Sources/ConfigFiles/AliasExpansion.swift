/// How large a YAML document may become when its aliases are written out.
///
/// A few lines of aliases of aliases stand for more values than any memory holds, and comparing two such keys takes
/// as long as reading them.
enum AliasExpansion {
  /// Values at most for each one written.
  static let limit = 1_000_000.0

  /// An upper bound: n anchors, each standing for the mean number of aliases that could stand in it.
  ///
  /// Marks within texts are counted too, which only matters to a text full of both.
  static func bound(_ text: String) -> Double {
    var anchors = 0.0
    var aliases = 0.0
    var previous = UInt8(ascii: "\n")
    var mark: UInt8?
    for byte in text.utf8 {
      if let begun = mark, isName(byte) {
        if begun == UInt8(ascii: "&") { anchors += 1 } else { aliases += 1 }
      }
      let mayBegin = " \t\n\r[{,:-?".utf8.contains(previous)
      mark = mayBegin && (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*")) ? byte : nil
      previous = byte
    }
    guard anchors > 0 else { return 1 }
    var bound = 1.0
    for _ in 0..<Int(min(anchors, 64)) { bound *= aliases / min(anchors, 64) + 1 }
    return bound
  }

  private static func isName(_ byte: UInt8) -> Bool { !" \t\n\r,[]{}".utf8.contains(byte) }
}
