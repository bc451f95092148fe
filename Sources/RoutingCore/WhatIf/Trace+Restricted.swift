extension Trace {
  /// The trace as if only some candidates had been recorded.
  ///
  /// A ranking over more candidates is restricted in its order (*derived*): tokens and time stay as recorded, which
  /// is an upper bound. A ranking recorded for exactly the candidates left is preferred, then one over fewer others.
  /// Merges and refinements stay where all their members do.
  ///
  /// - Parameter kept: positions of candidates, ascending, of which at least one is in the pool.
  package func restricted(to kept: [Int]) -> Trace {
    let map = CandidateMap(kept: kept, of: self)
    var rows = rows
    for row in rows.active.indices { rows.active[row] = map.set(rows.active[row]) }
    let (rankings, orders) = map.rankings(of: self)
    let refinements = map.table(self.refinements)
    return Trace(
      name: name, fingerprint: fingerprint, candidates: kept.map { candidates[$0] },
      poolCount: map.poolCount, candidateSkills: kept.map { candidateSkills[$0] },
      restarting: map.set(restarting), payers: map.payers, selectors: selectors, aggregators: aggregators,
      workloads: workloads, rows: rows, groups: groups, responses: map.responses(of: self),
      prefixes: map.table(prefixes), boots: map.table(boots), continuations: map.table(continuations),
      rankings: rankings, orders: orders, merges: map.table(merges), refinements: refinements,
      recordedCosts: recordedCosts, answers: answers,
      similarities: map.similarities(of: self, refinements: refinements))
  }
}

/// Where candidates and payers go when some candidates leave.
private struct CandidateMap {
  private let kept: [Int]
  /// New position by old; −1 = gone.
  private let position: [Int]
  private let payerPosition: [Int32]
  let payers: [String]
  let poolCount: Int
  private let oldPoolCount: Int

  init(kept: [Int], of trace: Trace) {
    self.kept = kept
    var position = [Int](repeating: -1, count: trace.candidates.count)
    for (new, old) in kept.enumerated() { position[old] = new }
    self.position = position
    poolCount = kept.count { $0 < trace.poolCount }
    oldPoolCount = trace.poolCount
    // Payers begin with the candidates; one that is gone may still be paid as a selector or aggregator.
    let order = kept + trace.payers.indices.filter { $0 >= position.count || position[$0] < 0 }
    payers = order.map { trace.payers[$0] }
    var places = [Int32](repeating: -1, count: trace.payers.count)
    for (new, old) in order.enumerated() { places[old] = Int32(new) }
    payerPosition = places
  }

  func set(_ set: CandidateSet) -> CandidateSet {
    CandidateSet(set.lazy.map { position[$0] }.filter { $0 >= 0 })
  }

  private func paid(_ call: RecordedCall) -> RecordedCall {
    guard call.payer >= 0 else { return call }
    var call = call
    call.payer = payerPosition[Int(call.payer)]
    return call
  }

  func responses(of trace: Trace) -> CallColumns {
    var columns = CallColumns()
    for row in 0..<trace.rows.count {
      for candidate in kept {
        columns.append(paid(trace.responses[row * trace.candidates.count + candidate]))
      }
    }
    return columns
  }

  func table(_ table: CallTable<CutKey>) -> CallTable<CutKey> {
    CallTable(
      rows: table.rowStart.count - 1,
      entries: table.entries.compactMap { entry in
        let new = position[Int(entry.key.candidate)]
        guard new >= 0 else { return nil }
        return .init(
          row: entry.row, key: CutKey(candidate: Int32(new), cut: entry.key.cut), call: paid(entry.call))
      })
  }

  /// Merges and refinements of sets that are left whole.
  func table(_ table: CallTable<SetCallKey>) -> CallTable<SetCallKey> {
    CallTable(
      rows: table.rowStart.count - 1,
      entries: table.entries.compactMap { entry in
        key(entry.key).map { .init(row: entry.row, key: $0, call: paid(entry.call)) }
      })
  }

  /// The key of a set that is left whole; `nil` for any other.
  private func key(_ old: SetCallKey) -> SetCallKey? {
    var key = old
    key.members = set(old.members)
    guard key.members.count == old.members.count else { return nil }
    if key.candidate >= 0 { key.candidate = Int32(position[Int(key.candidate)]) }
    return key
  }

  /// Rankings with the candidates that are gone taken out of their order.
  func rankings(of trace: Trace) -> (CallTable<SetCallKey>, RankingOrders) {
    var best: [(row: Int, key: SetCallKey, source: Int, others: Int)] = []
    var place: [RowKey: Int] = [:]
    for (source, entry) in trace.rankings.entries.enumerated() {
      var key = entry.key
      key.members = set(key.members)
      guard key.members.count > 1 else { continue }
      let others = entry.key.members.count - key.members.count
      let rowKey = RowKey(row: entry.row, key: key)
      if let known = place[rowKey] {
        // Entries come sorted by members, so the first of equally wide ones stays.
        if others < best[known].others { best[known] = (entry.row, key, source, others) }
      } else {
        place[rowKey] = best.count
        best.append((entry.row, key, source, others))
      }
    }
    best.sort { ($0.row, $0.key) < ($1.row, $1.key) }
    var orders = RankingOrders()
    for item in best {
      let range = Int(trace.orders.start[item.source])..<Int(trace.orders.start[item.source + 1])
      for index in range where position[Int(trace.orders.candidates[index])] >= 0 {
        orders.candidates.append(UInt8(position[Int(trace.orders.candidates[index])]))
        if !trace.orders.scores.isEmpty { orders.scores.append(trace.orders.scores[index]) }
      }
      orders.start.append(Int32(orders.candidates.count))
    }
    let entries = best.map { item in
      CallTable<SetCallKey>.Entry(
        row: item.row, key: item.key, call: paid(trace.rankings.calls[item.source]))
    }
    return (CallTable(rows: trace.rows.count, entries: entries), orders)
  }

  private struct RowKey: Hashable {
    let row: Int
    let key: SetCallKey
  }

  /// Similarities of the pairs that are left.
  func similarities(of trace: Trace, refinements: CallTable<SetCallKey>) -> SimilarityColumns {
    var columns = SimilarityColumns()
    columns.refinements = refinementSimilarities(of: trace, refinements)
    let pool = kept.filter { $0 < oldPoolCount }
    let (old, new) = (SimilarityColumns.pairs(oldPoolCount), SimilarityColumns.pairs(poolCount))
    for (cut, column) in trace.similarities.prefixes {
      var left = ContiguousArray<Int32>(repeating: CallColumns.unknown, count: trace.rows.count * new)
      for row in 0..<trace.rows.count {
        for (first, a) in pool.enumerated() {
          for (second, b) in pool.enumerated() where second > first {
            left[row * new + SimilarityColumns.pair(first, second, of: poolCount)] =
              column[row * old + SimilarityColumns.pair(a, b, of: oldPoolCount)]
          }
        }
      }
      columns.prefixes[cut] = left
    }
    return columns
  }

  private func refinementSimilarities(
    of trace: Trace, _ refinements: CallTable<SetCallKey>
  ) -> [SimilarityColumns.RefinementPair: Int32] {
    guard !trace.similarities.refinements.isEmpty else { return [:] }
    let places = trace.refinements.entries.map { entry in
      key(entry.key).map { Int32(refinements.index(row: entry.row, key: $0)) } ?? -1
    }
    var found: [SimilarityColumns.RefinementPair: Int32] = [:]
    for (pair, similarity) in trace.similarities.refinements {
      let (a, b) = (places[Int(pair.first)], places[Int(pair.second)])
      guard a >= 0, b >= 0 else { continue }
      found[.init(first: min(a, b), second: max(a, b), cut: pair.cut)] = similarity
    }
    return found
  }
}

extension CallTable {
  /// Every entry with its row, in order.
  fileprivate var entries: [Entry] {
    (0..<rowStart.count - 1).flatMap { row in
      (Int(rowStart[row])..<Int(rowStart[row + 1])).map { Entry(row: row, key: keys[$0], call: calls[$0]) }
    }
  }
}
