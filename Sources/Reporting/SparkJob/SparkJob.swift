/// A PySpark script that sweeps the shards of a trace on a cluster: complete in itself, save for the program it runs.
package struct SparkJob: Sendable {
  /// Flags of `sweep`, as given.
  private let flags: [String]
  private let prices: (name: String, text: String)?

  /// - Parameters:
  ///   - flags: of `lightreplay sweep`, without a trace, `--partial` and an output.
  ///   - prices: the price book's name and text, where a file is named in `flags`; each task writes it where it runs.
  package init(flags: [String], prices: (name: String, text: String)?) {
    self.flags = flags
    self.prices = prices
  }

  package var script: String {
    let list = JSONValue.array(flags.map(JSONValue.string)).compact
    let book = prices.map { JSONValue.object(["name": .string($0.name), "text": .string($0.text)]).compact }
    return """
      #!/usr/bin/env python3
      # Sweeps shards of a trace on Apache Spark; written by lightreplay export spark-job.
      #   spark-submit sweep_spark.py --lightreplay lightreplay-bundle.tar.gz --format json -o sweep.json SHARD…
      # A shard is a JSON Lines file (plain, gzip, Zstandard) or a trace; every query lies in one shard.

      # What lightreplay sweep is asked, and the price book that is named in it.
      FLAGS = \(list)
      PRICES = \(book ?? "None")


      """ + SparkJobCode.program + "\n"
  }
}
