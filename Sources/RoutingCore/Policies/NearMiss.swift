/// Finds what somebody probably meant to type.
package enum NearMiss {
  /// The known name with the smallest edit distance, if that is at most a third of the longer name.
  package static func closest(to name: String, in known: [String]) -> String? {
    let scored = known.map {
      (name: $0, distance: distance(Array(name.lowercased()), Array($0.lowercased())))
    }
    guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance * 3 <= max(name.count, best.name.count) ? best.name : nil
  }

  /// Levenshtein distance.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var previous = Array(0...right.count)
    for (row, a) in left.enumerated() {
      var current = [row + 1]
      for (column, b) in right.enumerated() {
        current.append(
          min(previous[column] + (a == b ? 0 : 1), previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[right.count]
  }
}
