/// A slice's measured curve with its bootstrap: what a fit starts from.
package struct CurveSample: Sendable {
  package let slice: CurveSlice
  /// The places with a number, ascending; policies that score the same on every query are all here.
  package let measured: [MeasuredPoint]
  /// The policy without a number (`full`), at the mean output length; drawn, not fitted.
  package let drawn: MeasuredPoint?
  /// Positions in `measured` of the points to fit: of points equal on every query the first.
  package let fitted: [Int]

  /// A policy's figures at its place.
  package struct MeasuredPoint: Sendable {
    package let x: Double
    package let score: Double
    package let standardError: Double
    /// Per query, in cost units.
    package let cost: Double
    /// By replicate.
    package let scores: [Double]
    package let costs: [Double]
  }

  package init(_ slice: CurveSlice, of evidence: Evidence, in trace: Trace) {
    self.slice = slice
    func point(_ member: CurveSlice.Member, at x: Double) -> MeasuredPoint {
      let scores = evidence.scoreReplicates(member.position)
      return MeasuredPoint(
        x: x, score: evidence.meanScore(member.position),
        standardError: Estimate.standardDeviation(scores), cost: evidence.meanCost(member.position),
        scores: scores, costs: evidence.costReplicates(member.position))
    }
    let placed = slice.members.filter { $0.x != nil }
    measured = placed.compactMap { member in member.x.map { point(member, at: $0) } }
    drawn = slice.members.first { $0.x == nil }.flatMap { member in
      trace.meanOutputTokens(over: evidence.replay).map { point(member, at: $0) }
    }
    twins = placed.indices.map { index in
      (0..<index).first { evidence.isEqual(placed[$0].position, placed[index].position) }
    }
    fitted = placed.indices.filter { [twins] in twins[$0] == nil }
    groups = evidence.sums.keys.count
  }

  /// Resampled groups.
  private let groups: Int
  private let twins: [Int?]

  /// The position in `measured` of the point that this one equals on every query; `nil` if it is fitted.
  package func twin(of index: Int) -> Int? { twins[index] }

  /// The points to fit with their bootstrap covariance.
  package var data: CurveData {
    let points = fitted.map { measured[$0] }
    var covariance = Moments.covariance(points.map(\.scores))
    var errors: [Double] = []
    for index in points.indices {
      let place = index * points.count + index
      if covariance[place] <= 0 { covariance[place] = Self.leastVariance(of: points[index].score, groups) }
      errors.append(covariance[place].squareRoot())
    }
    return CurveData(
      points: zip(points, errors).map { CurvePoint(x: $0.x, y: $0.score, standardError: $1) },
      errors: .correlated(covariance: covariance, isGiven: false))
  }

  /// Where no replicate differs (all right, say), two successes and two failures are added to n groups
  /// (Agresti and Coull 1998): a variance of 0 would promise what no sample can.
  private static func leastVariance(of score: Double, _ groups: Int) -> Double {
    let n = Double(groups) + 4
    let share = (score * Double(groups) + 2) / n
    return share * (1 - share) / n
  }
}

/// Moments of replicates.
package enum Moments {
  /// Sample covariance of columns of equal length, row by row; 0 for fewer than two replicates.
  package static func covariance(_ columns: [[Double]]) -> [Double] {
    let n = columns.count
    var result = [Double](repeating: 0, count: n * n)
    guard let count = columns.first?.count, count > 1 else { return result }
    let centred = columns.map { column in
      let mean = column.reduce(0, +) / Double(count)
      return column.map { $0 - mean }
    }
    for row in 0..<n {
      for column in 0...row {
        var sum = 0.0
        for replicate in 0..<count { sum += centred[row][replicate] * centred[column][replicate] }
        result[row * n + column] = sum / Double(count - 1)
        result[column * n + row] = result[row * n + column]
      }
    }
    return result
  }
}

extension Evidence {
  /// Whether two policies score the same on every compared query.
  fileprivate func isEqual(_ left: Int, _ right: Int) -> Bool {
    let (first, second) = (replay.outcomes[kept[left]].scores, replay.outcomes[kept[right]].scores)
    return replay.compared.allSatisfy { first[$0] == second[$0] }
  }
}

extension Trace {
  /// The mean output length of the pool's answers on the compared rows; `nil` where none is known.
  fileprivate func meanOutputTokens(over replay: WorkloadReplay) -> Double? {
    var sum: Int64 = 0
    var count = 0
    for offset in replay.compared {
      let row = replay.workload.rows.lowerBound + offset
      for candidate in rows.active[row] {
        let output = responses.output[row * candidates.count + candidate]
        guard output >= 0 else { continue }
        sum += Int64(output)
        count += 1
      }
    }
    return count == 0 ? nil : Double(sum) / Double(count)
  }
}
