import Crypto
import Reporting
import RoutingCore

/// A report on made-up answers: every candidate is right on a share of the queries that grows with its place.
struct ReportSketch {
  var workloads = ["alpha"]
  var models = ["m1", "m2", "m3"]
  var queries = 30
  /// Whether times are recorded.
  var isTimed = true
  var seed: UInt64 = 1
  var rule = ChoiceRule.standard
  var boots: [BootBudget] = [.tokens(5), .tokens(20), .full]

  private func records() -> [QueryRecord] {
    var random = SplitMix(state: seed)
    return workloads.flatMap { workload in
      (0..<queries).map { number in
        let calls = models.enumerated().map { place, model in
          var call = CallRecord(role: .response)
          call.model = model
          call.text = "answer"
          call.inputTokens = 10
          call.outputTokens = Int32(10 + 10 * place) + Int32(random.next() % 10)
          call.score = Score(
            millionths: random.next() % 100 < UInt64(40 + 15 * place) ? 1_000_000 : 0)
          call.answer = call.score.map { $0.millionths > 0 ? "right" : "wrong \(place)" }
          if isTimed {
            call.timeToFirstToken = Microseconds(count: 100_000)
            call.duration = Microseconds(count: Int128(1_000_000 + 100_000 * place))
          }
          return call
        }
        var record = QueryRecord(query: "\(workload)/\(number)", workload: workload)
        record.calls = calls
        return record
      }
    }
  }

  func trace() throws -> Trace {
    let header = TraceHeader(
      name: "sketch", models: models.map { ModelDeclaration(name: $0) }, pool: models)
    return try Trace.of(header: header, records: records()) {
      IdentityDigest(sha256: SHA256.hash(data: Array($0.utf8)))
    }
  }

  /// The report with the outcomes it is made from.
  func made() async throws -> (report: Report, trace: Trace, evidence: [Evidence]) {
    let trace = try trace()
    var request = GridRequest()
    request.boots = boots
    request.selectors = ["length"]
    request.aggregators = ["vote"]
    let grid = try Grid(request, for: trace)
    var settings = SweepSettings()
    settings.costUnit = .tokens
    settings.replicates = 100
    let runner = try SweepRunner(
      trace: trace, policies: grid.policies, prices: .tokens(for: trace), settings: settings)
    var evidence: [Evidence] = []
    var results: [WorkloadReport] = []
    for workload in trace.workloads {
      let own = await runner.evidence(workload)
      let sweep = await runner.summary(own)
      evidence.append(own)
      results.append(WorkloadReport(sweep: sweep, outcome: await outcome(own, sweep, trace, settings)))
    }
    let report = Report(
      version: "test", trace: trace, settings: settings, rule: rule, prices: nil, workloads: results,
      fleet: nil)
    return (report, trace, evidence)
  }

  private func outcome(
    _ evidence: Evidence, _ sweep: WorkloadSweep, _ trace: Trace, _ settings: SweepSettings
  ) async -> Result<Recommendation, RecommendationError> {
    do {
      let recommender = try Recommender(
        evidence, summary: sweep, trace: trace, rule: rule, settings: settings)
      return .success(try await recommender.recommend())
    } catch {
      return .failure(error)
    }
  }
}

/// Steele, Lea and Flood's SplitMix64: enough to make answers up with.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Texts that mean something to a browser, a spreadsheet or a terminal.
let hostileTexts = [
  "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "\" onload=\"alert(1)", "'&amp;<!--",
  "=cmd()|' /C calc'!A0", "a,\"b\"\r\nc", ",\u{301}", "שלום \u{202E}abc", "🦜🦜", "\u{0}\u{1B}[31m",
  "`*_[x](y)|$z$",
  "\u{2028}]]>", String(repeating: "x", count: 10_000),
]
