/// The four arms through the windows, once all choices are made.
struct RollingWalk {
  private let shelf: RollingShelf
  private let sequence: RollingSequence
  private let request: RollingRequest
  private let workload: Workload
  private let scale: Double
  /// Column in each window, by arm.
  private let choices: [[Int]]
  /// What running every model on a query costs, by place.
  private let checkCosts: [Int128]

  /// - Parameter choices: the column chosen anew for each window.
  init(
    _ shelf: RollingShelf, _ sequence: RollingSequence, _ request: RollingRequest, _ workload: Workload,
    choices: [Int]
  ) {
    self.shelf = shelf
    self.sequence = sequence
    self.request = request
    self.workload = workload
    let scale = shelf.basis.settings.costUnit.scale
    self.scale = scale
    let singles = (0..<shelf.basis.trace.poolCount).compactMap(shelf.single)
    checkCosts = sequence.offsets.indices.map { place in singles.reduce(0) { $0 + $1.costs[place] } }
    func best(_ places: Range<Int>) -> Int {
      shelf.columns.indices.min { left, right in
        let (a, b) = (shelf.columns[left], shelf.columns[right])
        let (own, other) = (
          a.objective(places, lambda: request.lambda, scale: scale),
          b.objective(places, lambda: request.lambda, scale: scale)
        )
        if own != other { return own > other }
        let (cost, rival) = (a.cost(places), b.cost(places))
        if cost != rival { return cost < rival }
        if a.policy != b.policy { return RollingRank(a.policy) < RollingRank(b.policy) }
        return left < right
      } ?? choices[0]
    }
    let windows = sequence.windows
    self.choices = [
      choices, windows.indices.map { choices[min($0, 1)] },
      Array(repeating: best(0..<sequence.offsets.count), count: windows.count), windows.map(best),
    ]
  }

  /// Places whose checks an arm pays in a window: the new choices all, the kept one those of the first window.
  private func checked(_ arm: RollingArm, _ window: Int) -> [Int] {
    switch arm {
    case .rolling: sequence.checked[window]
    case .fixed: window == 0 ? sequence.checked[0] : []
    case .bestFixed, .hindsight: []
    }
  }

  private func column(_ arm: RollingArm, _ window: Int) -> RollingColumn {
    shelf.columns[choices[arm.rawValue][window]]
  }

  private func checkCost(_ arm: RollingArm, _ window: Int) -> Int128 {
    checked(arm, window).reduce(0) { $0 + checkCosts[$1] }
  }

  /// Σ S − λT of an arm in a window, checks included.
  private func objective(_ arm: RollingArm, _ window: Int) -> Double {
    let column = column(arm, window)
    let places = sequence.windows[window]
    return Double(column.score(places)) / Double(Score.unit)
      - request.lambda * Double(wide: column.cost(places) + checkCost(arm, window)) / scale
  }

  private func names(_ pool: CandidateSet) -> [String] { pool.map { shelf.basis.trace.candidates[$0] } }
}

extension RollingWalk {
  var windows: [RollingWindow] {
    var regrets = RollingArm.allCases.map { _ in 0.0 }
    var pool = shelf.whole
    return sequence.windows.indices.map { window in
      let places = sequence.windows[window]
      let best = objective(.hindsight, window)
      for arm in RollingArm.allCases { regrets[arm.rawValue] += best - objective(arm, window) }
      let own = RollingWalk.pool(after: pool, column(.rolling, window))
      defer { pool = own }
      func query(_ place: Int) -> String {
        shelf.basis.trace.rows.query[workload.rows.lowerBound + sequence.offsets[place]]
      }
      return RollingWindow(
        queries: places.count, checked: sequence.checked[window].count, first: query(places.lowerBound),
        last: query(places.upperBound - 1), pool: names(own),
        left: names(CandidateSet(bits: pool.bits & ~own.bits)),
        returned: names(CandidateSet(bits: own.bits & ~pool.bits)),
        arms: RollingArm.allCases.map { step($0, window, regret: regrets[$0.rawValue]) })
    }
  }

  /// The pool that a choice leaves in force.
  private static func pool(after last: CandidateSet, _ column: RollingColumn) -> CandidateSet {
    column.policy.model == nil ? column.pool : last
  }

  private func step(_ arm: RollingArm, _ window: Int, regret: Double) -> RollingStep {
    let column = column(arm, window)
    let places = sequence.windows[window]
    let (count, checks) = (Double(places.count), checkCost(arm, window))
    return RollingStep(
      policy: column.policy, pool: column.policy.model.map { [$0] } ?? names(column.pool),
      score: Double(column.score(places)) / Double(Score.unit) / count,
      cost: Double(wide: column.cost(places) + checks) / scale / count,
      checkCost: Double(wide: checks) / scale, objective: objective(arm, window) / count, regret: regret)
  }

  /// All windows, with the bootstrap over groups of queries, the choices being as they were made.
  var totals: RollingTotals {
    get async {
      let means = await ResampledMeans(sums, settings: shelf.basis.settings)
      let queries = Double(sequence.offsets.count)
      func lead(_ one: RollingArm, _ other: RollingArm) -> Estimate {
        func objective(_ arm: RollingArm) -> Double {
          means.meanScore(arm.rawValue) - request.lambda * means.meanCost(arm.rawValue)
        }
        func objectives(_ arm: RollingArm) -> [Double] {
          zip(means.scoreReplicates(arm.rawValue), means.costReplicates(arm.rawValue)).map {
            $0 - request.lambda * $1
          }
        }
        return Estimate(
          mean: queries * (objective(one) - objective(other)),
          replicates: zip(objectives(one), objectives(other)).map { queries * ($0 - $1) })
      }
      let own = choices[RollingArm.rolling.rawValue]
      return RollingTotals(
        arms: RollingArm.allCases.map { arm in
          RollingTotal(
            score: means.score(arm.rawValue), cost: means.cost(arm.rawValue),
            checkCost: Double(
              wide: sequence.windows.indices.reduce(0) { $0 + checkCost(arm, $1) }) / scale,
            regret: lead(.hindsight, arm))
        }, leadOverFixed: lead(.rolling, .fixed), leadOverBestFixed: lead(.rolling, .bestFixed),
        switches: own.indices.dropFirst().count { own[$0] != own[$0 - 1] })
    }
  }

  /// Scores and costs of every arm, by group of queries.
  private var sums: GroupSums {
    let trace = shelf.basis.trace
    var windowOf = [Int](repeating: 0, count: sequence.offsets.count)
    for (window, places) in sequence.windows.enumerated() {
      for place in places { windowOf[place] = window }
    }
    let isChecked = RollingArm.allCases.map { arm in
      Set(sequence.windows.indices.flatMap { checked(arm, $0) })
    }
    let places = sequence.offsets.indices.sorted { sequence.offsets[$0] < sequence.offsets[$1] }
    var groups: [Int32] = []
    var counts: ContiguousArray<Int64> = []
    var scores = RollingArm.allCases.map { _ in ContiguousArray<Int128>() }
    var costs = scores
    for place in places {
      let group = trace.rows.group[workload.rows.lowerBound + sequence.offsets[place]]
      if groups.last != group {
        groups.append(group)
        counts.append(0)
        for arm in scores.indices {
          scores[arm].append(0)
          costs[arm].append(0)
        }
      }
      let last = groups.count - 1
      counts[last] += 1
      for arm in RollingArm.allCases {
        let column = column(arm, windowOf[place])
        scores[arm.rawValue][last] += Int128(column.scores[place])
        costs[arm.rawValue][last] +=
          column.costs[place] + (isChecked[arm.rawValue].contains(place) ? checkCosts[place] : 0)
      }
    }
    return GroupSums(
      keys: ContiguousArray(groups.map { trace.groups.key[Int($0)] }),
      folds: ContiguousArray(groups.map { trace.groups.fold[Int($0)] }), counts: counts, scores: scores,
      costs: costs)
  }
}

extension Policy {
  /// The one model that runs by itself; `nil` for anything else.
  fileprivate var model: String? {
    if case .single(let model) = self { model } else { nil }
  }
}
