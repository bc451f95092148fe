/// One line on standard error that says how far a long job is: amount, rate and time left.
///
/// Nothing is shown unless standard error is a terminal.
struct ProgressLine {
  private let isShown = Messages.isAnimated
  private let start = ContinuousClock.now
  private var lastShown: ContinuousClock.Instant?

  /// Shows `done` of `total` steps, called `unit`; `share` of the work, if known, gives the time left.
  mutating func show(_ done: Int, _ unit: String, share: Double?) {
    let now = ContinuousClock.now
    guard isShown, lastShown.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
    lastShown = now
    let elapsed = (now - start) / .seconds(1)
    guard elapsed > 0 else { return }
    var line = "\(done) \(unit), \(Int(Double(done) / elapsed))/s"
    if let share, share > 0 {
      let left = Int((elapsed * (1 - share) / share).rounded(.up))
      line += ", \(Int(share * 100)) %, \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
    }
    Messages.write("\r\u{1B}[K" + line)
  }

  /// Takes the line away.
  func clear() {
    if lastShown != nil { Messages.write("\r\u{1B}[K") }
  }
}
