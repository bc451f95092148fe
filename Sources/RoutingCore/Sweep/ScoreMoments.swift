/// Count, sum and sum of squares of scores in millionths.
package struct ScoreMoments: Sendable, Equatable {
  package var count = 0
  package var sum: Int128 = 0
  package var squares: Int128 = 0

  package init(count: Int = 0, sum: Int128 = 0, squares: Int128 = 0) {
    self.count = count
    self.sum = sum
    self.squares = squares
  }

  mutating func add(_ score: Int32) {
    count += 1
    sum += Int128(score)
    squares += Int128(score) * Int128(score)
  }

  static func += (left: inout ScoreMoments, right: ScoreMoments) {
    left.count += right.count
    left.sum += right.sum
    left.squares += right.squares
  }

  /// In scores from 0 to 1; `nil` where there are none.
  var mean: Double? { count == 0 ? nil : Double(sum) / Double(count) / Double(Score.unit) }

  var varianceOfMean: Double {
    guard count > 1 else { return 0 }
    let n = Int128(count)
    let unit = Double(Score.unit)
    return Double(n * squares - sum * sum) / Double(n * (n - 1)) / Double(n) / unit / unit
  }
}

extension LeftOutScore {
  /// How single models score where policies are not compared; empty where all rows are.
  static func scores(_ replay: WorkloadReplay, in trace: Trace) -> [LeftOutScore] {
    guard replay.compared.count < replay.workload.rows.count, !replay.compared.isEmpty else { return [] }
    var isCompared = [Bool](repeating: false, count: replay.workload.rows.count)
    for offset in replay.compared { isCompared[offset] = true }
    return trace.candidates.indices.compactMap { candidate in
      var inside = ScoreMoments()
      var outside = ScoreMoments()
      for (offset, row) in replay.workload.rows.enumerated() {
        let score = trace.responses.score[row * trace.candidates.count + candidate]
        guard score >= 0 else { continue }
        if isCompared[offset] { inside.add(score) } else { outside.add(score) }
      }
      return LeftOutScore(model: trace.candidates[candidate], compared: inside, leftOut: outside)
    }
  }

  /// `nil` where the model has no scores on one of the sides.
  init?(model: String, compared: ScoreMoments, leftOut: ScoreMoments) {
    guard let inner = compared.mean, let outer = leftOut.mean else { return nil }
    self.init(
      model: model, rows: leftOut.count, comparedMean: inner, leftOutMean: outer,
      standardError: (leftOut.varianceOfMean + compared.varianceOfMean).squareRoot())
  }
}
