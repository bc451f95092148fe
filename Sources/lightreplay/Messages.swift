import Foundation
import Reporting

/// Where words go: results to standard output, everything else to standard error.
enum Messages {
  static func result(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  /// Lines for people. Names in them come from traces and files, which do not move the terminal.
  static func note(_ text: String) {
    FileHandle.standardError.write(Data((ShownName.lines(text) + "\n").utf8))
  }

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
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
  }

  func clear() {
    if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
