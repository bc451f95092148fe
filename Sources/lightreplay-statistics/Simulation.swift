import Foundation
import RoutingCore

/// Runs simulations on every core, in order of index.
enum Simulation {
  /// A number as the last argument divides the simulations, for a quick look.
  private static let divisor = CommandLine.arguments.last.flatMap { Int($0) } ?? 1

  static func map<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value
  ) async throws -> [Value] {
    let count = max(1, count / divisor)
    let tasks = min(count, ProcessInfo.processInfo.activeProcessorCount)
    return try await withThrowingTaskGroup(of: [(Int, Value)].self) { group in
      for task in 0..<tasks {
        group.addTask {
          var share: [(Int, Value)] = []
          for index in stride(from: task, to: count, by: tasks) {
            share.append((index, try await body(index)))
          }
          return share
        }
      }
      var found: [(Int, Value)] = []
      for try await share in group { found += share }
      return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  static func settings(replicates: Int) -> SweepSettings {
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = replicates
    return settings
  }
}

extension GroupSums {
  /// Simulated scores in [0, 1] and costs in tokens, by policy and query; `group` gives each query's group,
  /// ascending from 0.
  init(scores: [[Double]], costs: [[Double]] = [], group: [Int], random: inout RandomStream) {
    let groups = (group.last ?? -1) + 1
    var counts = ContiguousArray<Int64>(repeating: 0, count: groups)
    for place in group { counts[place] += 1 }
    func sums(_ columns: [[Double]], unit: Double) -> [ContiguousArray<Int128>] {
      columns.map { column in
        var sums = ContiguousArray<Int128>(repeating: 0, count: groups)
        for (place, value) in zip(group, column) { sums[place] += Int128((value * unit).rounded()) }
        return sums
      }
    }
    let (scores, costs) = (sums(scores, unit: 1e6), sums(costs, unit: 1))
    self.init(
      keys: ContiguousArray((0..<groups).map { _ in random.bits() }),
      folds: ContiguousArray((0..<groups).map { _ in UInt8(random.below(Int(IdentityDigest.folds))) }),
      counts: counts,
      scores: scores, costs: costs)
  }

  /// The same, every query a group of its own.
  init(scores: [[Double]], costs: [[Double]] = [], random: inout RandomStream) {
    self.init(scores: scores, costs: costs, group: Array(scores[0].indices), random: &random)
  }
}
