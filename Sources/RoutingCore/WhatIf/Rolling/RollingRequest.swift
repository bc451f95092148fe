/// How a choice is made anew as queries arrive (WhatIf.md, "A choice made anew as queries arrive").
package struct RollingRequest: Sendable, Equatable {
  /// Queries between two choices.
  package let window: Int
  /// Queries of each window on which every model of the pool is run; `nil` = everything that happened is seen.
  package let checks: Int?
  /// Windows of the past that a choice learns from.
  package let memory: Int
  /// Score per cost unit.
  package let lambda: Double
  /// Takes the cheapest within a standard error of the best.
  package let isOneStandardError: Bool

  /// - Throws: `RollingError` where the numbers make no sense together.
  package init(
    window: Int, checks: Int? = nil, memory: Int = 1, lambda: Double, isOneStandardError: Bool = false
  ) throws(RollingError) {
    guard window >= 1 else { throw .window(window) }
    if let checks, !(1..<window).contains(checks) { throw .checks(checks, window: window) }
    guard memory >= 1 else { throw .memory(memory) }
    self.window = window
    self.checks = checks
    self.memory = memory
    self.lambda = lambda
    self.isOneStandardError = isOneStandardError
  }

  var rule: ChoiceRule {
    var rule = ChoiceRule(aim: .objective(lambda: lambda))
    rule.isOneStandardError = isOneStandardError
    return rule
  }
}

/// Why a choice cannot be made anew as queries arrive.
package enum RollingError: Error, Equatable {
  case window(Int)
  case checks(Int, window: Int)
  case memory(Int)
  /// Queries whose place in the recorded order is not recorded.
  case noOrdinals(workload: String, missing: Int, queries: Int)
}

extension RollingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .window(let window): "--rolling is \(window); expected a number of queries from 1 on"
    case .checks(let checks, 1): "--check is \(checks); a window of 1 query leaves none to check"
    case .checks(let checks, let window):
      "--check is \(checks); expected 1 to \(window - 1), fewer than the \(window) queries of a window"
    case .memory(let memory): "--memory is \(memory); expected a number of windows from 1 on"
    case .noOrdinals(let workload, let missing, let queries):
      """
      workload '\(workload)': \(missing) of \(queries) queries have no ordinal; --rolling replays queries in \
      recorded order, so each needs its place in it ("ordinal" in the trace)
      """
    }
  }
}
