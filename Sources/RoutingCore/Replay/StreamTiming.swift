/// When a candidate's stream reaches a token, from its recorded times (Scheme.md, "Latency").
///
/// Times are microseconds; −1 where the call's times are not both recorded.
struct StreamTiming {
  let timeToFirstToken: Int64
  let duration: Int64
  let output: Int32

  init(_ calls: CallColumns, _ entry: Int) {
    timeToFirstToken = calls.timeToFirstToken[entry]
    duration = calls.duration[entry]
    output = calls.knownOutput(entry)
  }

  var isKnown: Bool { timeToFirstToken >= 0 && duration >= 0 && output >= 0 }

  /// When `cut` tokens are written: ttft + (min(B, out) / out) · (duration − ttft), half to even.
  func bootTime(cut: Int32) -> Int64 {
    guard timeToFirstToken >= 0, duration >= 0 else { return -1 }
    if cut == .max { return duration }
    guard output >= 0 else { return -1 }
    return cut >= output ? duration : time(writing: cut)
  }

  /// The continuation in a new call: ttft + the remaining share. `cut` is below `output`.
  func remainingTime(cut: Int32) -> Int64 {
    isKnown ? time(writing: output - cut) : -1
  }

  /// Tokens written beyond the cut by the time `moment`, when the stream is cancelled.
  func tokensWritten(by moment: Int64, beyond cut: Int32) -> Int32 {
    let rest = output - cut
    let late = moment - bootTime(cut: cut)
    guard late > 0 else { return 0 }
    let writing = Int128(duration - timeToFirstToken)
    guard writing > 0 else { return rest }
    let written = (Int128(output) * Int128(late) + writing - 1) / writing
    return Int32(min(Int128(rest), written))
  }

  /// The first token's time and the share of the rest that `tokens` of all take, half to even as a whole.
  private func time(writing tokens: Int32) -> Int64 {
    FixedPoint.roundedSum(
      timeToFirstToken, plus: duration - timeToFirstToken, by: Int64(tokens), of: Int64(output))
  }
}
