/// Runs independent pieces of work on a bounded number of tasks.
package enum Parallel {
  /// `body(0), body(1), …` in order of index, whatever the number of tasks.
  package static func map<Value: Sendable>(
    count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Value
  ) async -> [Value] {
    let tasks = min(threads, count)
    guard tasks > 1 else { return (0..<count).map(body) }
    return await withTaskGroup(of: [(Int, Value)].self) { group in
      for task in 0..<tasks {
        group.addTask {
          stride(from: task, to: count, by: tasks).map { ($0, body($0)) }
        }
      }
      var results = [Value?](repeating: nil, count: count)
      for await share in group {
        for (index, value) in share { results[index] = value }
      }
      return results.compactMap { $0 }
    }
  }
}
