import RoutingCore
import Testing

@Suite struct ParallelTests {
  @Test(
    "Results stand in the order of their index, on any number of tasks", arguments: [0, 1, 2, 3, 16, 200])
  func order(threads: Int) async {
    let squares = await Parallel.map(count: 100, threads: threads) { $0 * $0 }
    #expect(squares == (0..<100).map { $0 * $0 })
  }

  @Test("Nothing to do gives nothing")
  func empty() async {
    let none = await Parallel.map(count: 0, threads: 4) { $0 }
    #expect(none.isEmpty)
  }
}
