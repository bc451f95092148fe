import CBootstrap
import RoutingCore

/// What this machine can do at best: the bootstrap's loops on data in the cache, and reading memory.
enum PeakBenchmark {
  static func run(threads: Int) async {
    let lanes = Int(LR_LANES)
    let groups = 256
    let columns = 60
    let rounds = 4000
    let work = Double(rounds * groups * lanes)
    let draws = await Benchmark.fastest(of: 3) {
      _ = await Parallel.map(count: threads, threads: threads) { task in
        let keys = (0..<UInt64(groups)).map { $0 &* 0x9E37_79B9_7F4A_7C15 }
        var weights = [Double](repeating: 0, count: groups * lanes)
        for round in 0..<rounds {
          lr_poisson_weights(
            UInt64(task), keys, groups, UInt32(round * lanes), 0, PoissonWeights.cumulative, &weights)
        }
        return weights[0]
      }
    }
    print("draws_per_s\t\(work * Double(threads) / draws)")
    let products = await Benchmark.fastest(of: 3) {
      _ = await Parallel.map(count: threads, threads: threads) { task in
        let weights = [Double](repeating: 1, count: groups * lanes)
        let values = (0..<groups * columns).map { Double($0 % 7 + task) }
        var totals = [Double](repeating: 0, count: columns * lanes)
        for _ in 0..<rounds / 10 { lr_add_weighted_sums(weights, groups, values, groups, columns, &totals) }
        return totals[0]
      }
    }
    print("multiply_adds_per_s\t\(work / 10 * Double(columns * threads) / products)")
    let count = 1 << 26
    let memory = [SIMD8<Double>](repeating: SIMD8(repeating: 1), count: count / 8)
    let read = await Benchmark.fastest(of: 5) {
      _ = await Parallel.map(count: threads, threads: threads) { task in
        let share = memory.count / threads * task..<memory.count / threads * (task + 1)
        var sums = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        memory.withUnsafeBufferPointer { memory in
          for place in stride(from: share.lowerBound, to: share.upperBound - 1, by: 2) {
            sums.0 += memory[place]
            sums.1 += memory[place + 1]
          }
        }
        return (sums.0 + sums.1).sum()
      }
    }
    print("memory_bytes_per_s\t\(Double(count * 8) / read)")
  }
}
