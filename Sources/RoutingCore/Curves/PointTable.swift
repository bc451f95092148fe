/// A table of numbers in comma-separated values (RFC 4180), from which points are read.
package struct PointTable: Sendable {
  private let file: String
  /// Names of the columns; `x`, `y`, `sigma` where the table has no heading.
  package let columns: [String]
  private let rows: [(line: Int, cells: [String])]

  /// - Parameters:
  ///   - text: of the table. Blank lines are skipped; a first line of numbers only is data, not a heading.
  ///   - file: for messages.
  package init(_ text: String, file: String) throws(PointTableError) {
    self.file = file
    var rows = try Self.rows(text, file: file)
    guard let first = rows.first else { throw .empty(file: file) }
    if first.cells.allSatisfy({ Double($0) != nil }) {
      columns =
        ["x", "y", "sigma"].prefix(first.cells.count)
        + (3..<max(3, first.cells.count)).map { "column \($0 + 1)" }
    } else {
      columns = first.cells
      rows.removeFirst()
    }
    let count = columns.count
    if let odd = rows.first(where: { $0.cells.count != count }) {
      throw .cellCount(file: file, line: odd.line, found: odd.cells.count, expected: count)
    }
    self.rows = rows
  }

  /// The points in columns of these names. By default x and y are the columns so called, else the first two;
  /// sigma is the column so called, else there is none.
  package func points(x: String? = nil, y: String? = nil, sigma: String? = nil) throws(PointTableError)
    -> [CurvePoint]
  {
    let xColumn = try column(x, default: "x", position: 0)
    let yColumn = try column(y, default: "y", position: xColumn == 0 ? 1 : 0)
    let sigmaColumn =
      try sigma == nil ? columns.firstIndex(of: "sigma") : column(sigma, default: "", position: 0)
    var points: [CurvePoint] = []
    for row in rows {
      let error = try sigmaColumn.map { column throws(PointTableError) in
        let value = try number(row, column)
        guard value > 0 else {
          throw .number(
            file: file, line: row.line, column: columns[column], found: row.cells[column],
            expected: "a standard error > 0")
        }
        return value
      }
      points.append(
        CurvePoint(x: try number(row, xColumn), y: try number(row, yColumn), standardError: error))
    }
    return points
  }

  private func column(_ name: String?, default usual: String, position: Int) throws(PointTableError) -> Int {
    if let name {
      guard let found = columns.firstIndex(of: name) else {
        throw .noColumn(file: file, name: name, known: columns)
      }
      return found
    }
    if let found = columns.firstIndex(of: usual) { return found }
    guard columns.indices.contains(position) else {
      throw .noColumn(file: file, name: usual, known: columns)
    }
    return position
  }

  private func number(_ row: (line: Int, cells: [String]), _ column: Int) throws(PointTableError) -> Double {
    let text = row.cells[column]
    guard let value = Double(text), value.isFinite else {
      throw .number(
        file: file, line: row.line, column: columns[column], found: text, expected: "a finite number")
    }
    return value
  }

  /// A square table without a heading: one row per point.
  package static func covariance(_ text: String, file: String, points: Int) throws(PointTableError)
    -> [Double]
  {
    let rows = try rows(text, file: file)
    guard rows.count == points else {
      throw .rowCount(file: file, found: rows.count, expected: points)
    }
    var entries: [Double] = []
    for row in rows {
      guard row.cells.count == points else {
        throw .cellCount(file: file, line: row.line, found: row.cells.count, expected: points)
      }
      for (index, cell) in row.cells.enumerated() {
        guard let value = Double(cell), value.isFinite else {
          throw .number(
            file: file, line: row.line, column: String(index + 1), found: cell, expected: "a finite number")
        }
        entries.append(value)
      }
    }
    return entries
  }
}

extension PointTable {
  /// Lines that are not blank, with their cells; spaces around cells are dropped.
  private static func rows(_ text: String, file: String) throws(PointTableError)
    -> [(line: Int, cells: [String])]
  {
    var rows: [(line: Int, cells: [String])] = []
    var text = text
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    for (index, line) in lines.enumerated() where line.contains(where: { $0 != " " && $0 != "\t" }) {
      guard let cells = cells(of: line) else { throw .quotes(file: file, line: index + 1) }
      rows.append((index + 1, cells))
    }
    return rows
  }

  /// `nil` where a quote is not closed.
  private static func cells(of line: Substring) -> [String]? {
    var cells: [String] = []
    var cell = ""
    var isQuoted = false
    var rest = line[...]
    while let next = rest.popFirst() {
      switch (next, isQuoted) {
      case ("\"", true) where rest.first == "\"": cell.append(rest.removeFirst())
      case ("\"", _): isQuoted.toggle()
      case (",", false):
        cells.append(trimmed(cell))
        cell = ""
      default: cell.append(next)
      }
    }
    return isQuoted ? nil : cells + [trimmed(cell)]
  }

  private static func trimmed(_ cell: String) -> String {
    var cell = Substring(cell)
    while let first = cell.first, first == " " || first == "\t" { cell.removeFirst() }
    while let last = cell.last, last == " " || last == "\t" { cell.removeLast() }
    return String(cell)
  }
}

/// Why no points can be read from a table.
package enum PointTableError: Error, Equatable {
  case empty(file: String)
  case quotes(file: String, line: Int)
  case cellCount(file: String, line: Int, found: Int, expected: Int)
  case rowCount(file: String, found: Int, expected: Int)
  case number(file: String, line: Int, column: String, found: String, expected: String)
  case noColumn(file: String, name: String, known: [String])
}

extension PointTableError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty(let file): return "\(file): no points; expected lines of x,y[,sigma]"
    case .quotes(let file, let line): return "\(file):\(line): a quote is not closed"
    case .cellCount(let file, let line, let found, let expected):
      return "\(file):\(line): \(found) cell\(found == 1 ? "" : "s"); expected \(expected)"
    case .rowCount(let file, let found, let expected):
      return "\(file): \(found) rows; expected a covariance of \(expected) rows, one per point"
    case .number(let file, let line, let column, let found, let expected):
      return "\(file):\(line): column '\(column)' is '\(found)'; expected \(expected)"
    case .noColumn(let file, let name, let known):
      // One letter is near to any other.
      let near =
        name.count > 1
        ? NearMiss.suggestion(for: name, among: known)
        : known.first { $0.lowercased() == name.lowercased() }
      let hint = near.map { "; did you mean '\($0)'?" } ?? ""
      return "\(file): no column '\(name)'\(hint) (columns: \(known.joined(separator: ", ")))"
    }
  }
}
