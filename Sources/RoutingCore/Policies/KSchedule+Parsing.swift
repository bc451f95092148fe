/// Why a text is no k.
package struct KScheduleError: Error, Equatable {
  /// What was expected instead, to follow "expected".
  package let expected: String

  package init(expected: String) { self.expected = expected }
}

extension KSchedule {
  /// What a k may be.
  package static let usage = "a count ≥ 1, a schedule such as 4>2, or an adaptive k such as \(example)"
  private static let example = "1|3@agreement:0.8"

  /// Parses `2`, `4>2` or `1|3@agreement:0.8`.
  package init(parsing text: some StringProtocol) throws(KScheduleError) {
    guard text.contains(where: { $0 == "|" || $0 == "@" }) else {
      guard let values = Self.values(text), let schedule = KSchedule(values) else {
        throw KScheduleError(expected: Self.usage)
      }
      self = schedule
      return
    }
    let shape = KScheduleError(expected: "two values of k, a signal and a threshold, as in \(Self.example)")
    let halves = text.split(separator: "@", omittingEmptySubsequences: false)
    guard halves.count == 2 else { throw shape }
    let ks = halves[0].split(separator: "|", omittingEmptySubsequences: false)
    guard ks.count == 2, let low = Self.count(ks[0]), let high = Self.values(ks[1]).flatMap({ KSchedule($0) })
    else { throw shape }
    let signal = halves[1].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard signal.count == 2 else { throw shape }
    let kind = try StopSignalKind(parsing: signal[0])
    let stop = EarlyStop(k: low, signal: kind, threshold: try SignalThreshold(parsing: signal[1], of: kind))
    guard let schedule = KSchedule(high, stop: stop) else {
      throw KScheduleError(
        expected: "the smaller k first, for queries with a high \(kind.rawValue), as in \(Self.example)")
    }
    self = schedule
  }

  /// The same with several thresholds at once: `1|3@agreement:0.7/0.8/q0.5`.
  package static func list(parsing text: some StringProtocol) throws(KScheduleError) -> [KSchedule] {
    guard let mark = text.lastIndex(of: ":") else { return [try KSchedule(parsing: text)] }
    var found: [KSchedule] = []
    for threshold in text[text.index(after: mark)...].split(separator: "/", omittingEmptySubsequences: false)
    {
      found.append(try KSchedule(parsing: String(text[...mark]) + threshold))
    }
    return found
  }

  private static func count(_ text: some StringProtocol) -> Int? {
    guard let value = Int(text), value >= 1, text.first != "+", text.first != "0" else { return nil }
    return value
  }

  private static func values(_ text: some StringProtocol) -> [Int]? {
    var values: [Int] = []
    for part in text.split(separator: ">", omittingEmptySubsequences: false) {
      guard let value = count(part) else { return nil }
      values.append(value)
    }
    return values
  }
}

extension StopSignalKind {
  init(parsing text: some StringProtocol) throws(KScheduleError) {
    if let kind = StopSignalKind(rawValue: String(text)) {
      self = kind
      return
    }
    let known = StopSignalKind.allCases.map(\.rawValue)
    let hint = NearMiss.suggestion(for: String(text), among: known).map { "; did you mean '\($0)'?" } ?? ""
    throw KScheduleError(expected: "a signal, \(known.joined(separator: " or "))\(hint)")
  }
}

extension SignalThreshold {
  init(parsing text: some StringProtocol, of signal: StopSignalKind) throws(KScheduleError) {
    if text.first == "q" {
      guard let share = FixedPoint.scaled(text.dropFirst(), places: 6), (0...1_000_000).contains(share) else {
        throw KScheduleError(expected: "a quantile from q0 to q1, such as q0.8")
      }
      self = .quantile(Int64(share))
      return
    }
    guard let value = FixedPoint.scaled(text, places: 6).flatMap({ Int64(exactly: $0) }),
      signal.thresholds.contains(value)
    else {
      throw KScheduleError(
        expected: """
          \(signal.thresholdText), or a quantile of the training queries such as q0.8
          """)
    }
    self = .value(value)
  }
}
