import Foundation
import RoutingCore
import Testing
import TraceStore

@Suite struct PartialFileTests {
  /// One workload with two patterns; numbers of every size.
  private static let partial: PartialSweep = {
    let candidates = ["a", "é \"b\""]
    let grid = Grid(
      k: ["1", "1|2@agreement:0.25"].compactMap { KSchedule($0) }, boots: [.tokens(5), .full],
      layers: [2, 3],
      schedules: LayerSchedule.allCases, selectors: ["recorded:x", "length"], aggregators: ["vote"],
      continuation: .cached, candidates: candidates)
    var settings = SweepSettings()
    settings.seed = .max
    settings.replicates = 2
    settings.minCoverage = CoverageShare(decimal: "0.123456") ?? .standard
    settings.lambdas = [Lambda(value: 0.1), Lambda(value: 1e300)]
    let header = PartialHeader(
      traceName: "t\n", fingerprint: "f", headerDigest: "h", candidates: candidates, poolCount: 1,
      respondents: [candidates[1]], selectors: ["x"], aggregators: [], grid: grid,
      terms: PartialTerms(
        settings, samples: .all, grader: "g", workloads: ["w", "v"],
        prices: PriceBook(name: "p.yaml", date: nil, sha256: "s", prices: [:])))
    var gaps = [[Gap: Int]](repeating: [:], count: grid.policies.count)
    gaps[1] = [Gap(.noResponse, 1): 3, Gap(.noTimings): 1]
    let patterns = [
      pattern(members: [0, 2], groupKeys: nil), pattern(members: [], groupKeys: [1, .max]),
    ]
    let workload = PartialWorkload(
      name: "w", rows: 4, covered: gaps.indices.map { $0 }, gaps: gaps, patterns: patterns)
    return PartialSweep(header: header, workloads: [workload])
  }()

  private static func pattern(members: [Int], groupKeys: [UInt64]?) -> PartialPattern {
    var tally = PartialTally()
    tally.score = 1 << 90
    tally.cost = 1 << 100
    tally.isBinary = false
    tally.stageCosts = [1, 2, 3, 4, 1 << 70]
    tally.stopped = members.isEmpty ? nil : 1
    tally.latencies = ValueCounts([-1, 7, 7, .max])
    return PartialPattern(
      members: members, rows: 2, queryKeys: [3, .max - 1], groupKeys: groupKeys,
      repeatsGroups: groupKeys != nil,
      responses: [ScoreMoments(count: 1, sum: 2, squares: 1 << 80), ScoreMoments()],
      tallies: members.map { _ in tally },
      replicates: PartialReplicates(
        attempts: [0, 3], rows: [5, 6], scores: members.map { [Int128($0), 1 << 101] },
        costs: members.map { _ in [0, 1] }))
  }

  @Test("What is written is read back, compressed or not")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    try PartialFile.write(Self.partial, to: folder.path("a"))
    try PartialFile.write(Self.partial, to: folder.path("b"), compression: .asNamed)
    #expect(try PartialFile.read(folder.path("a")) == Self.partial)
    #expect(try PartialFile.read(folder.path("b")) == Self.partial)
    #expect(try folder.read("a").prefix(4) == Data([0x28, 0xB5, 0x2F, 0xFD]))
  }

  private static func lines(_ folder: TemporaryFolder) throws -> [Data] {
    try PartialFile.write(partial, to: folder.path("whole"), compression: .asNamed)
    return try folder.read("whole").split(separator: UInt8(ascii: "\n"))
  }

  @Test("A file that was cut is refused at every line")
  func truncated() throws {
    let folder = try TemporaryFolder()
    let lines = try Self.lines(folder)
    for count in 1..<lines.count {
      try folder.write(Data(lines[..<count].joined(separator: Data("\n".utf8))) + Data("\n".utf8), to: "cut")
      #expect(throws: PartialFileError.truncated(folder.path("cut"), line: count)) {
        try PartialFile.read(folder.path("cut"))
      }
    }
    try PartialFile.write(Self.partial, to: folder.path("packed"))
    for part in 1...3 {
      let packed = try folder.read("packed")
      try folder.write(packed.prefix(packed.count * part / 4), to: "cut")
      #expect(throws: (any Error).self) { try PartialFile.read(folder.path("cut")) }
    }
  }

  @Test("A file in which any digit was changed, or a line taken out, is refused")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let lines = try Self.lines(folder)
    for index in lines.indices {
      var changed = lines
      guard
        let place = changed[index].lastIndex(where: { (UInt8(ascii: "0")...UInt8(ascii: "8")).contains($0) })
      else { continue }
      changed[index][place] += 1
      try folder.write(Data(changed.joined(separator: Data("\n".utf8))), to: "changed")
      #expect(throws: PartialFileError.self, "line \(index + 1)") {
        try PartialFile.read(folder.path("changed"))
      }
      changed.remove(at: index)
      try folder.write(Data(changed.joined(separator: Data("\n".utf8))), to: "changed")
      #expect(throws: PartialFileError.self, "without line \(index + 1)") {
        try PartialFile.read(folder.path("changed"))
      }
    }
  }

  @Test(
    "What is no partial is told apart",
    arguments: [
      ("", PartialFileError.notAPartial("")), ("{}\n", .notAPartial("")), ("a,b\n1,2\n", .notAPartial("")),
      ("SQLite format 3\0\n", .isTrace("")),
      (#"{"format":"lightreplay.partial/2"}"#, .newer("", format: "lightreplay.partial/2")),
      (#"{"format":"lightreplay.partial/1"}"#, .damaged("", line: 1)),
    ])
  func others(text: String, expected: PartialFileError) throws {
    let folder = try TemporaryFolder()
    try folder.write(Data(text.utf8), to: "x")
    let path = folder.path("x")
    let error = #expect(throws: PartialFileError.self) { try PartialFile.read(path) }
    #expect(error?.description.hasPrefix(path) == true)
    #expect(error.map(Self.kind) == Self.kind(expected))
  }

  private static func kind(_ error: PartialFileError) -> String {
    switch error {
    case .notAPartial: "none"
    case .needsTrace: "needs"
    case .isTrace: "trace"
    case .newer(_, let format): format
    case .truncated(_, let line): "cut \(line)"
    case .damaged(_, let line): "damaged \(line)"
    }
  }
}
