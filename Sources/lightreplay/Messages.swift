import Foundation
import Reporting
import TraceStore

/// Where words go: results to standard output, everything else to standard error.
enum Messages {
  /// - Throws: `TraceFileError` where standard output cannot take it: a full disk, a closed descriptor.
  static func result(_ text: String) throws {
    try OutputFile.write(to: nil) { output in try output.write(Array(text.utf8)) }
  }

  /// Lines for people. Names in them come from traces and files, which do not move the terminal.
  static func note(_ text: String) {
    raw(ShownName.lines(text) + "\n")
  }

  /// Text of ours to standard error. Where that cannot take it, nobody is there to be told, and the work goes on.
  static func raw(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

  /// Whether standard error is a terminal that lines may be redrawn on.
  static var isInteractive: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(2) == 1 && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
  }
}

/// A line that shows how far long work is; only on a terminal.
final class ProgressLine {
  private let start = Date()
  private var last = Date.distantPast
  private let isShown = Messages.isInteractive

  /// Redraws at most five times a second.
  func show(_ queries: Int, _ bytes: Int64, _ total: Int64?) {
    guard isShown, Date().timeIntervalSince(last) > 0.2 else { return }
    last = Date()
    let seconds = max(0.001, last.timeIntervalSince(start))
    var text = "\(queries) queries, \(Int(Double(queries) / seconds))/s"
    if let total, bytes > 0, total >= bytes {
      let left = seconds * Double(total - bytes) / Double(bytes)
      text += ", \(100 * bytes / max(1, total)) %, \(Int(left.rounded(.up))) s left"
    }
    Messages.raw("\r\u{1B}[K\(text)")
  }

  func clear() {
    if isShown { Messages.raw("\r\u{1B}[K") }
  }
}
