import ArgumentParser
import RoutingCore

/// Choosing anew as queries arrive, instead of a scenario.
struct RollingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Replay queries in recorded order and choose pool and policy anew after so many.", valueName: "window"))
  var rolling: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Run every model of the pool on so many queries of each window, and learn from these only.",
      valueName: "queries"))
  var check: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Windows of the past to learn from. Default: 1.", valueName: "count"))
  var memory: Int?

  func validate() throws {
    guard rolling == nil, let flag = check != nil ? "--check" : memory != nil ? "--memory" : nil else {
      return
    }
    throw ValidationError("\(flag) says how --rolling WINDOW learns; give --rolling too")
  }

  /// `nil` without `--rolling`.
  ///
  /// - Throws: `ValidationError` where it does not go together with what else is asked.
  func request(_ wish: WishOptions, _ flags: ReplayFlags) throws -> RollingRequest? {
    guard let rolling else { return nil }
    guard wish.budget == nil, wish.minScore == nil, wish.maxLatencyP95 == nil, let lambda = wish.lambda else {
      throw ValidationError(
        "--rolling counts regret in S − λT; it needs --lambda and no other wish (recommend says the λ of one)"
      )
    }
    guard flags.samples == .first else {
      throw ValidationError("--rolling replays each query once; leave out --samples all")
    }
    do throws(RollingError) {
      return try RollingRequest(
        window: rolling, checks: check, memory: memory ?? 1, lambda: lambda.value,
        isOneStandardError: wish.rule == .oneSE)
    } catch {
      throw ValidationError(error.description)
    }
  }
}
