package import RoutingCore

/// A kind of file that can be brought into a trace. To add one: a type in a new file, a line in
/// `ImportFormats`, a test.
package protocol ImportFormat: Sendable {
  /// What follows `lightreplay import`.
  static var name: String { get }
  /// One line for the help.
  static var summary: String { get }

  /// Starts reading; a file that cannot be opened throws `InputError`.
  static func open(_ files: [String], options: ImportOptions) throws -> any ImportSource
}

/// Every format, by the order of the help.
package enum ImportFormats {
  package static let all: [any ImportFormat.Type] = [
    JSONLinesFormat.self
  ]

  package static func named(_ name: String) -> (any ImportFormat.Type)? { all.first { $0.name == name } }
}

/// What the user may say about the files.
package struct ImportOptions: Sendable {
  /// The scale of the scores in the files.
  package var scoreRange: ScoreRange

  package init(scoreRange: ScoreRange = .unit) { self.scoreRange = scoreRange }
}

/// Files being read: first a header, then queries and, at the start of further files, headers.
package protocol ImportSource: AnyObject {
  /// The next item; `nil` at the end. Throws `InputError` when the rest cannot be read.
  func next() throws -> ImportedItem?
  /// Bytes read so far, as stored.
  var bytesRead: Int64 { get }
}

/// Something read from a file, with its place and what is wrong with it.
package struct ImportedItem {
  package enum Content {
    case header(TraceHeader)
    case query(QueryRecord)
    /// A line that is neither.
    case nothing
  }

  package var content: Content
  package var file: String
  package var line: Int
  package var faults: [(field: String, fault: ImportFault)]

  package init(
    _ content: Content, file: String, line: Int, faults: [(field: String, fault: ImportFault)] = []
  ) {
    self.content = content
    self.file = file
    self.line = line
    self.faults = faults
  }
}
