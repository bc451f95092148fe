import RoutingCore

/// Pseudo-random traces that hold every call a policy over four candidates may need, the same for a seed.
struct RandomTrace {
  static let pool = ["m1", "m2", "m3", "m4"]
  static let boots: [BootBudget] = [.tokens(5), .tokens(20), .full]

  private var draws: Draws

  /// - Parameter missing: one call in so many is left out; 0 = none.
  static func sketch(seed: UInt64, queries: Int = 12, missing: Int = 0) -> TraceSketch {
    var random = RandomTrace(draws: Draws(seed: seed))
    var models = (pool + ["judge"]).map { ModelDeclaration(name: $0) }
    models[2].skills = ["math"]
    models[3].continuation = DeclaredContinuation.none
    let records = (0..<queries).map { index in
      var record = query(
        random.calls(isMath: index % 2 == 0), name: "q\(index)",
        group: index % 3 == 0 ? "g\(index / 6)" : nil,
        skills: index % 2 == 0 ? ["math"] : [])
      if missing > 0 { record.calls.removeAll { _ in random.draws.below(missing) == 0 } }
      return record
    }
    return TraceSketch(models: models, pool: pool, queries: records)
  }

  private mutating func calls(isMath: Bool) -> [CallRecord] {
    let active = Self.pool.filter { isMath || $0 != "m3" }
    var calls = active.map { response($0) }
    calls += Self.boots.flatMap { boot in
      ["judge", "editor"].map { name in ranking(active, boot: boot, layer: 1, by: name) }
    }
    for members in Self.subsets(active) {
      if members.count > 1 {
        calls += ["judge", "editor"].map { ranking(members, boot: .full, layer: 2, by: $0) }
        calls += ["judge", "editor"].map { ranking(members, boot: .tokens(5), layer: 2, by: $0) }
        calls += [2, 3].map { merge(members, layer: $0, boot: nil) }
        calls += Self.boots.flatMap { boot in [1, 2, 3].map { merge(members, layer: $0, boot: boot) } }
      }
      for member in members {
        calls.append(refinement(member, members, layer: 3, boot: nil))
        for boot in Self.boots {
          calls += [2, 3].map { refinement(member, members, layer: $0, boot: boot) }
        }
      }
    }
    return calls
  }

  private static func subsets(_ names: [String]) -> [[String]] {
    (1..<1 << names.count).map { bits in names.indices.filter { bits >> $0 & 1 == 1 }.map { names[$0] } }
  }
}

extension RandomTrace {
  private mutating func response(_ model: String) -> CallRecord {
    var call = used(CallRecord(role: .response))
    call.model = model
    let first = draws.below(2_000_000)
    call.timeToFirstToken = Microseconds(count: Int128(first))
    call.duration = Microseconds(count: Int128(first + draws.below(5_000_000)))
    call.text = (0..<draws.below(8)).map { _ in "w\(draws.below(5))" }.joined(separator: " ")
    call.prefixes = Self.boots.map { boot in prefix(boot, answer: answer(), score: draws.below(1_000_001)) }
    return call
  }

  private mutating func ranking(_ members: [String], boot: BootBudget, layer: Int32, by name: String)
    -> CallRecord
  {
    var call = used(CallRecord(role: .ranking))
    call.tool = name
    call.members = members
    call.bootBudget = boot
    call.layer = layer
    var order = members
    for index in order.indices.reversed() { order.swapAt(index, draws.below(index + 1)) }
    call.order = .order(order)
    return call
  }

  private mutating func merge(_ members: [String], layer: Int, boot: BootBudget?) -> CallRecord {
    used(
      RoutingCoreTests.merge(members.joined(separator: " "), layer: Int32(layer), boot: boot))
  }

  private mutating func refinement(_ model: String, _ members: [String], layer: Int, boot: BootBudget?)
    -> CallRecord
  {
    used(
      RoutingCoreTests.refinement(
        model, of: members.joined(separator: " "), layer: Int32(layer), boot: boot))
  }

  /// The call with tokens, a time and a grade; one in twenty failed.
  private mutating func used(_ call: CallRecord) -> CallRecord {
    var call = call
    call.inputTokens = Int32(20 + draws.below(400))
    call.cachedInputTokens = Int32(draws.below(20))
    call.outputTokens = Int32(draws.below(60))
    call.duration = Microseconds(count: Int128(draws.below(3_000_000)))
    call.answer = answer()
    call.score = Score(millionths: Int128(draws.below(1_000_001)))
    if draws.below(20) == 0 { call.error = RawJSON(text: "\"timeout\"") }
    return call
  }

  private mutating func answer() -> String? { ["a", "b", "c", nil][draws.below(4)] }
}

/// Small numbers from a counter-based generator.
struct Draws {
  private let generator: Philox
  private var count: UInt32 = 0

  init(seed: UInt64) { generator = Philox(seed: seed) }

  /// 0 ..< bound, near enough to uniform.
  mutating func below(_ bound: Int) -> Int {
    count += 1
    return Int(generator.bits(item: 0, draw: count) >> 33) % bound
  }
}
