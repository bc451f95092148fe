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

  @Test(
    "An adaptive k is written as it is read, its threshold as the shortest decimal",
    arguments: [
      ("1|3@agreement:0.8", "1|3@agreement:0.8"), ("1|3@agreement:0.80", "1|3@agreement:0.8"),
      ("2|4>2>2@agreement:1", "2|4>2@agreement:1"), ("1|2@agreement:q0.5", "1|2@agreement:q0.5"),
      ("1|2@agreement:q1.0", "1|2@agreement:q1"), ("1|2@margin:-0.25", "1|2@margin:-0.25"),
      ("1|2@margin:12", "1|2@margin:12"), ("1|2@agreement:1e-1", "1|2@agreement:0.1"),
      ("1|2@agreement:0.3333335", "1|2@agreement:0.333334"), ("1|2@agreement:0", "1|2@agreement:0"),
    ])
  func adaptive(text: String, expected: String) throws {
    let schedule = try KSchedule(parsing: text)
    #expect(schedule.description == expected)
    #expect(try KSchedule(parsing: expected) == schedule)
  }

  @Test(
    "An adaptive k has the larger k as its first, no constant, and ranks where more than the smaller are active"
  )
  func parts() throws {
    let schedule = try KSchedule(parsing: "1|4>2@agreement:q0.25")
    #expect(schedule.first == 4)
    #expect((2...4).map { schedule.k(layer: $0) } == [4, 2, 2])
    #expect(schedule.constant == nil)
    #expect(schedule.rankedAbove == 1)
    #expect(schedule.stop == EarlyStop(k: 1, signal: .agreement, threshold: .quantile(250_000)))
    #expect(schedule.with(threshold: .value(7)).description == "1|4>2@agreement:0.000007")
    #expect(KSchedule("4>2")?.rankedAbove == 4)
    #expect(KSchedule(constant: 4).constant == 4)
    #expect(KSchedule("4>2")?.constant == nil)
  }

  private static let shape = "two values of k, a signal and a threshold, as in 1|3@agreement:0.8"

  @Test(
    "What is wrong with an adaptive k is said",
    arguments: [
      ("1|3", shape), ("1|3@", shape), ("1|3@agreement", shape), ("3@agreement:0.8", shape),
      ("1|2|3@agreement:0.8", shape), ("|3@agreement:0.8", shape), ("1|@agreement:0.8", shape),
      ("0|3@agreement:0.8", shape), ("1|2>3@agreement:0.8", shape), ("1>1|3@agreement:0.8", shape),
      ("1|3@agreement:0.8@agreement:0.8", shape),
      (
        "3|1@agreement:0.8",
        "the smaller k first, for queries with a high agreement, as in 1|3@agreement:0.8"
      ),
      ("2|2@margin:0.8", "the smaller k first, for queries with a high margin, as in 1|3@agreement:0.8"),
      ("1|3@agrement:0.8", "a signal, agreement or margin; did you mean 'agreement'?"),
      ("1|3@entropy:0.8", "a signal, agreement or margin"),
      ("1|3@agreement:", "a threshold from 0 to 1, or a quantile of the training queries such as q0.8"),
      ("1|3@agreement:1.1", "a threshold from 0 to 1, or a quantile of the training queries such as q0.8"),
      ("1|3@agreement:-0.1", "a threshold from 0 to 1, or a quantile of the training queries such as q0.8"),
      ("1|3@agreement:high", "a threshold from 0 to 1, or a quantile of the training queries such as q0.8"),
      (
        "1|3@margin:1e13",
        "a threshold in the units of the ranking's scores, or a quantile of the training queries such as q0.8"
      ),
      ("1|3@agreement:q1.5", "a quantile from q0 to q1, such as q0.8"),
      ("1|3@agreement:q", "a quantile from q0 to q1, such as q0.8"),
      ("1|3@agreement:q-0.5", "a quantile from q0 to q1, such as q0.8"),
    ])
  func adaptiveRefused(text: String, expected: String) {
    #expect(throws: KScheduleError(expected: expected)) { try KSchedule(parsing: text) }
    #expect(KSchedule(text) == nil)
  }

  @Test("Several thresholds stand for several adaptive k")
  func list() throws {
    #expect(
      try KSchedule.list(parsing: "1|3@agreement:0.7/0.80/q0.5").map(\.description)
        == ["1|3@agreement:0.7", "1|3@agreement:0.8", "1|3@agreement:q0.5"])
    #expect(try KSchedule.list(parsing: "4>2") == [try KSchedule(parsing: "4>2")])
    #expect(throws: KScheduleError.self) { try KSchedule.list(parsing: "1|3@agreement:0.7/") }
    #expect(throws: KScheduleError.self) { try KSchedule.list(parsing: "1|3@agreement:/0.7") }
  }

  @Test(
    "A fixed k comes before the adaptive ones that reach as far; those by smaller k, signal and threshold")
  func adaptiveOrder() throws {
    let texts = [
      "1", "2", "1|2@agreement:0.5", "3", "1|3@agreement:0.5", "1|3@agreement:0.9", "1|3@agreement:q0.1",
      "1|3@margin:0.1", "2|3@agreement:0.1", "3>1", "4",
    ]
    #expect(texts.reversed().compactMap { KSchedule($0) }.sorted().map(\.description) == texts)
  }
}
