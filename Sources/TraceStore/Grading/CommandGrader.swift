import Foundation
package import RoutingCore
import Synchronization

/// Scores texts with a program of the user's: a JSON object on a line in, a JSON object on a line out.
///
/// The program is started without a shell, once per thread, and kept running; see ``ScorerLines`` for the two
/// lines. Where it crashes, is late or answers something else, that text has no grade, and the program is
/// started again for the next.
package final class CommandGrader: AnswerGrader {
  package static let entry = GraderEntry(
    name: "command", summary: "a program of yours: JSON lines in, scores out", arguments: "PROGRAM [ARGS…]"
  ) { options throws(GraderError) in
    try CommandGrader(options.arguments, timeoutSeconds: options.timeoutSeconds)
  }

  /// A program that fails this often without a single score is given up.
  private static let patience = 10

  private let command: [String]
  private let timeout: Duration
  /// Programs that wait for the next text, and how texts have fared.
  private let state: Mutex<State>

  private struct State {
    var idle: [ScorerProcess] = []
    var scores = 0
    var failures = 0
    var lastFailure = ""
  }

  /// Starts the program, so that a wrong name is known at once.
  init(_ command: [String], timeoutSeconds: Double) throws(GraderError) {
    self.command = command
    timeout = .seconds(timeoutSeconds)
    do {
      state = Mutex(State(idle: [try ScorerProcess(command)]))
    } catch {
      throw .badProgram(command[0], reason: "cannot be started: \(error.reason)")
    }
  }

  deinit {
    state.withLock { state in
      for index in state.idle.indices { state.idle[index].finish() }
    }
  }

  package var breakdown: GraderError? {
    state.withLock { state in
      guard state.scores == 0, state.failures >= Self.patience else { return nil }
      return .badProgram(
        command[0], reason: "no score for the first \(state.failures) texts: \(state.lastFailure)")
    }
  }

  package func grade(_ item: GradingItem) throws(GradingGap) -> Grade {
    guard breakdown == nil else { throw .failed("the program was given up") }
    do throws(ScorerFailure) {
      var process = try idleProcess()
      let verdict = try ask(&process, item)
      state.withLock { $0.idle.append(process) }
      switch verdict {
      case .success(let grade):
        state.withLock { $0.scores += 1 }
        return grade
      case .failure(let refusal): throw refusal
      }
    } catch {
      if !error.isRefusal {
        state.withLock { state in
          state.failures += 1
          state.lastFailure = error.reason
        }
      }
      throw .failed(error.reason)
    }
  }

  private func idleProcess() throws(ScorerFailure) -> ScorerProcess {
    if let process = state.withLock({ $0.idle.popLast() }) { return process }
    return try ScorerProcess(command)
  }

  /// The program's verdict. Whenever what it says next is in doubt, it is ended.
  private func ask(
    _ process: inout ScorerProcess, _ item: GradingItem
  ) throws(ScorerFailure) -> Result<Grade, ScorerFailure> {
    process.count += 1
    let line: [UInt8]
    do {
      line = try process.exchange(ScorerLines.request(item, id: process.count), within: timeout)
    } catch {
      process.kill()
      throw error
    }
    switch ScorerLines.verdict(line, id: process.count) {
    case .grade(let grade): return .success(grade)
    case .refusal(let why): return .failure(ScorerFailure(reason: "the program says \(why)", isRefusal: true))
    case .unreadable(let why):
      process.kill()
      throw ScorerFailure(reason: why)
    }
  }
}

/// Why a program gave no score.
struct ScorerFailure: Error, Equatable {
  let reason: String
  /// The program itself says that it cannot score this text, and goes on.
  var isRefusal = false
}
