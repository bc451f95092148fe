import ArgumentParser
import ConfigFiles
import RoutingCore

/// What changes: scenarios from a file, and the common changes as flags, which make one scenario together.
struct ScenarioOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Scenarios (YAML or JSON).", valueName: "file"))
  var scenario: String?

  @Option(
    help: ArgumentHelp(
      "A model's price: m=0.93, m=0.15/0.6 (input/output), or m=x1.5 (times).", valueName: "change"),
    transform: { try PriceArgument($0) })
  var price: [PriceArgument] = []

  @Option(
    help: ArgumentHelp("Models that leave the pool.", valueName: "names"), transform: { try ListArgument($0) }
  )
  var drop: ListArgument<NameElement>?

  @Option(
    help: ArgumentHelp("Models that alone stay in the pool.", valueName: "names"),
    transform: { try ListArgument($0) })
  var keep: ListArgument<NameElement>?

  @Option(
    help: ArgumentHelp("Continuation afterwards: reprompt, cached, stream, restart.", valueName: "kind"))
  var thenContinuation: Continuation?

  @Option(
    help: ArgumentHelp("Shares of the traffic afterwards: w1=0.7,w2=0.3.", valueName: "list"),
    transform: { try SharesArgument($0) })
  var shares: SharesArgument?

  @Option(
    help: ArgumentHelp("Queries, to say what a month costs: 2e6/day, 5e7/month.", valueName: "rate"),
    transform: { try TrafficArgument($0) })
  var traffic: TrafficArgument?

  @Option(
    help: ArgumentHelp("Models whose price is varied: at what price the choice changes.", valueName: "names"),
    transform: { try ListArgument($0) })
  var breakEven: ListArgument<NameElement>?

  func validate() throws {
    if drop != nil, keep != nil { throw ValidationError("--drop and --keep exclude each other") }
  }

  /// Whether any change is asked for.
  var areGiven: Bool { scenario != nil || flags != nil || traffic != nil }

  /// - Throws: `ValidationError` where nothing changes.
  func checkChange() throws {
    guard scenario != nil || flags != nil else {
      throw ValidationError(
        """
        say what changes: --scenario FILE, --price, --drop, --keep, --then-continuation, --shares or \
        --break-even; or --rolling WINDOW to choose anew as queries arrive
        """)
    }
  }

  /// The scenarios of the file, then that of the flags.
  func scenarios() throws -> [Scenario] {
    let read = try scenario.map { try ScenarioFile.read(ConfigText.read($0), name: $0) } ?? []
    return read + (flags.map { [$0] } ?? [])
  }

  private var flags: Scenario? {
    var changes = price.map { ScenarioChange.price(model: $0.model, $0.change) }
    if let drop { changes.append(.drop(drop.elements.map(\.name))) }
    if let keep { changes.append(.keep(keep.elements.map(\.name))) }
    if let thenContinuation { changes.append(.continuation(thenContinuation)) }
    if let shares { changes.append(.shares(shares.shares)) }
    let models = breakEven?.elements.map(\.name) ?? []
    guard !changes.isEmpty || !models.isEmpty else { return nil }
    return Scenario(name: Scenario.ofFlags, changes: changes, breakEven: models)
  }
}

/// `m=0.93`, `m=0.15/0.6` or `m=x1.5`.
struct PriceArgument: Sendable {
  let model: String
  let change: PriceChange

  init(_ text: String) throws {
    guard let mark = text.lastIndex(of: "="), mark != text.startIndex,
      let change = Self.change(text[text.index(after: mark)...])
    else {
      throw ValidationError(
        "'\(text)' is not understood; expected model=price, model=input/output or model=x1.5, from 0 on")
    }
    model = String(text[..<mark])
    self.change = change
  }

  private static func change(_ text: Substring) -> PriceChange? {
    if text.first == "x" { return ScenarioFactor(text.dropFirst()).map { .times($0) } }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let amounts = parts.compactMap { ModelPrice.picodollarsPerToken($0) }
    guard amounts.count == parts.count, (1...2).contains(amounts.count) else { return nil }
    return .to(ModelPrice(input: amounts[0], output: amounts.last))
  }
}

/// `w1=0.7,w2=0.3`.
struct SharesArgument: Sendable {
  let shares: [WorkloadShare]

  init(_ text: String) throws {
    var shares: [WorkloadShare] = []
    for part in text.split(separator: ",") {
      guard let mark = part.lastIndex(of: "="), let value = Double(part[part.index(after: mark)...]),
        value >= 0
      else { throw ValidationError("'\(part)' is not understood; expected workload=share") }
      let name = String(part[..<mark])
      guard !shares.contains(where: { $0.workload == name }) else {
        throw ValidationError("'\(name)' is given twice")
      }
      shares.append(WorkloadShare(workload: name, share: value))
    }
    self.shares = shares
    let sum = shares.reduce(0) { $0 + $1.share }
    guard abs(sum - 1) < 1e-6 else { throw ValidationError("the shares sum to \(sum); expected 1") }
  }
}

/// `2e6/day`.
struct TrafficArgument: Sendable {
  let traffic: Traffic

  init(_ text: String) throws {
    guard let traffic = Traffic(text) else {
      throw ValidationError("'\(text)' is not understood; expected queries per day or month, such as 2e6/day")
    }
    self.traffic = traffic
  }
}
