import CurveFitting
import RoutingCore
import Testing

/// Variance curves against sums written out over every set, and the algebra of `mean`.
struct VarianceTests {
  private func settings(replicates: Int = 200) -> SweepSettings {
    var settings = SweepSettings()
    settings.replicates = replicates
    return settings
  }

  private func measurements(_ graded: GradedTrace, _ aggregator: String, samples: SampleSelection = .first)
    async throws -> [VarianceMeasurement]
  {
    let trace = try graded.trace()
    let scores = try SetScores(trace: trace, aggregator: aggregator, selector: nil)
    return await VarianceMeasurer(scores, workload: trace.workloads[0], settings: settings()).measurements()
  }

  /// Graded answers of five models to thirty queries.
  static func random(seed: UInt64 = 3, queries: Int = 30, models: Int = 5) -> GradedTrace {
    var draws = Draws(seed: seed)
    return GradedTrace(
      (0..<queries).map { _ in
        let ease = draws.uniform()
        return (0..<models).map { _ in
          let isRight = draws.uniform() < 0.3 + 0.6 * ease
          return (isRight ? 1_000_000 : 0, isRight ? "right" : draws.uniform() < 0.5 ? "wrong" : nil)
        }
      })
  }

  /// Population variance.
  private func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }

  private func sets(_ models: Int, of k: Int) -> [[Int]] {
    (1..<1 << models).map { bits in (0..<models).filter { bits >> $0 & 1 == 1 } }.filter { $0.count == k }
  }

  /// The score of a vote in pool order, as Scheme.md, "Aggregators".
  private func vote(_ row: [(score: Int, answer: String?)], _ members: [Int]) -> Double {
    var best = (member: members[0], votes: 0)
    for member in members {
      guard let answer = row[member].answer else { continue }
      let votes = members.count { row[$0].answer == answer }
      if votes > best.votes { best = (member, votes) }
    }
    return Double(row[best.member].score) / 1e6
  }

  @Test("The variance of the mean across queries is σ²(ρ + (1−ρ)/k), to rounding")
  func acrossOfMean() async throws {
    let graded = Self.random()
    let trace = try graded.trace()
    let found = try #require(
      await ModelCorrelation(trace: trace, workload: trace.workloads[0], settings: settings()))
    let across = try #require(try await measurements(graded, "mean").first { $0.kind == .across })
    #expect(across.points.map(\.k) == [1, 2, 3, 4, 5])
    for point in across.points {
      let law = found.variance * (found.rho + (1 - found.rho) / Double(point.k))
      // A mean of three is rounded to millionths.
      #expect(abs(point.value - law) < 1e-6)
    }
  }

  @Test("The variance of the mean within a query is the finite-pool law, to rounding")
  func withinOfMean() async throws {
    let graded = Self.random()
    let within = try #require(try await measurements(graded, "mean").first { $0.kind == .within })
    let spread =
      graded.rows.map { row in variance(row.map { Double($0.score) / 1e6 }) }.reduce(0, +)
      / Double(graded.rows.count)
    #expect(within.points.map(\.k) == [1, 2, 3, 4])
    for point in within.points {
      #expect(abs(point.value - spread / Double(point.k) * Double(5 - point.k) / 4) < 1e-6)
    }
  }

  @Test("Of a vote, both variances are those over every set")
  func vote() async throws {
    let graded = Self.random()
    let found = try await measurements(graded, "vote")
    let across = try #require(found.first { $0.kind == .across })
    let within = try #require(found.first { $0.kind == .within })
    for k in 1...4 {
      let columns = sets(5, of: k).map { set in graded.rows.map { vote($0, set) } }
      let byQuery = graded.rows.indices.map { row in variance(columns.map { $0[row] }) }
      #expect(
        abs(across.points[k - 1].value - columns.map(variance).reduce(0, +) / Double(columns.count)) < 1e-12)
      #expect(abs(within.points[k - 1].value - byQuery.reduce(0, +) / Double(byQuery.count)) < 1e-12)
      #expect(across.points[k - 1].sets == columns.count)
    }
  }

  @Test("The order of a static selector decides the ties of a vote")
  func order() async throws {
    // Two models that always differ: a vote of both is the first one's answer.
    let graded = GradedTrace((0..<10).map { [$0 < 5 ? 1_000_000 : 0, $0 < 2 ? 0 : 1_000_000] })
    let trace = try graded.trace()
    for (selector, share) in [(nil, 0.5), ("static:m1>m0", 0.8)] as [(String?, Double)] {
      let scores = try SetScores(trace: trace, aggregator: "first", selector: selector)
      let found = await VarianceMeasurer(scores, workload: trace.workloads[0], settings: settings())
        .measurements()
      let both = try #require(found.first { $0.kind == .across }?.points.last)
      #expect(abs(both.value - share * (1 - share)) < 1e-12)
    }
  }

  @Test("The standard error of a point is the bootstrap's, nearly")
  func standardError() async throws {
    let graded = Self.random(seed: 5, queries: 300)
    let across = try #require(try await measurements(graded, "mean").first { $0.kind == .across })
    let weights = PoissonWeights(seed: 9)
    let scores = graded.rows.map { row in row.map { Double($0.score) / 1e6 } }
    let replicates = (0..<2000).map { replicate -> Double in
      let drawn = scores.indices.map {
        Double(weights.weight(group: UInt64($0) << 40, replicate: UInt32(replicate), attempt: 0))
      }
      let total = drawn.reduce(0, +)
      let values = (0..<5).map { model -> Double in
        let mean = zip(drawn, scores).reduce(0) { $0 + $1.0 * $1.1[model] } / total
        return zip(drawn, scores).reduce(0) { $0 + $1.0 * ($1.1[model] - mean) * ($1.1[model] - mean) }
          / total
      }
      return values.reduce(0, +) / 5
    }
    let bootstrap = Estimate.standardDeviation(replicates)
    #expect(abs(across.points[0].standardError / bootstrap - 1) < 0.06)
  }

  @Test("Repeated recordings give the variance over samples")
  func samples() async throws {
    // Two recordings of each query: m0 differs on the first only, m1 never.
    var graded = GradedTrace([
      [1_000_000, 0], [0, 0], [1_000_000, 1_000_000], [1_000_000, 1_000_000],
    ])
    graded.samples = 2
    let found = try await measurements(graded, "mean")
    let samples = try #require(found.first { $0.kind == .samples })
    // (n − 1): variance ½ for one of two models on one of two queries; of the mean, ⅛ on one of two.
    #expect(samples.points.map(\.value) == [0.125, 0.0625])
  }

  @Test("Recorded merges enter for the sets that have them")
  func recorded() async throws {
    var graded = Self.random(queries: 12, models: 3)
    graded.merges = [([0, 1], (0..<12).map { $0 < 6 ? 1_000_000 : 0 })]
    let found = try await measurements(graded, "recorded")
    let across = try #require(found.first { $0.kind == .across })
    #expect(across.points.map(\.k) == [1, 2])
    #expect(across.points[1].value == 0.25)
    #expect(across.points.map(\.sets) == [3, 1])
    #expect(across.points.map(\.allSets) == [3, 3])
  }

  @Test("Sets are sampled where there are more than a thousand, evenly and without bias")
  func sampledSets() {
    let sets = CandidateSets(choosing: 7, of: 20, seed: 1)
    #expect(sets.all == 77520)
    #expect(sets.sets.count == CandidateSets.drawn)
    #expect(sets.sets.allSatisfy { $0.count == 7 })
    let first = sets.sets.count { $0.contains(0) }
    let last = sets.sets.count { $0.contains(19) }
    // 400 · 7/20 = 140, standard deviation 9.5.
    #expect((110...170).contains(first))
    #expect((110...170).contains(last))
  }

  @Test("A sampled curve states its error, and is within it of the exact one")
  func samplingError() async throws {
    // 14 over 7 = 3432 sets; of the mean, the exact value follows by algebra.
    let graded = Self.random(seed: 8, queries: 40, models: 14)
    let trace = try graded.trace()
    let found = try #require(
      await ModelCorrelation(trace: trace, workload: trace.workloads[0], settings: settings()))
    let across = try #require(try await measurements(graded, "mean").first { $0.kind == .across })
    let error = try #require(across.samplingError)
    let point = across.points[6]
    #expect(point.sets == CandidateSets.drawn)
    let law = found.variance * (found.rho + (1 - found.rho) / 7)
    #expect(abs(point.value / law - 1) < 4 * error)
    #expect(error < 0.05)
  }

  @Test("ρ is the mean covariance of two models over their mean variance, by hand")
  func correlation() async throws {
    // m0: 1 1 0 0 (variance ¼), m1: 1 0 0 0 (3/16); covariance ¼ − ½ · ¼ = ⅛.
    let trace = try GradedTrace([
      [1_000_000, 1_000_000], [1_000_000, 0], [0, 0], [0, 0],
    ]).trace()
    let found = try #require(
      await ModelCorrelation(trace: trace, workload: trace.workloads[0], settings: settings()))
    #expect(abs(found.variance - 7.0 / 32) < 1e-12)
    #expect(abs(found.rho - 0.125 / (7.0 / 32)) < 1e-12)
  }

  @Test("Correlated models are told from independent ones, in words")
  func words() async throws {
    var draws = Draws(seed: 4)
    let alone = GradedTrace(
      (0..<400).map { _ in (0..<4).map { _ in draws.uniform() < 0.6 ? 1_000_000 : 0 } })
    for (graded, verdict) in [(Self.random(queries: 400), "is rejected"), (alone, "is not rejected")] {
      let trace = try graded.trace()
      let correlation = await ModelCorrelation(
        trace: trace, workload: trace.workloads[0], settings: settings(replicates: 1000))
      let across = try #require(try await measurements(graded, "mean").first { $0.kind == .across })
      let curve = VarianceAnalysis(
        workload: "w", source: "mean", measurement: across, correlation: correlation
      ).curve()
      #expect(curve.text.contains(verdict), "\(curve.text)")
      #expect(curve.laws.isEmpty)
      #expect(curve.chosen == nil)
    }
  }

  /// Six answers a query, of which a share is the query's and not the model's, and merges of every set that
  /// score their mean. All scores carry a little noise whose variance falls with 1/k, so that the law holds
  /// in expectation and not to the last digit.
  private func merged(shared: Double, _ draws: inout Draws) -> GradedTrace {
    func noise(_ k: Int) -> Int { Int(100_000 * (draws.uniform() - 0.5) / Double(k).squareRoot()) }
    let plain = (0..<600).map { _ in
      let common = draws.uniform() < 0.5
      return (0..<6).map { _ in
        (draws.uniform() < shared ? common : draws.uniform() < 0.5) ? 950_000 : 50_000
      }
    }
    var graded = GradedTrace(plain.map { row in row.map { $0 + noise(1) } })
    for members in (2...6).flatMap({ sets(6, of: $0) }) {
      let scores = plain.map { row in
        members.reduce(0) { $0 + row[$1] } / members.count + noise(members.count)
      }
      graded.merges.append((members, scores))
    }
    return graded
  }

  @Test("Merges of fresh answers obey the iid law, and a shared part shows as the correlated one")
  func laws() async throws {
    var draws = Draws(seed: 21)
    for (shared, law) in [(0.0, "iid"), (0.7, "correlated")] {
      let found = try await measurements(merged(shared: shared, &draws), "recorded")
      let across = try #require(found.first { $0.kind == .across })
      #expect(across.points.map(\.sets) == [6, 15, 20, 15, 6, 1])
      let curve = VarianceAnalysis(workload: "w", source: "recorded", measurement: across, correlation: nil)
        .curve()
      let fits = curve.laws.compactMap(\.fit)
      #expect(fits.count == 3)
      let iid = try #require(fits.first { $0.family == "iid" }?.pValue)
      let rho = try #require(curve.rho)
      if law == "iid" {
        #expect(iid > 0.001)
        #expect(abs(rho.value) < 0.05)
      } else {
        #expect(iid < 1e-6)
        #expect(curve.chosen == "correlated")
        #expect(curve.text.contains("independence, σ²/k, is rejected"))
        #expect(abs(rho.value - 0.49) < 0.06)
      }
    }
  }
}
