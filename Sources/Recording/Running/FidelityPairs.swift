package import RoutingCore

/// A figure as predicted and as it turned out, query by query.
package struct FidelityPairs: Sendable, Equatable {
  package private(set) var predicted: [Double] = []
  package private(set) var live: [Double] = []

  package init() {}

  package mutating func add(predicted: Double, live: Double) {
    self.predicted.append(predicted)
    self.live.append(live)
  }

  package var count: Int { predicted.count }
  package var predictedMean: Double { Self.mean(predicted) }
  package var liveMean: Double { Self.mean(live) }

  /// Mean of live minus predicted with ±1.96 standard errors; `nil` below two queries.
  package var difference: (mean: Double, low: Double, high: Double)? {
    guard count > 1 else { return nil }
    let differences = zip(live, predicted).map { $0 - $1 }
    let mean = Self.mean(differences)
    let squares = differences.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / Double(count - 1) / Double(count)).squareRoot()
    return (mean, mean - 1.96 * error, mean + 1.96 * error)
  }

  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}

/// What a live run is compared by, beside its calls.
package struct LiveMeasurement: Sendable, Equatable {
  /// From the first request to the answer.
  package var seconds: Double?
  /// Of the answer, by the grader that the trace's scores come from.
  package var score: Score?

  package init(seconds: Double? = nil, score: Score? = nil) {
    self.seconds = seconds
    self.score = score
  }
}
