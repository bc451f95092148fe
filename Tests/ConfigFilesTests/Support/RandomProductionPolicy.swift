import RoutingCore

/// Production policies with names that test every quote and escape, drawn from a counter-based generator.
struct RandomProductionPolicy {
  private let generator: Philox
  private var count: UInt32 = 0

  init(seed: UInt64) { generator = Philox(seed: seed) }

  /// Texts that some reader of YAML takes for something else.
  static let nastyTexts = [
    "plain", "a: b", "# no comment", "- item", "---", "...", "null", "~", "true", "no", "1e5", "0x1F", "1:30",
    "\"quoted\"", "it's", "back\\slash", "two\nlines", "\n", "  indented\n    more\n", "end\n", "end\n\n",
    " lead", "trail ", "a\n \nb", "tab\there", "cr\r\nlf", "é", "e\u{301}", "🦉 owl", "a\u{FEFF}bom",
    "next\u{85}line", "sep\u{2028}arator", "del\u{7F}", "esc\u{1B}[31m", "%dir", "@at", "`tick`", "{a: 1}",
    "[1, 2]", "&anchor", "*alias", "!tag", "| block", "? key", "key:", ": value", "a,b", "<<", "=",
    "\u{FFFD}",
    "\u{10FFFF}", "A\u{0}B", "",
  ]

  mutating func next() -> ProductionPolicy {
    let models = models()
    let names = models.map(\.name)
    var policy = ProductionPolicy(
      wish: wish(), traceName: text(), fingerprint: String(repeating: "0123456789abcdef", count: 4),
      prices: prices(names), seed: bits(), replicates: 1 + below(5000), baselineAggregator: "recorded",
      baselineSelector: "recorded:judge", models: models, workloads: [],
      fallback: decision(nil, models), shares: [], regrets: [])
    let labels = unique(below(4))
    policy.workloads = labels.map { decision($0, models) }
    policy.shares = labels.map { ProductionShare(workload: $0, share: 1 / Double(labels.count)) }
    policy.regrets = labels.map { label in
      ProductionRegret(
        workload: label, queries: below(100), scoreLoss: figure(), extraCost: figure(),
        objectiveLoss: maybe { $0.figure() })
    }
    return policy
  }
}

extension RandomProductionPolicy {
  private mutating func bits() -> UInt64 {
    count += 1
    return generator.bits(item: 0, draw: count)
  }

  private mutating func below(_ bound: Int) -> Int { Int(bits() >> 33) % bound }
  private mutating func text() -> String { Self.nastyTexts[below(Self.nastyTexts.count)] }
  private mutating func bool() -> Bool { below(2) == 0 }

  private mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? { bool() ? make(&self) : nil }

  private mutating func unique(_ count: Int) -> [String] {
    var names: [String] = []
    while names.count < count {
      let name = text()
      if !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { names.append(name) }
    }
    return names
  }

  /// Small, large, negative and integral ones, with up to six digits.
  private mutating func number(_ range: ClosedRange<Double> = -1...1) -> Double {
    let share = Double(below(1_000_001)) / 1_000_000
    let value = range.lowerBound + share * (range.upperBound - range.lowerBound)
    return (value * [1, 1e-3, 1e-9, 1][below(4)]).rounded(significantDigits: 6)
  }

  private mutating func share() -> Double { Double(below(1_000_001)) / 1_000_000 }

  private mutating func figure() -> ProductionFigure {
    let ends = [number(), number()].sorted()
    return ProductionFigure(mean: number(), low: ends[0], high: ends[1])
  }

  /// With the mean inside.
  private mutating func interval() -> ProductionFigure {
    let numbers = [number(), number(), number()].sorted()
    return ProductionFigure(mean: numbers[1], low: numbers[0], high: numbers[2])
  }

  private mutating func models() -> [ProductionModel] {
    var models = unique(1 + below(4)).map { name in
      ProductionModel(
        name: name, isInPool: bool(), skills: (0..<below(3)).map { _ in text() },
        continuation: maybe { DeclaredContinuation.allCases[$0.below(5)] })
    }
    models[0].isInPool = true
    return models
  }

  private mutating func wish() -> ProductionWish {
    ProductionWish(
      sentence: text(),
      aim: [.objective(lambda: share() * 1e6), .leastCost, .objective(lambda: 0)][below(3)],
      scoreTarget: [nil, .score(share()), .shareOfBest(share())][below(3)], budget: maybe { $0.share() },
      fleetBudget: maybe { $0.share() }, maxLatencyP95: maybe { $0.share() },
      confidence: maybe { $0.share() },
      isOneStandardError: bool(), costUnit: CostUnit.allCases[below(3)],
      accounting: Accounting.allCases[below(2)], continuation: Continuation.allCases[below(4)],
      excludesFailures: bool(), samples: SampleSelection.allCases[below(2)], grader: maybe { $0.text() })
  }

  private mutating func prices(_ names: [String]) -> ProductionPrices? {
    maybe { draws in
      ProductionPrices(
        book: draws.text(), date: draws.maybe { $0.text() }, sha256: draws.text(),
        rows: names.map { name in
          .init(
            model: name,
            price: ModelPrice(
              input: Int64(draws.below(1_000_000_000)), cachedInput: Int64(draws.below(1000)),
              output: Int64(draws.below(1_000_000_000))))
        })
    }
  }

  private mutating func policy(_ models: [ProductionModel]) -> Policy {
    let fit = models.map(\.name).filter { !$0.isEmpty && !$0.contains(">") && !$0.contains(",") }
    switch below(5) {
    case 0: return .moa(aggregator: "recorded")
    case 1: return .blender(selector: "recorded:judge")
    case 2: return .single(models[below(models.count)].name)
    case 3 where !fit.isEmpty:
      return .scheme(
        SchemePolicy(
          k: KSchedule(constant: 1 + below(3)), boot: .none, layers: 2 + below(2),
          selector: "static:\(fit.joined(separator: ">"))", aggregator: "vote"))
    default:
      let layers = 1 + below(3)
      return .scheme(
        SchemePolicy(
          k: below(4) == 0
            ? KSchedule("1|3@agreement:0.\(1 + below(9))")!
            : layers > 2 ? KSchedule([4, 2])! : KSchedule(constant: 2),
          boot: [.full, .tokens(Int32(1 + below(400)))][below(2)], layers: layers,
          schedule: LayerSchedule.allCases[below(2)],
          selector: ["recorded", "consensus", "length"][below(3)],
          aggregator: ["recorded", "first"][below(2)], continuation: Continuation.allCases[below(4)]))
    }
  }

  private mutating func tool(_ id: String?, optional: Bool) -> ToolDeclaration? {
    guard let id, id.hasPrefix("recorded") || (optional && bool()) else { return nil }
    return ToolDeclaration(name: text(), model: maybe { $0.text() }, prompt: maybe { $0.text() })
  }

  private mutating func decision(_ label: String?, _ models: [ProductionModel]) -> ProductionDecision {
    let policy = policy(models)
    let (selector, aggregator): (String?, String?) =
      switch policy {
      case .scheme(let scheme): (scheme.selector, scheme.aggregator)
      case .moa(let tool): (nil, tool)
      case .blender(let tool): (tool, nil)
      case .single, .oracle: (nil, nil)
      }
    let low = share()
    return ProductionDecision(
      workload: label, policy: policy, selector: tool(selector, optional: false),
      aggregator: tool(aggregator, optional: true), expected: figures(), kSet: ["1", "4>2"],
      regimes: [
        ProductionRegime(lambdaLow: low, lambdaHigh: maybe { low + $0.share() }, means: means(models))
      ],
      runnerUp: maybe { draws in
        ProductionRunnerUp(
          policy: draws.policy(models), difference: draws.figure(), isSeparated: draws.bool(),
          queriesToSeparate: draws.maybe { $0.below(1_000_000) })
      }, bestSingle: maybe { $0.means(models) },
      mixture: (0..<below(3)).map { _ in MixtureShare(policy: self.policy(models), share: share()) },
      warnings: (0..<below(3)).map { _ in Warning(code: "small-sample", text: text()) })
  }

  private mutating func means(_ models: [ProductionModel]) -> PolicyMeans {
    PolicyMeans(policy: policy(models), score: share(), cost: number(0...10))
  }

  private mutating func figures() -> ProductionFigures {
    ProductionFigures(
      queries: 1 + below(1000), comparedQueries: 1 + below(1000), lambda: maybe { $0.number(0...1e9) },
      heldOutScore: interval(), heldOutCost: interval(), score: interval(), cost: interval(),
      latency: maybe { draws in
        ProductionLatency(mean: draws.share(), p50: draws.share(), p95: draws.share(), p99: draws.share())
      }, winShare: share(), metShare: maybe { $0.share() })
  }
}
