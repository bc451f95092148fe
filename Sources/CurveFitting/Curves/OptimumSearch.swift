import RoutingCore

/// Finds the x with the largest S(x) − λT(x), T piecewise linear through the measured mean costs.
struct OptimumSearch {
  /// Places with a measured cost, ascending; at least two.
  let places: [Double]
  let lambda: Double
  let isWhole: Bool

  /// Points tried between two places before the best is refined.
  private static let steps = 16

  /// The best x; of equal ones the first, which is the cheaper where cost grows.
  func best(costs: [Double], curve: (Double) -> Double) -> (x: Double, objective: Double)? {
    func objective(_ x: Double) -> Double { curve(x) - lambda * cost(x, costs) }
    let trials = trials
    var best: (index: Int, objective: Double)?
    for (index, x) in trials.enumerated() {
      let value = objective(x)
      guard value.isFinite else { continue }
      if value > best?.objective ?? -.infinity { best = (index, value) }
    }
    guard let best else { return nil }
    let x = trials[best.index]
    guard !isWhole, trials.indices.contains(best.index - 1), trials.indices.contains(best.index + 1) else {
      return (x, best.objective)
    }
    let (before, after) = (trials[best.index - 1], trials[best.index + 1])
    guard objective(before) < best.objective, objective(after) < best.objective,
      let refined = try? ScalarSearch.minimum(
        of: { -objective($0) }, from: before, through: x, to: after, tolerance: 1e-6 * (after - before))
    else { return (x, best.objective) }
    return objective(refined) > best.objective ? (refined, objective(refined)) : (x, best.objective)
  }

  private var trials: [Double] {
    guard let first = places.first, let last = places.last else { return [] }
    if isWhole { return stride(from: first.rounded(.up), through: last, by: 1).map { $0 } }
    return zip(places, places.dropFirst()).flatMap { low, high in
      (0..<Self.steps).map { low + (high - low) * Double($0) / Double(Self.steps) }
    } + [last]
  }

  /// T(x).
  func cost(_ x: Double, _ costs: [Double]) -> Double {
    let after = places.firstIndex { $0 >= x } ?? places.count - 1
    guard after > 0, places[after] > x else { return costs[after] }
    let share = (x - places[after - 1]) / (places[after] - places[after - 1])
    return costs[after - 1] + share * (costs[after] - costs[after - 1])
  }

  /// The measured place with the largest objective; ties to the cheaper, then to the first.
  func measured(scores: [Double], costs: [Double]) -> Int {
    var best = 0
    for index in places.indices.dropFirst() {
      let (new, held) = (
        scores[index] - lambda * costs[index], scores[best] - lambda * costs[best]
      )
      if new > held || (new == held && costs[index] < costs[best]) { best = index }
    }
    return best
  }
}
