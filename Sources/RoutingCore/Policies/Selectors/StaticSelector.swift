/// A fixed order, `static:m1>m2>…`, the other candidates following in pool order: the paper's
/// "pre-selected" models. Starts only the chosen candidates.
struct StaticSelector: CandidateSelector {
  static let entry = SelectorEntry(
    name: "static", argument: .required("m1>m2"), needsPrefixes: false, isBound: false
  ) { (argument, trace, _) throws(PolicyError) in
    var order: [Int] = []
    let names = (argument ?? "").utf8.split(separator: UInt8(ascii: ">"), omittingEmptySubsequences: false)
    for name in names.map({ Substring($0) }) {
      guard let position = ExactString.position(of: name, in: trace.pool) else {
        throw .unknown(kind: "candidate", name: String(name), known: Array(trace.pool))
      }
      guard !order.contains(position) else {
        throw .malformed(id: "static:\(argument ?? "")", part: String(name), expected: "each candidate once")
      }
      order.append(position)
    }
    return StaticSelector(order: order, poolCount: trace.poolCount)
  }

  /// Larger is better, by pool position.
  private let rank: [Int64]

  init(order: [Int], poolCount: Int) {
    var rank = [Int64](repeating: 0, count: poolCount)
    for (place, candidate) in order.enumerated() { rank[candidate] = Int64(order.count - place) }
    self.rank = rank
  }

  /// The pool in this order.
  var order: [Int] { rank.indices.sorted { (-rank[$0], $0) < (-rank[$1], $1) } }

  func rank(_ scope: RankingScope, into column: inout RankingColumn) {
    for offset in 0..<scope.rows.count where scope.members[offset].count > 1 {
      column.rank(offset, scope.members[offset]) { rank[$0] }
    }
  }
}
