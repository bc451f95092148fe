import ArgumentParser
import RoutingCore

/// A value of a flag that says what it may be.
protocol ExplainedArgument {
  static var expectation: String { get }
  init?(argument: String)
}

extension ExplainedArgument {
  /// - Throws: `ValidationError` that says what was expected.
  static func reading(_ text: String) throws -> Self {
    guard let value = Self(argument: text) else { throw ValidationError("expected \(expectation)") }
    return value
  }
}

extension Double: ExplainedArgument {
  static var expectation: String { "a number" }
}

extension UInt64: ExplainedArgument {
  static var expectation: String { "a whole number from 0 to \(UInt64.max)" }
}

extension Lambda: ExplainedArgument {
  init?(argument: String) { self.init(argument) }
}

/// A positive amount.
struct Amount: ExplainedArgument {
  let value: Double

  static var expectation: String { "an amount above 0" }

  init?(argument: String) {
    guard let value = Double(argument), value.isFinite, value > 0 else { return nil }
    self.value = value
  }
}

/// A time in seconds, with or without `s`; or with `ms`.
struct Seconds: ExplainedArgument {
  let value: Double

  /// The longest time a call may take, in seconds (Scheme.md, "Units and rounding").
  private static let limit = 1e7

  static var expectation: String { "a time above 0 and up to 10000000 s, such as 8s or 250ms" }

  init?(argument: String) {
    let isMilli = argument.hasSuffix("ms")
    let digits =
      isMilli ? argument.dropLast(2) : argument.hasSuffix("s") ? argument.dropLast() : argument[...]
    guard let number = Double(digits) else { return nil }
    value = isMilli ? number / 1000 : number
    guard value > 0, value <= Self.limit else { return nil }
  }
}

/// `0.95` or `98%`.
struct ScoreTargetArgument: ExplainedArgument {
  let target: ChoiceRule.ScoreTarget

  static var expectation: String { "a score from 0 to 1, or a share of the best such as 98%" }

  init?(argument: String) {
    if argument.hasSuffix("%") {
      guard let percent = Double(argument.dropLast()), percent > 0, percent <= 100 else { return nil }
      target = .shareOfBest(percent / 100)
    } else {
      guard let score = Double(argument), (0...1).contains(score) else { return nil }
      target = .score(score)
    }
  }
}

/// A share from 0 to 1.
struct CoverageArgument: ExplainedArgument {
  let share: CoverageShare

  static var expectation: String { "a share from 0 to 1" }

  init(share: CoverageShare) { self.share = share }

  init?(argument: String) {
    guard let share = CoverageShare(decimal: argument) else { return nil }
    self.share = share
  }
}
