import ConfigFiles
import Foundation

/// Files that somebody wrote.
enum ConfigText {
  /// - Parameter alternatives: what a name may be besides a path, for the message that there is no such file.
  static func read(_ path: String, else alternatives: String = "") throws(ConfigError) -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .unreadable(file: path, why: "no such file" + alternatives)
    }
    guard !isFolder.boolValue else { throw .unreadable(file: path, why: "is a folder; expected a file") }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(file: path, why: "cannot be read; check its permissions")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw .syntax(file: path, problem: "not UTF-8 text")
    }
    return text
  }
}
