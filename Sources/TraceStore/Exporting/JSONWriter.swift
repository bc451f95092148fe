import RoutingCore

/// Writes JSON into a growing buffer: no spaces, `"`, `\` and control characters escaped, the rest as it is.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  /// Whether a comma is due before the next key or element.
  private var needsComma = false

  /// Forgets what was written and keeps the memory.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  /// Ends a line of JSON Lines.
  mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  // MARK: Structure

  mutating func object(_ write: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "{"))
    write(&self)
    close(UInt8(ascii: "}"))
  }

  mutating func array<Element>(
    _ elements: some Sequence<Element>, _ write: (inout JSONWriter, Element) -> Void
  ) {
    open(UInt8(ascii: "["))
    for element in elements { write(&self, element) }
    close(UInt8(ascii: "]"))
  }

  /// Writes a key; the next thing written is its value.
  mutating func key(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  private mutating func open(_ mark: UInt8) {
    beginValue()
    bytes.append(mark)
    needsComma = false
  }

  private mutating func close(_ mark: UInt8) {
    bytes.append(mark)
    needsComma = true
  }

  private mutating func beginValue() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  // MARK: Values

  mutating func null() {
    beginValue()
    bytes.append(contentsOf: "null".utf8)
  }

  mutating func integer(_ value: Int64) {
    beginValue()
    appendDigits(value)
  }

  /// The shortest decimal of `value · 10^-places`.
  mutating func decimal(_ value: Int128, places: Int) {
    if value == 0 {
      integer(0)
    } else {
      beginValue()
      bytes.append(contentsOf: FixedPoint.text(value, places: places).utf8)
    }
  }

  mutating func raw(_ json: RawJSON) {
    beginValue()
    bytes.append(contentsOf: json.text.utf8)
  }

  mutating func string(_ text: String) {
    beginValue()
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var written = 0
      for position in utf8.indices
      where utf8[position] < 0x20 || utf8[position] == 0x22 || utf8[position] == 0x5C {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[written..<position]))
        appendEscape(utf8[position])
        written = position + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[written...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x22, 0x5C: bytes.append(byte)
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }

  private mutating func appendDigits(_ value: Int64) {
    if value >= 0, value < 10 {
      bytes.append(UInt8(ascii: "0") + UInt8(value))
    } else {
      bytes.append(contentsOf: String(value).utf8)
    }
  }
}
