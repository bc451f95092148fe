import ArgumentParser
import TraceStore

#if canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Musl)
  @preconcurrency import Musl
#else
  import Darwin
#endif

/// What goes to standard error: progress, warnings and errors.
enum Messages {
  static func print(_ line: String) { write(line + "\n") }

  static func write(_ text: String) { fputs(text, stderr) }

  /// Whether an error says by itself what is wrong; others are left to ArgumentParser.
  static func isOurs(_ error: any Error) -> Bool {
    error is InputError || error is ImportFailure || error is TraceFileError || error is QueryRefused
  }

  /// Whether standard error shows a person a line that changes: not into a file, not when `NO_COLOR` is set
  /// or the terminal is dumb.
  static var isAnimated: Bool {
    isatty(2) == 1 && getenv("NO_COLOR") == nil && environment("TERM") != "dumb"
  }

  private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
