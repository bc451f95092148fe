/// Files that are built beside their final place and take it in one step.
enum TemporaryFile {
  /// Calls `body` with the path of a file to make; afterwards puts it in the place of `path`, durably.
  ///
  /// Nothing is left of it if `body` throws.
  static func replacing<Value>(_ path: String, _ body: (String) throws -> Value) throws -> Value {
    let (directory, name) = split(path)
    let temporary = directory + ".\(name).\(SystemCall.processID).partial"
    SystemCall.remove(temporary)
    do {
      let value = try body(temporary)
      // Who could read the old file can read the new one, and nobody else.
      if let mode = SystemCall.mode(path) { _ = SystemCall.setMode(temporary, mode) }
      guard SystemCall.synchronize(temporary), SystemCall.replace(path, with: temporary) else {
        throw TraceFileError.failed(path, SystemCall.lastReason)
      }
      // Not every file system can synchronize a directory; the rename itself has happened.
      _ = SystemCall.synchronize(directory.isEmpty ? "." : directory)
      return value
    } catch {
      SystemCall.remove(temporary)
      SystemCall.remove(temporary + "-journal")
      throw error
    }
  }

  /// The directory with its final slash, or nothing, and the name.
  private static func split(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }
}
