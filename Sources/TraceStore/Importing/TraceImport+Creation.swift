package import RoutingCore

extension TraceImport {
  /// Makes a trace of `count` queries that a function gives one after the other; all of them, or no file.
  ///
  /// - Parameter progress: called with the number of queries stored, now and then.
  /// - Throws: `TraceFileError`, also where there is a trace already; `ImportFailure` for a query that breaks
  ///   the rules of Traces.md, "Rules".
  package static func create(
    _ path: String, header: TraceHeader, count: Int, query: (Int) -> QueryRecord,
    progress: (Int) -> Void = { _ in }
  ) throws {
    let taking = { (sink: DatabaseSink) throws in
      guard try sink.begin(header, at: (path, 1)) else { return }
      for position in 0..<count {
        try sink.add(query(position), reported: [], at: (path, position + 2))
        if position % 1024 == 0 { progress(position) }
      }
      try sink.finish()
    }
    try create(at: path, taking: taking, progress: { _, _, _ in })
  }
}
