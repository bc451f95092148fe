/// The keys an object may have, at most 64, found by their bytes.
struct JSONKeyTable {
  private let names: [String]
  private let bytes: [UInt8]
  private let starts: [Int]

  init(_ names: [String]) {
    precondition(names.count <= 64, "which keys have been read is kept in 64 bits")
    self.names = names
    bytes = names.flatMap { Array($0.utf8) }
    starts = names.reduce(into: [0]) { starts, name in starts.append((starts.last ?? 0) + name.utf8.count) }
  }

  func name(_ index: Int) -> String { names[index] }

  var allNames: [String] { names }

  /// Where a key stands in the table; `expected` is looked at first.
  func index(of key: UnsafePointer<UInt8>, count: Int, expected: Int) -> Int? {
    for index in expected..<max(expected, names.count) where matches(index, key, count) { return index }
    for index in 0..<min(expected, names.count) where matches(index, key, count) { return index }
    return nil
  }

  func index(of key: String, expected: Int) -> Int? {
    var key = key
    return key.withUTF8 { utf8 in
      utf8.baseAddress.flatMap { index(of: $0, count: utf8.count, expected: expected) }
    }
  }

  private func matches(_ index: Int, _ key: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let first = starts[index]
    guard starts[index + 1] - first == count else { return false }
    for offset in 0..<count where bytes[first + offset] != key[offset] { return false }
    return true
  }
}
