import Foundation
import Testing

/// The whole flow in two worlds that differ in everything that must not matter.
@Suite struct DeterminismTests {
  /// Where and how the program runs.
  struct World: Sendable {
    let environment: [String: String]
    let threads: String
    /// The folder below the test's in which it works.
    let place: String
    let isReversed: Bool
  }

  static let first = World(
    environment: [
      "LC_ALL": "C", "LANG": "C", "TZ": "UTC", "SWIFT_DETERMINISTIC_HASHING": "1", "COLUMNS": "80",
    ],
    threads: "1", place: "a", isReversed: false)

  static let others = [
    World(
      environment: [
        "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Pacific/Chatham", "COLUMNS": "40",
      ],
      threads: "3", place: "some where/ünder", isReversed: true),
    World(
      environment: ["LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "TZ": "America/St_Johns", "NO_COLOR": "1"],
      threads: "2", place: "b", isReversed: true),
    World(
      environment: ["LC_ALL": "POSIX", "TZ": ":", "TERM": "dumb"], threads: "8", place: "c", isReversed: false
    ),
  ]

  /// Every command whose output depends on the trace alone.
  private static let flow: [(arguments: [String], output: String)] = {
    let usd = ["--prices", "prices.yaml", "--replicates", "200"]
    let wish = usd + ["--min-score", "95%"]
    var flow: [(arguments: [String], output: String)] = []
    for format in ["table", "json"] {
      flow += [
        (["sweep", "demo.sqlite", "--lambda", "0,10,1000", "--format", format] + usd, "sweep.\(format)"),
        (["recommend", "demo.sqlite", "--format", format] + wish, "recommend.\(format)"),
        (["whatif", "demo.sqlite", "--drop", "lark", "--format", format] + wish, "whatif.\(format)"),
        (["calibrate", "demo.sqlite", "--format", format] + wish, "calibrate.\(format)"),
        (["fit", "demo.sqlite", "--along", "k", "--format", format] + usd, "fit.\(format)"),
        (["inspect", "demo.sqlite", "--format", format], "inspect.\(format)"),
      ]
    }
    for format in ["html", "md", "json"] {
      flow.append((["report", "demo.sqlite", "-o", "report.\(format)"] + wish, ""))
    }
    return flow + [
      (["recommend", "demo.sqlite", "--emit", "policy.yaml"] + wish, "emitted.txt"),
      (["export", "notebook", "demo.sqlite", "-o", "notebook"] + wish, ""),
      (
        [
          "sweep", "demo.sqlite", "--selector", "consensus,random", "--aggregator", "vote,mean,best",
          "--format",
          "json",
        ] + usd, "offline.json"
      ),
    ]
  }()

  /// Runs everything; returns every byte that came out, by name.
  private func outputs(_ world: World, _ program: Program) throws -> [String: Data] {
    let files = FileManager.default
    let folder = program.folder.appendingPathComponent(world.place)
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    try files.copyItem(at: Place.prices, to: folder.appendingPathComponent("prices.yaml"))
    let lines = try String(contentsOf: Place.demo, encoding: .utf8).split(separator: "\n").map { $0 + "\n" }
    let queries = world.isReversed ? Array(lines.dropFirst().reversed()) : Array(lines.dropFirst())
    try (lines[0] + queries.joined()).write(
      to: folder.appendingPathComponent("demo.jsonl"), atomically: false, encoding: .utf8)
    var outputs: [String: Data] = [:]
    let imported = (["import", "jsonl", "demo.jsonl", "--trace", "demo.sqlite"], "")
    for (arguments, name) in [imported] + Self.flow {
      let threads = ["import", "inspect"].contains(arguments[0]) ? [] : ["--threads", world.threads]
      let outcome = try program.run(arguments + threads, environment: world.environment, folder: folder)
      try #require(outcome.status == 0, "\(arguments): \(outcome.messages)")
      if !name.isEmpty { outputs[name] = Data(outcome.output.utf8) }
    }
    for case let name as String in files.enumerator(atPath: folder.path) ?? .init() {
      guard !name.hasPrefix("demo."), let content = files.contents(atPath: folder.path + "/" + name) else {
        continue
      }
      outputs[name] = content
    }
    return outputs
  }

  @Test(
    "Threads, locale, time zone, folder, hash seeds and the order of queries change no byte of any output",
    arguments: others.indices)
  func everything(other: Int) throws {
    let program = try Program()
    defer { program.cleanUp() }
    let expected = try outputs(Self.first, program)
    #expect(expected.count > 20)
    let found = try outputs(Self.others[other], program)
    #expect(found.keys.sorted() == expected.keys.sorted())
    for (name, content) in expected.sorted(by: { $0.key < $1.key }) {
      #expect(found[name] == content, "\(name) differs")
    }
  }
}
