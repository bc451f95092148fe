/// The best single model, chosen on the other nine folds, so that choosing it does not flatter it.
struct BestSingle {
  /// Pool position by fold; −1 where nothing is graded outside the fold.
  private let choice: [Int]
  private let trace: Trace

  init(_ workload: Workload, trace: Trace) {
    self.trace = trace
    let folds = Int(IdentityDigest.folds)
    var sums = [[Int64]](repeating: .init(repeating: 0, count: trace.poolCount), count: folds)
    var counts = sums
    for row in workload.rows {
      let fold = Int(trace.groups.fold[Int(trace.rows.group[row])])
      for candidate in 0..<trace.poolCount {
        let score = trace.responses.score[row * trace.candidates.count + candidate]
        guard score >= 0 else { continue }
        sums[fold][candidate] += Int64(score)
        counts[fold][candidate] += 1
      }
    }
    let (allSums, allCounts) = (sums, counts)
    choice = (0..<folds).map { fold in
      var best = -1
      var mean = -1.0
      for candidate in 0..<trace.poolCount {
        var (sum, count): (Int64, Int64) = (0, 0)
        for other in 0..<folds where other != fold {
          sum += allSums[other][candidate]
          count += allCounts[other][candidate]
        }
        guard count > 0, Double(sum) / Double(count) > mean else { continue }
        mean = Double(sum) / Double(count)
        best = candidate
      }
      return best
    }
  }

  /// Its score on a row of the trace in millionths; `nil` where it is not graded.
  func score(row: Int) -> Int32? {
    let candidate = choice[Int(trace.groups.fold[Int(trace.rows.group[row])])]
    guard candidate >= 0 else { return nil }
    let score = trace.responses.score[row * trace.candidates.count + candidate]
    return score < 0 ? nil : score
  }
}
