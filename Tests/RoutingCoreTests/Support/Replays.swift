import RoutingCore

/// Cost by stage, in the price table's integer units.
struct Bill: Equatable {
  var boot: Int128 = 0
  var selection: Int128 = 0
  var completion: Int128 = 0
  var merge: Int128 = 0
  var refinement: Int128 = 0

  var total: Int128 { boot + selection + completion + merge + refinement }
}

/// Tokens of a stage.
struct Tokens: Equatable {
  var input: Int64
  var output: Int64
}

/// How one policy fared on one workload.
struct PolicyReplay {
  let outcomes: PolicyOutcomes
  let ledger: Ledger
  let prices: PriceTable
  let isKept: Bool
  let compared: [Int]
  let candidates: [String]

  // The first row, which in most tests is the only one.
  var score: Int32 { outcomes.scores[0] }
  var cost: Int128 { outcomes.costs[0] }
  /// Microseconds; `nil` where unknown.
  var latency: Int64? { outcomes.latencies[0] < 0 ? nil : outcomes.latencies[0] }
  var gap: Gap { outcomes.gaps[0] }
  var reason: String { gap.text(candidates: candidates) }
  var failed: Bool { outcomes.failed[0] }

  /// What all compared rows cost together.
  var bill: Bill {
    func cost(_ stage: Stage) -> Int128 { ledger.cost(stage, at: prices) }
    return Bill(
      boot: cost(.boot), selection: cost(.selection), completion: cost(.completion), merge: cost(.merge),
      refinement: cost(.refinement))
  }

  func tokens(_ stage: Stage) -> Tokens {
    (0..<ledger.payerCount).reduce(into: Tokens(input: 0, output: 0)) { sum, payer in
      let usage = ledger[stage, payer: payer]
      sum.input += usage.input + usage.cachedInput
      sum.output += usage.output
    }
  }
}

/// How policies are replayed in a test.
struct ReplaySetup {
  var prices: PriceBook = Bench.prices
  var unit = CostUnit.usd
  var accounting = Accounting.billed
  var excludesFailures = false
  var minCoverage = CoverageShare.standard
  var threads = 1

  func options(for trace: Trace) throws -> ReplayOptions {
    let table =
      unit == .usd
      ? try PriceTable.dollars(prices, for: trace, needed: []) : PriceTable.tokens(for: trace)
    return ReplayOptions(
      prices: table, accounting: accounting, excludesFailures: excludesFailures, threads: threads)
  }
}

extension Trace {
  /// Replays policies together over the first workload, in the order given.
  func replay(all policies: [Policy], _ setup: ReplaySetup = ReplaySetup()) async throws -> [PolicyReplay] {
    let options = try setup.options(for: self)
    let replayer = try Replayer(trace: self, policies: policies, options: options)
    let replay = await replayer.replay(workloads[0], minCoverage: setup.minCoverage)
    return policies.indices.map { index in
      PolicyReplay(
        outcomes: replay.outcomes[index], ledger: replay.ledgers[index], prices: options.prices,
        isKept: replay.kept[index], compared: replay.compared, candidates: candidates)
    }
  }

  func replay(all ids: [String], _ setup: ReplaySetup = ReplaySetup()) async throws -> [PolicyReplay] {
    try await replay(all: ids.map { try Policy(id: $0, aggregator: "recorded", selector: "recorded") }, setup)
  }

  func replay(_ id: String, _ setup: ReplaySetup = ReplaySetup()) async throws -> PolicyReplay {
    try await replay(all: [id], setup)[0]
  }
}

extension TraceSketch {
  func replay(_ id: String, _ setup: ReplaySetup = ReplaySetup()) async throws -> PolicyReplay {
    try await trace().replay(id, setup)
  }
}

extension ReplaySetup {
  /// Costs counted in tokens, for traces without prices.
  static let tokens = ReplaySetup(unit: .tokens)
  static let paper = ReplaySetup(accounting: .paper)
  static let failuresLeftOut = ReplaySetup(excludesFailures: true)
}
