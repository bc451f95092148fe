/// Rank agreement and hit rates of several orders on the same rows, resampled together.
struct RankingTables {
  /// The columns of one order.
  private struct Columns {
    let ranking: WorkloadRanking
    let concordant: GroupRatios.Column
    let tau: GroupRatios.Column
    let hits: [GroupRatios.Column]
  }

  private let ks: [Int]
  private let orders: [Columns]
  private let rows: GroupRatios.Column
  private let pairs: GroupRatios.Column
  private let informativeRows: GroupRatios.Column
  private let chances: [GroupRatios.Column]
  private let ratios: ResampledRatios

  /// - Parameters:
  ///   - compared: offsets of rows on which every order is known and every active candidate graded.
  ///   - first: the row of offset 0.
  init(
    _ rankings: [WorkloadRanking], ks: [Int], compared: [Int], first: Int, trace: Trace,
    settings: SweepSettings
  ) async {
    self.ks = ks
    var sums = GroupRatios(rows: compared.map { first + $0 }, in: trace)
    // Agreement is counted in whole numbers; pairs and chances do not depend on the order.
    let own = compared.map { offset in rankings.first?.rankedScores(offset) ?? [] }
    let agreements = own.map { RankAgreement(ranked: $0) }
    rows = sums.add(compared.map { _ in ratioUnit })
    pairs = sums.add(agreements.map { Int128($0.pairs) })
    informativeRows = sums.add(agreements.map { $0.pairs > 0 ? ratioUnit : 0 })
    chances = ks.map { k in sums.add(own.map { TopHit.chance($0, k: k) }) }
    orders = rankings.map { ranking in
      let scores = compared.map(ranking.rankedScores)
      let agreements = scores.map { RankAgreement(ranked: $0) }
      return Columns(
        ranking: ranking, concordant: sums.add(agreements.map { Int128($0.concordant) }),
        tau: sums.add(agreements.map { Self.shifted($0.tauB) }),
        hits: ks.map { k in sums.add(scores.map { TopHit.isHit(ranked: $0, k: k) ? ratioUnit : 0 }) })
    }
    ratios = await sums.resampled(settings)
  }

  /// (τ + 1) in billionths, so that sums stay whole and positive; 0 where it is not defined.
  private static func shifted(_ tau: Double?) -> Int128 {
    tau.map { Int128((($0 + 1) * Double(ratioUnit)).rounded(.toNearestOrEven)) } ?? 0
  }

  /// Share of the queries on which some candidate scores more than another.
  var informative: Estimate? { ratios.share(informativeRows, rows, unit: ratioUnit) }

  /// - Parameter scores: mean scores by k of the policies that use an order.
  func calibrations(scores: (WorkloadRanking) -> [ScoreAtK]) -> [RankingCalibration] {
    let prior = orders.first { $0.ranking.selector == PriorSelector.entry.name }
    return orders.map { order in
      RankingCalibration(
        selector: order.ranking.selector, boot: order.ranking.boot,
        somersD: ratios.share(order.concordant, pairs)?.mapped(times: 2, plus: -1),
        tauB: ratios.ratio(order.tau, informativeRows)?.mapped(times: 1, plus: -1),
        hits: ks.indices.compactMap { place in
          ratios.share(order.hits[place], rows, unit: ratioUnit).map { rate in
            HitRate(
              k: ks[place], rate: rate, random: ratios.ratio(chances[place], rows)?.mean ?? 0,
              prior: prior.flatMap { ratios.ratio($0.hits[place], rows)?.mean })
          }
        }, scores: scores(order.ranking))
    }
  }
}
