import ArgumentParser
import Foundation
import Reporting
import RoutingCore
import TraceStore

struct ExportSparkJobCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spark-job",
    abstract: "Write a PySpark script that sweeps the shards of a trace on a cluster.",
    discussion: """
      Example:
        lightreplay export spark-job --selector consensus --aggregator vote \\
          --prices traces/prices.yaml -o sweep_spark.py
        spark-submit sweep_spark.py --lightreplay .build/lightreplay-bundle.tar.gz \\
          --format json -o sweep.json shards/*.jsonl.gz

      The flags are those of sweep, and every shard is swept with them; the price book is written into the \
      script. Each task imports its shard where it is JSON Lines, and runs sweep --partial; the partial \
      results come back and are combined. The result is that of one machine, to the last bit.
      """)

  @OptionGroup(title: "Policies") var grid: GridOptions
  @OptionGroup(title: "Replay") var flags: ReplayFlags

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What a unit of cost is worth in score; S − λT is shown for each.", valueName: "list"),
    transform: { try ListArgument($0) })
  var lambda: ListArgument<Lambda>?

  @Option(name: [.short, .long], help: ArgumentHelp("A file instead of standard output.", valueName: "file"))
  var output: String?

  func validate() throws { try OutputFile.check(output) }

  func run() throws {
    try ShardRules.check(grid.request())
    if flags.costUnit == .usd, flags.prices == nil { throw PolicyError.noPrice(payers: []) }
    var given = SweepArguments(Array(CommandLine.arguments.dropFirst(3)))
    given.remove("-o")
    given.remove("--output")
    var book: (name: String, text: String)?
    if let name = flags.prices {
      let text = try PriceBooks.text(of: name).text
      _ = try PriceBooks.read(name)
      if FileManager.default.fileExists(atPath: name) {
        let inside = SweepArguments.placeBelow(name)
        given.remove("--prices")
        given.flags += ["--prices", inside]
        book = (inside, text)
      }
    }
    let script = SparkJob(flags: given.flags, prices: book).script
    try OutputFile.write(to: output) { file in try file.write(Array(script.utf8)) }
  }
}

/// Flags as they stand on the command line.
struct SweepArguments {
  var flags: [String]

  init(_ flags: [String]) { self.flags = flags }

  /// Takes an option and its value out.
  mutating func remove(_ name: String) {
    while let place = flags.firstIndex(where: { $0 == name || $0.hasPrefix(name + "=") }) {
      let isApart = flags[place] == name
      flags.removeSubrange(place..<min(flags.count, place + (isApart ? 2 : 1)))
    }
    if name.count == 2 { flags.removeAll { $0.hasPrefix(name) } }
  }

  /// The path if it stays inside the folder of a task, else its last part.
  static func placeBelow(_ path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.contains("..") || path.hasPrefix("/") ? String(parts.last ?? "prices.yaml") : path
  }
}
