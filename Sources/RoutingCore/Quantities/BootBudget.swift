/// How many tokens of each candidate's answer are written before the selector ranks them (B).
package enum BootBudget: Sendable, Hashable {
  /// Nothing is booted: the selector needs no prefixes (`static`, `prior`).
  case none
  /// The first `tokens` tokens, at least 1.
  case tokens(Int32)
  /// The whole answer.
  case full

  /// Parses `none`, `full` or a positive count below 2³¹.
  package init?(_ text: some StringProtocol) {
    switch text {
    case "none": self = .none
    case "full": self = .full
    default:
      guard let count = Int32(text), count > 0, text.first != "+", text.first != "0" else { return nil }
      self = .tokens(count)
    }
  }

  /// The cut in tokens: `Int32.max` for `full`, which no recorded answer reaches; 0 for `none`.
  package var cut: Int32 {
    switch self {
    case .none: 0
    case .tokens(let count): count
    case .full: .max
    }
  }
}

extension BootBudget: Comparable {
  package static func < (left: BootBudget, right: BootBudget) -> Bool { left.cut < right.cut }
}

extension BootBudget: CustomStringConvertible {
  package var description: String {
    switch self {
    case .none: "none"
    case .tokens(let count): String(count)
    case .full: "full"
    }
  }
}
