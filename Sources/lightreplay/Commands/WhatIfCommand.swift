import ArgumentParser
import Reporting
import RoutingCore

struct WhatIfCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "What would be recommended, scored and paid if prices, models or traffic changed.",
    discussion: """
      Examples:
        \(ExampleTrace.made)
        lightreplay whatif demo.sqlite --prices traces/prices.yaml \\
          --price stork=x0.5 --traffic 2e6/day
        lightreplay whatif demo.sqlite --prices traces/prices.yaml \\
          --drop lark --break-even heron

      A file of scenarios (--scenario) also knows discounts, cache hits, selectors, aggregators, a selector \
      made worse, longer answers and a latency limit. The policy flags say what is compared as things are.

      Queries in recorded order, the choice made anew every 200 of them from what 20 checked ones told (every \
      query needs an "ordinal", which the demo has not):
        lightreplay whatif served.sqlite --prices prices.yaml --lambda 200 \\
          --rolling 200 --check 20
      Exit codes: 0 done, 1 failed, 2 nothing can be recommended as things are, 64 wrong usage.
      """)

  @Argument(help: "The trace file.")
  var trace: String

  @OptionGroup(title: "What changes") var changes: ScenarioOptions
  @OptionGroup(title: "As queries arrive") var arrival: RollingOptions
  @OptionGroup(title: "What is wanted") var wish: WishOptions
  @OptionGroup(title: "Policies") var grid: GridOptions
  @OptionGroup(title: "Replay") var flags: ReplayFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard wish.fleetBudget == nil else {
      throw ValidationError("whatif chooses for each workload; use --budget instead of --fleet-budget")
    }
    guard try arrival.request(wish, flags) != nil else { return try changes.checkChange() }
    guard !changes.areGiven else {
      throw ValidationError("--rolling replays things as they are; leave out --scenario and other changes")
    }
  }

  func run() async throws {
    if let request = try arrival.request(wish, flags) { return try await roll(request) }
    let scenarios = try changes.scenarios()
    let rule = wish.choiceRule()
    let session = try await WhatIfSession(
      path: trace, grid: grid, flags: flags, rule: rule, traffic: changes.traffic?.traffic,
      scenarios: scenarios)
    let basis = session.basis
    let report = WhatIfReport(
      traceName: basis.trace.name, fingerprint: basis.trace.fingerprint, settings: basis.settings, rule: rule,
      prices: basis.prices, result: try await WhatIf(basis, scenarios: scenarios))
    switch output.format {
    case .json: try output.write(report.json.document)
    case .csv: try output.write(report.csv)
    case .table: try output.write(report.table)
    }
    if output.format == .table { nameExcluded(report.result) }
    guard report.result.before.workloads.contains(where: { $0.recommendation != nil }) else {
      Messages.note("nothing can be recommended as things are; the reasons are listed")
      throw ExitCode.nothingMeetsWish
    }
  }

  /// The table counts what a scenario cannot compare; here it is named.
  private func nameExcluded(_ result: WhatIf) {
    for report in result.scenarios {
      for workload in report.after.workloads where !workload.excluded.isEmpty {
        let names = workload.excluded.prefix(3).map(\.policy.description)
        let more = workload.excluded.count - names.count
        let scenario = report.scenario.name == Scenario.ofFlags ? "" : "\(report.scenario.name), "
        Messages.note(
          "\(scenario)\(workload.name): not compared: \(names.joined(separator: "; "))"
            + (more > 0 ? " and \(more) more, which --format json names" : ""))
      }
    }
  }

  private func roll(_ request: RollingRequest) async throws {
    let basis = try await RollingSession(path: trace, grid: grid, flags: flags, request).basis
    let report = RollingReport(
      traceName: basis.trace.name, fingerprint: basis.trace.fingerprint, settings: basis.settings,
      prices: basis.prices, result: try await RollingResult(basis, request))
    switch output.format {
    case .json: try output.write(report.json.document)
    case .csv: try output.write(report.csv)
    case .table: try output.write(report.table)
    }
    guard report.result.workloads.contains(where: { $0.totals != nil }) else {
      Messages.note("no workload has more queries than a window; the reasons are listed")
      throw ExitCode.nothingMeetsWish
    }
  }
}
