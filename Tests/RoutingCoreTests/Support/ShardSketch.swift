import RoutingCore

/// A trace that is swept whole, and in shards that are put together.
struct ShardSketch {
  var sketch: TraceSketch
  var request = GridRequest()
  var settings = SweepSettings()
  var samples = SampleSelection.first

  init(
    _ sketch: TraceSketch, selectors: [String], aggregators: [String] = ["recorded:judge", "vote", "mean"]
  ) {
    self.sketch = sketch
    request.selectors = selectors
    request.aggregators = aggregators
    settings.replicates = 60
    settings.costUnit = .tokens
    settings.lambdas = [Lambda(value: 0), Lambda(value: 0.0005)]
  }

  func whole() async throws -> [WorkloadSweep] {
    let trace = try sketch.trace(samples: samples)
    let grid = try Grid(request, for: trace)
    let runner = try SweepRunner(
      trace: trace, policies: grid.policies, prices: .tokens(for: trace), settings: settings)
    var sweeps: [WorkloadSweep] = []
    for workload in trace.workloads { sweeps.append(await runner.sweep(workload)) }
    return sweeps
  }

  /// The partial result of the queries that `isIncluded` picks by their place.
  func partial(threads: Int = 1, where isIncluded: (Int) -> Bool) async throws -> PartialSweep {
    var shard = sketch
    shard.queries = sketch.queries.indices.filter(isIncluded).map { sketch.queries[$0] }
    try ShardRules.check(request)
    let recorded = try shard.trace(samples: samples)
    let trace = recorded.knowingTools(of: request)
    let grid = try Grid(request, for: trace)
    var settings = settings
    settings.threads = threads
    let runner = try SweepRunner(
      trace: trace, policies: grid.policies, prices: .tokens(for: trace), settings: settings)
    let layout = PartialLayout(header: sketch.header, trace: trace, grid: grid)
    var workloads: [PartialWorkload] = []
    for workload in trace.workloads { workloads.append(try await runner.partial(workload, layout: layout)) }
    return PartialSweep(
      header: PartialHeader(
        traceName: sketch.header.name, fingerprint: "\(workloads.reduce(0) { $0 + $1.rows })",
        headerDigest: "h", candidates: layout.candidates, poolCount: trace.poolCount,
        respondents: Array(trace.candidates[trace.poolCount...]), selectors: recorded.selectors,
        aggregators: recorded.aggregators, grid: grid.over(layout.candidates),
        terms: PartialTerms(settings, samples: samples, grader: nil, workloads: nil, prices: nil)),
      workloads: workloads)
  }

  /// Queries dealt out to so many shards, the last first.
  func combined(shards: Int) async throws -> [WorkloadSweep] {
    var union = PartialUnion()
    for shard in (0..<shards).reversed() {
      try union.add(await partial(threads: 1 + shard % 3) { $0 % shards == shard }, from: "\(shard)")
    }
    return try await union.sweep().workloads
  }
}
