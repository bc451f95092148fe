import Foundation
import Synchronization

/// A running program that answers lines with lines.
struct ScorerProcess: Sendable {
  /// Longer lines are not an answer.
  private static let lineLimit = 1 << 20

  private let process: pid_t
  private let input: Int32
  private let output: Int32
  private var received: [UInt8] = []
  /// Texts sent so far.
  var count: Int64 = 0

  /// Starts a program found along PATH, with pipes for its input and output; it shares our standard error.
  init(_ command: [String]) throws(ScorerFailure) {
    // A program that ends early must not end us by its broken pipe.
    signal(SIGPIPE, SIG_IGN)
    do {
      (process, input, output) = try Self.starting.withLock { _ throws(ScorerFailure) in
        try Self.start(command)
      }
    } catch {
      throw error
    }
    for file in [input, output] { _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_NONBLOCK) }
  }

  /// One start at a time: a program started between the opening of another's pipes and their marking would
  /// inherit them, and hold them open.
  private static let starting = Mutex(())

  private static func start(
    _ command: [String]
  ) throws(ScorerFailure) -> (process: pid_t, input: Int32, output: Int32) {
    var toProgram: [Int32] = [0, 0]
    var fromProgram: [Int32] = [0, 0]
    guard pipe(&toProgram) == 0 else { throw ScorerFailure(reason: SystemCall.lastReason) }
    guard pipe(&fromProgram) == 0 else {
      let reason = SystemCall.lastReason
      for file in toProgram { SystemCall.close(file) }
      throw ScorerFailure(reason: reason)
    }
    for file in toProgram + fromProgram { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
    let (process, status) = spawn(command, input: toProgram[0], output: fromProgram[1])
    SystemCall.close(toProgram[0])
    SystemCall.close(fromProgram[1])
    guard status == 0 else {
      SystemCall.close(toProgram[1])
      SystemCall.close(fromProgram[0])
      throw ScorerFailure(reason: String(cString: strerror(status)))
    }
    return (process, toProgram[1], fromProgram[0])
  }

  private static func spawn(_ command: [String], input: Int32, output: Int32) -> (pid_t, Int32) {
    #if os(Linux)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    // A group of its own, so that what it starts ends with it; and pipes that end it as they should.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let status = posix_spawnp(&process, command[0], &actions, &attributes, &arguments, &variables)
    return (process, status)
  }

  // MARK: Lines

  /// Sends a line and waits for one.
  mutating func exchange(_ line: [UInt8], within timeout: Duration) throws(ScorerFailure) -> [UInt8] {
    guard received.isEmpty else { throw ScorerFailure(reason: "it wrote more than one line for a text") }
    let deadline = ContinuousClock.now + timeout
    var unsent = line[...]
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        let answer = Array(received[..<end])
        received.removeSubrange(...end)
        return answer
      }
      guard received.count <= Self.lineLimit else {
        throw ScorerFailure(reason: "its line is longer than 1 MiB")
      }
      let left = (deadline - ContinuousClock.now) / .milliseconds(1)
      guard left > 0 else { throw ScorerFailure(reason: "no answer within \(timeout / .seconds(1)) s") }
      var files = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
      if !unsent.isEmpty { files.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
      guard poll(&files, nfds_t(files.count), Int32(clamping: Int(left.rounded(.up)))) > 0 else { continue }
      if files[0].revents != 0 { try receive() }
      if files.count > 1, files[1].revents != 0 { send(&unsent) }
    }
  }

  private mutating func receive() throws(ScorerFailure) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(output, &buffer, buffer.count)
    if count > 0 {
      received += buffer[..<count]
    } else if count == 0 {
      throw ScorerFailure(reason: ending)
    } else if errno != EAGAIN, errno != EINTR {
      throw ScorerFailure(reason: "its output cannot be read: \(SystemCall.lastReason)")
    }
  }

  private func send(_ unsent: inout ArraySlice<UInt8>) {
    let count = unsent.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
    if count > 0 {
      unsent.removeFirst(count)
    } else if errno != EAGAIN, errno != EINTR {
      // It no longer reads; what it still says, or its end, shows on its output.
      unsent = []
    }
  }

  // MARK: The end

  /// How it ended; called when its output has ended.
  private var ending: String {
    var status: Int32 = 0
    for _ in 0..<100 {
      if waitpid(process, &status, WNOHANG) == process {
        let signal = status & 0x7F
        return signal == 0 ? "it ended with status \(status >> 8 & 0xFF)" : "it was ended by signal \(signal)"
      }
      usleep(10_000)
    }
    return "it closed its output"
  }

  /// Ends it at once.
  mutating func kill() {
    Foundation.kill(-process, SIGKILL)
    close()
  }

  /// Lets it end by itself, for a second at most.
  mutating func finish() {
    SystemCall.close(input)
    for _ in 0..<100 where waitpid(process, nil, WNOHANG) == 0 { usleep(10_000) }
    Foundation.kill(-process, SIGKILL)
    SystemCall.close(output)
    waitpid(process, nil, 0)
  }

  private func close() {
    SystemCall.close(input)
    SystemCall.close(output)
    waitpid(process, nil, 0)
  }
}
