import ArgumentParser
import RoutingCore

/// A comma-separated list as one argument.
protocol ListElement: Sendable {
  /// What one element may be, for messages.
  static var expectation: String { get }
  /// The values of one element (several for a range such as `1-4`); `nil` when it is none.
  static func values(of text: String) -> [Self]?
  /// What `text`, which is no element, should be.
  static func expectation(insteadOf text: String) -> String
}

extension ListElement {
  static func expectation(insteadOf text: String) -> String { expectation }
}

/// `--k 1-4,4>2` and the like.
struct ListArgument<Element: ListElement>: Sendable {
  let elements: [Element]

  /// - Throws: `ValidationError` that says what the elements may be.
  init(_ text: String) throws {
    var elements: [Element] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let values = Element.values(of: String(part)) else {
        throw ValidationError(
          "'\(part)' is not understood; expected \(Element.expectation(insteadOf: String(part)))")
      }
      elements += values
    }
    self.elements = elements
  }
}

/// `a-b` as a range of counts from 1 on, or one count.
private func counts(_ text: String) -> [Int]? {
  let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
  switch (bounds.count, bounds.first ?? nil, bounds.last ?? nil) {
  case (1, let only?, _) where only >= 1: return [only]
  case (2, let low?, let high?) where low >= 1 && low <= high && high <= 10_000: return Array(low...high)
  default: return nil
  }
}

extension KSchedule: ListElement {
  static var expectation: String {
    "counts from 1 on, ranges such as 1-4 (up to 10000), schedules such as 4>2, adaptive ones such as 1|3@agreement:0.8"
  }
  static func values(of text: String) -> [KSchedule]? {
    if let counts = counts(text) { return counts.map { KSchedule(constant: $0) } }
    return try? KSchedule.list(parsing: text)
  }
  static func expectation(insteadOf text: String) -> String {
    guard text.contains(where: { "|@".contains($0) }) else { return expectation }
    do throws(KScheduleError) {
      _ = try KSchedule.list(parsing: text)
      return expectation
    } catch {
      return error.expected
    }
  }
}

extension BootBudget: ListElement {
  static var expectation: String { "token counts from 1 on, or full" }
  static func values(of text: String) -> [BootBudget]? {
    BootBudget(text).flatMap { $0 == .none ? nil : [$0] }
  }
}

/// A number of layers.
struct LayerCount: ListElement {
  let count: Int
  static var expectation: String { "counts from 1 to \(SchemePolicy.mostLayers), ranges such as 1-3" }
  static func values(of text: String) -> [LayerCount]? {
    counts(text).flatMap { counts in
      counts.allSatisfy { $0 <= SchemePolicy.mostLayers } ? counts.map { LayerCount(count: $0) } : nil
    }
  }
}

extension Lambda: ListElement {
  static var expectation: String { "numbers from 0 on: score per cost unit" }
  static func values(of text: String) -> [Lambda]? { Lambda(text).map { [$0] } }
}

extension LayerSchedule: ListElement {
  static var expectation: String { "completion, progressive" }
  static func values(of text: String) -> [LayerSchedule]? { LayerSchedule(rawValue: text).map { [$0] } }
}

/// A name.
struct NameElement: ListElement {
  let name: String
  static var expectation: String { "names" }
  static func values(of text: String) -> [NameElement]? { text.isEmpty ? nil : [NameElement(name: text)] }
}

extension Continuation: ExpressibleByArgument {}
extension CostUnit: ExpressibleByArgument {}
extension Accounting: ExpressibleByArgument {}
extension SampleSelection: ExpressibleByArgument {}
