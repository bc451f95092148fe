/// What recorded calls used and how they were graded, one entry per call, as parallel columns.
///
/// No optionals: `CallColumns.unknown` (−1) stands for "not recorded" in every column.
package struct CallColumns: Sendable {
  package static let unknown: Int32 = -1

  package var input: ContiguousArray<Int32> = []
  package var cachedInput: ContiguousArray<Int32> = []
  package var output: ContiguousArray<Int32> = []
  /// Output tokens that are not in the text: reported as reasoning, or more than the text has bytes; 0 = none known.
  package var hidden: ContiguousArray<Int32> = []
  /// Microseconds.
  package var timeToFirstToken: ContiguousArray<Int64> = []
  /// Microseconds.
  package var duration: ContiguousArray<Int64> = []
  /// Millionths.
  package var score: ContiguousArray<Int32> = []
  /// Dense id of the extracted answer; equal strings have equal ids.
  package var answer: ContiguousArray<Int32> = []
  package var flags: ContiguousArray<CallFlags> = []
  /// Index into the price table's payers.
  package var payer: ContiguousArray<Int32> = []
  /// Index into `Trace.recordedCosts`; −1 where none is recorded.
  package var recordedCost: ContiguousArray<Int32> = []
  /// Where the call's text is found in the trace file; −1 in memory.
  package var callID: ContiguousArray<Int64> = []

  package var count: Int { flags.count }

  package init() {}

  /// `count` entries of which nothing is recorded.
  package init(absent count: Int) {
    input = .init(repeating: Self.unknown, count: count)
    cachedInput = .init(repeating: 0, count: count)
    output = input
    hidden = cachedInput
    timeToFirstToken = .init(repeating: -1, count: count)
    duration = timeToFirstToken
    score = input
    answer = input
    flags = .init(repeating: [], count: count)
    payer = input
    recordedCost = input
    callID = timeToFirstToken
  }

  /// Output tokens as far as known: those of a failed call count 0 where they are not recorded.
  func knownOutput(_ entry: Int) -> Int32 {
    flags[entry].contains(.failed) ? max(0, output[entry]) : output[entry]
  }

  package mutating func append(_ call: RecordedCall) {
    input.append(call.input)
    cachedInput.append(call.cachedInput)
    output.append(call.output)
    hidden.append(call.hidden)
    timeToFirstToken.append(call.timeToFirstToken)
    duration.append(call.duration)
    score.append(call.score)
    answer.append(call.answer)
    flags.append(call.flags)
    payer.append(call.payer)
    recordedCost.append(call.recordedCost)
    callID.append(call.callID)
  }

  package subscript(index: Int) -> RecordedCall {
    get {
      RecordedCall(
        input: input[index], cachedInput: cachedInput[index], output: output[index], hidden: hidden[index],
        timeToFirstToken: timeToFirstToken[index], duration: duration[index], score: score[index],
        answer: answer[index], flags: flags[index], payer: payer[index], recordedCost: recordedCost[index],
        callID: callID[index])
    }
    set {
      input[index] = newValue.input
      cachedInput[index] = newValue.cachedInput
      output[index] = newValue.output
      hidden[index] = newValue.hidden
      timeToFirstToken[index] = newValue.timeToFirstToken
      duration[index] = newValue.duration
      score[index] = newValue.score
      answer[index] = newValue.answer
      flags[index] = newValue.flags
      payer[index] = newValue.payer
      recordedCost[index] = newValue.recordedCost
      callID[index] = newValue.callID
    }
  }
}

/// What is known of a recorded call beside its numbers.
package struct CallFlags: OptionSet, Sendable, BitwiseCopyable, Hashable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The call is in the trace at all.
  package static let present = CallFlags(rawValue: 1)
  /// It failed: it is billed as far as known, and scores 0, which `TraceBuilder` writes where it adds the call.
  package static let failed = CallFlags(rawValue: 2)
  /// Token counts come from an estimator.
  package static let estimatedTokens = CallFlags(rawValue: 4)
  /// Its text can be cut exactly at token boundaries.
  package static let exactCuts = CallFlags(rawValue: 8)
  /// It has a text.
  package static let hasText = CallFlags(rawValue: 16)
  /// A ranking from which no order could be read.
  package static let unparsable = CallFlags(rawValue: 32)
}

/// One entry of `CallColumns`; −1 means "not recorded".
package struct RecordedCall: Sendable, Equatable {
  package var input: Int32
  package var cachedInput: Int32
  package var output: Int32
  package var hidden: Int32
  package var timeToFirstToken: Int64
  package var duration: Int64
  package var score: Int32
  package var answer: Int32
  package var flags: CallFlags
  package var payer: Int32
  package var recordedCost: Int32
  package var callID: Int64

  package init(
    input: Int32 = CallColumns.unknown, cachedInput: Int32 = 0, output: Int32 = CallColumns.unknown,
    hidden: Int32 = 0, timeToFirstToken: Int64 = -1, duration: Int64 = -1, score: Int32 = CallColumns.unknown,
    answer: Int32 = CallColumns.unknown, flags: CallFlags = [], payer: Int32 = CallColumns.unknown,
    recordedCost: Int32 = CallColumns.unknown, callID: Int64 = -1
  ) {
    self.input = input
    self.cachedInput = cachedInput
    self.output = output
    self.hidden = hidden
    self.timeToFirstToken = timeToFirstToken
    self.duration = duration
    self.score = score
    self.answer = answer
    self.flags = flags
    self.payer = payer
    self.recordedCost = recordedCost
    self.callID = callID
  }
}
