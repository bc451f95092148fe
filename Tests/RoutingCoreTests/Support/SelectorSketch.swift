import RoutingCore

extension TraceSketch {
  /// The order a selector gives the first row's candidates at a budget, by name; `nil` with a gap.
  func order(_ selector: String, boot: BootBudget = .full, layer: Int32 = 1, seed: UInt64 = 1, row: Int = 0)
    throws -> [String]?
  {
    let (column, trace) = try ranking(selector, boot: boot, layer: layer, seed: seed)
    guard column.gaps[row].isCovered else { return nil }
    return (0..<trace.rows.active[row].count).map {
      trace.candidates[Int(column.orders[row * column.stride + $0])]
    }
  }

  /// The orders of all rows, by name; `nil` with a gap.
  func orders(_ selector: String, boot: BootBudget) throws -> [[String]?] {
    let (column, trace) = try ranking(selector, boot: boot, layer: 1, seed: 1)
    return trace.rows.active.indices.map { row in
      guard column.gaps[row].isCovered else { return nil }
      return (0..<trace.rows.active[row].count).map {
        trace.candidates[Int(column.orders[row * column.stride + $0])]
      }
    }
  }

  /// Why a selector gives the first row no order.
  func rankingGap(_ selector: String, boot: BootBudget = .full) throws -> Gap {
    try ranking(selector, boot: boot, layer: 1, seed: 1).0.gaps[0]
  }

  private func ranking(_ selector: String, boot: BootBudget, layer: Int32, seed: UInt64) throws
    -> (RankingColumn, Trace)
  {
    let trace = try trace()
    let scope = RankingScope(
      trace: trace, rows: 0..<trace.rows.count, layer: layer, cut: boot.cut, members: trace.rows.active,
      outputs: .responses)
    var options = SelectorOptions()
    options.seed = seed
    var column = RankingColumn(rows: trace.rows.count, poolCount: trace.poolCount)
    try SelectorRegistry.selector(selector, for: trace, options: options).rank(scope, into: &column)
    return (column, trace)
  }
}
