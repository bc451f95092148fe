import RoutingCore
import TraceStore

extension ReplaySession {
  /// The exact sums of every workload of a shard.
  ///
  /// - Parameter names: the workloads asked for; `nil` = all.
  func partial(workloadNames names: [String]?) async throws -> PartialSweep {
    let layout = PartialLayout(header: header, trace: trace, grid: grid)
    var partials: [PartialWorkload] = []
    for workload in workloads { partials.append(try await runner.partial(workload, layout: layout)) }
    return PartialSweep(
      header: PartialHeader(
        traceName: header.name, fingerprint: trace.fingerprint,
        headerDigest: PartialFile.digest(of: header), candidates: layout.candidates,
        poolCount: trace.poolCount, respondents: Array(trace.candidates[trace.poolCount...]),
        selectors: recordedTools.selectors, aggregators: recordedTools.aggregators,
        grid: grid.over(layout.candidates),
        terms: PartialTerms(
          settings, samples: samples, grader: grader, workloads: names, prices: prices)),
      workloads: partials)
  }
}
