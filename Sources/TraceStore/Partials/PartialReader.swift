import Crypto
import RoutingCore

/// Reads the lines of a partial and checks that they fit together.
struct PartialReader {
  private let path: String
  private var hash = SHA256()
  private var header: PartialHeader?
  private var policyCount = 0
  private var workloads: [PartialWorkload] = []
  private var pattern: OpenPattern?
  private var isComplete = false

  init(path: String) { self.path = path }

  /// The first line.
  mutating func readHeader(_ line: UnsafeBufferPointer<UInt8>) throws {
    if line.starts(with: "SQLite format 3".utf8) { throw PartialFileError.isTrace(path) }
    var cursor = JSONCursor(line: line)
    guard let node = try? cursor.node(), (try? cursor.finish()) != nil,
      let format = node["format"]?.string, format.hasPrefix("lightreplay.partial/")
    else { throw PartialFileError.notAPartial(path) }
    guard format == PartialFile.format else { throw PartialFileError.newer(path, format: format) }
    guard let header = PartialHeader(node) else { throw PartialFileError.damaged(path, line: 1) }
    self.header = header
    policyCount = header.grid.policies.count
    update(line)
  }

  /// Every other line.
  mutating func readLine(_ line: UnsafeBufferPointer<UInt8>, number: Int) throws {
    let damaged = PartialFileError.damaged(path, line: number)
    guard !isComplete else { throw damaged }
    var cursor = JSONCursor(line: line)
    do {
      var scope = try cursor.openObject()
      guard case .unknown(let key) = try cursor.nextKey(&scope, of: .empty) else { throw damaged }
      let isTaken: Bool
      switch key {
      case "end": isTaken = try takeEnd(cursor.node(), number: number)
      case "workload": isTaken = try takeWorkload(cursor.node())
      case "pattern": isTaken = try takePattern(cursor.node())
      case "policy": isTaken = try takePolicy(cursor.node())
      default: isTaken = try pattern?.append(Self.integers(&cursor), to: key) ?? false
      }
      guard isTaken, try cursor.nextKey(&scope, of: .empty) == nil else { throw damaged }
      try cursor.finish()
    } catch is JSONFault {
      throw damaged
    }
    update(line)
  }

  /// The whole partial, after the line given.
  func finish(line: Int) throws(PartialFileError) -> PartialSweep {
    guard isComplete, let header else { throw .truncated(path, line: line) }
    return PartialSweep(header: header, workloads: workloads)
  }

  private mutating func update(_ line: UnsafeBufferPointer<UInt8>) {
    hash.update(bufferPointer: UnsafeRawBufferPointer(line))
    hash.update(data: [UInt8(ascii: "\n")])
  }

  private mutating func takeEnd(_ node: JSONNode, number: Int) -> Bool {
    guard closePattern(), node["lines"]?.whole == Int128(number - 1),
      node["sha256"]?.string == ContentHash.hex(hash.finalize())
    else { return false }
    isComplete = true
    return true
  }

  private mutating func takeWorkload(_ node: JSONNode) -> Bool {
    guard closePattern(), let name = node["name"]?.string,
      let rows = node["queries"]?.whole.flatMap({ Int(exactly: $0) }),
      let covered = node["covered"]?.integers?.compactMap({ Int(exactly: $0) }), covered.count == policyCount,
      let flat = node["gaps"]?.integers, flat.count % 3 == 0
    else { return false }
    var gaps = [[Gap: Int]](repeating: [:], count: policyCount)
    for start in stride(from: 0, to: flat.count, by: 3) {
      guard let policy = Int(exactly: flat[start]), gaps.indices.contains(policy),
        let gap = UInt32(exactly: flat[start + 1]).flatMap(Gap.init(rawValue:)),
        let count = Int(exactly: flat[start + 2])
      else { return false }
      gaps[policy][gap] = count
    }
    workloads.append(
      PartialWorkload(name: name, rows: rows, covered: covered, gaps: gaps, patterns: []))
    return true
  }

  private mutating func takePattern(_ node: JSONNode) -> Bool {
    guard closePattern(), !workloads.isEmpty, let header,
      let open = OpenPattern(node, header: header, policyCount: policyCount)
    else { return false }
    pattern = open
    return true
  }

  private mutating func takePolicy(_ node: JSONNode) -> Bool { pattern?.open(node) ?? false }

  /// Puts the pattern that was being read where it belongs.
  private mutating func closePattern() -> Bool {
    guard let open = pattern else { return true }
    pattern = nil
    guard let whole = open.finished() else { return false }
    workloads[workloads.count - 1].patterns.append(whole)
    return true
  }

  private static func integers(_ cursor: inout JSONCursor) throws(JSONFault) -> [Int128] {
    var values: [Int128] = []
    var scope = try cursor.openArray()
    while try cursor.nextElement(&scope) {
      let span = try cursor.number()
      guard span.places == 0, let value = cursor.scaled(span, places: 0) else {
        throw .malformedNumber(cursor.text(of: span))
      }
      values.append(value)
    }
    return values
  }
}
