/// Why a file cannot be taken as the partial result of a shard.
package enum PartialFileError: Error, Equatable {
  case notAPartial(String)
  case isTrace(String)
  /// A partial where a trace is needed.
  case needsTrace(String)
  case newer(String, format: String)
  /// It ends before its last line.
  case truncated(String, line: Int)
  /// A line that is not as it was written.
  case damaged(String, line: Int)
}

extension PartialFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAPartial(let path):
      "\(path): not a partial result; one is made with: lightreplay sweep SHARD --partial -o FILE"
    case .isTrace(let path):
      "\(path): a trace, not a partial result; make one of it with: lightreplay sweep \(path) --partial -o FILE"
    case .needsTrace(let path):
      """
      \(path): the partial result of a shard, which holds sums only; 'lightreplay combine' sweeps with it. \
      What is chosen on some queries and scored on others needs the whole trace
      """
    case .newer(let path, let format):
      "\(path): of the form '\(format)'; this program knows \(PartialFile.format). Use one version for all shards"
    case .truncated(let path, let line):
      "\(path): ends early, at line \(line); expected its last line with the checksum. Sweep that shard again"
    case .damaged(let path, let line):
      "\(path):\(line): damaged: it does not match what was written. Sweep that shard again"
    }
  }
}
