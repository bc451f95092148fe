import ConfigFiles
import Foundation
import RoutingCore
import TraceStore

/// A trace opened for a question: its columns, the grid, the prices, and the runner that answers.
struct ReplaySession {
  let trace: Trace
  let header: TraceHeader
  let grid: Grid
  let workloads: [Workload]
  let settings: SweepSettings
  /// `nil` where tokens are counted.
  let prices: PriceBook?
  let priceTable: PriceTable
  let samples: SampleSelection
  let grader: String?
  let runner: SweepRunner
  /// Names of the selectors and aggregators with recorded calls.
  let recordedTools: (selectors: [String], aggregators: [String])

  /// Checks everything that can be checked before replaying, and says on stderr what will be done.
  ///
  /// - Parameters:
  ///   - isShard: whether the trace holds part of the queries, so that workloads and recorded tools that are asked
  ///     for may lie in other shards.
  ///   - completing: what the grid's request becomes once the trace is known.
  init(
    path: String, grid options: GridOptions, flags: ReplayFlags, lambdas: [Lambda], isShard: Bool = false,
    completing: (GridRequest, Trace) throws -> GridRequest = { request, _ in request }
  ) async throws {
    let request = try options.request()
    if isShard { try ShardRules.check(request) }
    let book = try flags.costUnit == .usd ? flags.prices.map(PriceBooks.read) : nil
    if PartialFile.isPartial(path) { throw PartialFileError.needsTrace(path) }
    let database = try TraceDatabase(reading: path)
    let recorded = try database.trace(samples: flags.samples, grader: flags.grader)
    recordedTools = (recorded.selectors, recorded.aggregators)
    let columns = isShard ? recorded.knowingTools(of: request) : recorded
    let names = flags.workload?.elements.map(\.name)
    let workloads =
      isShard
      ? columns.workloads.filter { names?.contains($0.name) ?? true }
      : try Self.workloads(named: names, in: columns)
    let grid = try Grid(completing(request, columns), for: columns)
    let table = try Self.priceTable(flags.costUnit, book, columns, grid.policies, workloads)
    let settings = flags.settings(lambdas: lambdas, continuation: options.continuation)
    Messages.note(Self.plan(grid, workloads))
    let trace = try await database.addingSimilarities(
      SimilarityNeeds(grid.policies), to: columns, threads: settings.threads)
    runner = try SweepRunner(trace: trace, policies: grid.policies, prices: table, settings: settings)
    header = try database.header()
    prices = book
    priceTable = table
    samples = flags.samples
    grader = flags.grader
    self.trace = trace
    self.grid = grid
    self.workloads = workloads
    self.settings = settings
  }

  static func workloads(named names: [String]?, in trace: Trace) throws -> [Workload] {
    guard let names else { return trace.workloads }
    for name in names where !trace.workloads.contains(where: { $0.name == name }) {
      throw PolicyError.unknown(kind: "workload", name: name, known: trace.workloads.map(\.name))
    }
    return trace.workloads.filter { names.contains($0.name) }
  }

  private static func priceTable(
    _ unit: CostUnit, _ book: PriceBook?, _ trace: Trace, _ policies: [Policy], _ workloads: [Workload]
  ) throws -> PriceTable {
    guard unit == .usd else { return .tokens(for: trace) }
    return try .dollars(
      book ?? PriceBook(name: "none", sha256: "", prices: [:]), for: trace,
      needed: trace.billedPayers(by: policies, in: workloads))
  }

  /// The grid that was taken and how much there is to replay.
  private static func plan(_ grid: Grid, _ workloads: [Workload]) -> String {
    let queries = workloads.reduce(0) { $0 + $1.rows.count }
    func list(_ parts: [some CustomStringConvertible]) -> String {
      parts.map(\.description).joined(separator: ",")
    }
    return """
      grid: k \(list(grid.k)); boot \(list(grid.boots)); layers \(list(grid.layers)); \
      selectors \(list(grid.selectors)); aggregators \(list(grid.aggregators))
      replaying \(grid.policies.count.counted("policy", "policies")) on \(queries.counted("query", "queries")) \
      in \(workloads.count.counted("workload"))
      """
  }
}

/// Price books by path or built-in name.
enum PriceBooks {
  static func read(_ name: String) throws -> PriceBook {
    let (text, sha256) = try text(of: name)
    return try PriceBookFile.read(text, name: name, sha256: sha256)
  }

  /// The text and its SHA-256, hexadecimal.
  static func text(of name: String) throws -> (text: String, sha256: String) {
    if let text = BuiltInPriceBooks.texts[name], !FileManager.default.fileExists(atPath: name) {
      return (text, ContentHash.sha256(Data(text.utf8)))
    }
    let text = try ConfigText.read(name, else: "; built-in books: \(BuiltInPriceBooks.names)")
    return (text, ContentHash.sha256(Data(text.utf8)))
  }
}
