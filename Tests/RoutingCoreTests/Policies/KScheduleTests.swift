import RoutingCore
import Testing

@Suite struct KScheduleTests {
  @Test(
    "The last two values of a canonical schedule differ",
    arguments: [
      ("4>2", "4>2"), ("4>2>2", "4>2"), ("2>2>2", "2"), ("4>4>2", "4>4>2"), ("1", "1"), ("10>9", "10>9"),
    ])
  func canonical(text: String, expected: String) throws {
    #expect(try #require(KSchedule(text)).description == expected)
  }

  @Test(
    "Values are counts that never increase",
    arguments: [
      "", "0", "-1", "+2", "02", "2>3", "2>", ">2", "2>>1", "2>0", "two", "2 >1", "1.5",
      "99999999999999999999",
    ])
  func refused(text: String) {
    #expect(KSchedule(text) == nil)
  }

  @Test("Layer 2 has the first value, each later layer the next, the last repeating; layer 1 that of layer 2")
  func layers() throws {
    let schedule = try #require(KSchedule("5>3>1"))
    #expect((1...6).map { schedule.k(layer: $0) } == [5, 5, 3, 1, 1, 1])
    #expect(schedule.first == 5)
    #expect(KSchedule(constant: 2).k(layer: 9) == 2)
  }

  @Test("Schedules sort by their values, a prefix first")
  func order() throws {
    let texts = ["1", "2", "2>1", "3>1", "3>2", "10"]
    let sorted = texts.reversed().compactMap { KSchedule($0) }.sorted()
    #expect(sorted.map(\.description) == texts)
  }
}
