import RoutingCore

/// Evaluations (query × policy) per second of the replay kernel, and bootstrap multiply-adds per second.
enum ReplayBenchmark {
  static func run(queries: Int) async throws {
    let candidates = 5
    let trace = try SyntheticTrace.make(queries: queries, candidates: candidates, seed: 7)
    var request = GridRequest()
    request.boots = Grid.customaryBoots
    request.layers = [2]
    request.selectors = ["length", "prior"]
    request.aggregators = ["first", "vote"]
    let grid = try Grid(request, for: trace)
    let prices = PriceTable.tokens(for: trace)
    let workload = trace.workloads[0]
    for threads in [1, 2] {
      let replayer = try Replayer(
        trace: trace, policies: grid.policies, options: ReplayOptions(prices: prices, threads: threads))
      let seconds = await Benchmark.fastest(of: 3) { _ = await replayer.replay(workload) }
      let rate = Double(queries * grid.policies.count) / seconds / 1e6
      print(
        "replay     \(queries) queries × \(grid.policies.count) policies, \(threads) threads: \(rate) M/s")
    }
    if CommandLine.arguments.last == "replay" { return }
    let replay = await
      (try Replayer(trace: trace, policies: grid.policies, options: ReplayOptions(prices: prices)))
      .replay(workload)
    let sums = GroupSums(replay, in: trace, policies: Array(grid.policies.indices))
    for threads in [1, 2] {
      let replicates = 200
      let seconds = await Benchmark.fastest(of: 2) {
        _ = await PoissonBootstrap(sums, replicates: replicates, seed: 1, threads: threads)
      }
      let work = Double(replicates * sums.keys.count * (2 * grid.policies.count + 1))
      print(
        "bootstrap  \(sums.keys.count) groups × \(replicates) replicates, \(threads) threads: \(work / seconds / 1e9) G multiply-adds/s, \(seconds) s"
      )
    }
  }
}
