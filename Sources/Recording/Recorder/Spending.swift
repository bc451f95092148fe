package import RoutingCore

/// What calls cost by a price book, and whether more may be spent.
///
/// Before each call its greatest possible cost is set aside, so that calls in flight together never exceed the limit.
package actor Spending {
  private let prices: [String: ModelPrice]
  /// Picodollars; `nil` = no limit.
  private let limit: Int128?
  private(set) var spent: Int128 = 0
  private var reserved: Int128 = 0

  package init(prices: [String: ModelPrice] = [:], limit: Cost? = nil) {
    self.prices = prices
    self.limit = limit?.picodollars
  }

  /// Sets the most a call may cost in so many attempts aside.
  ///
  /// - Throws: `RecordingStop.limit` where that would exceed the limit.
  func reserve(model: String, input: Int32, output: Int32, attempts: Int128) throws(RecordingStop) -> Int128 {
    guard let price = prices[model] else { return 0 }
    let most = attempts * (Int128(price.input) * Int128(input) + Int128(price.output) * Int128(output))
    if let limit, spent + reserved + most > limit { throw .limit }
    reserved += most
    return most
  }

  /// Books what a call cost instead of what was set aside.
  func settle(_ call: CallRecord?, reserved amount: Int128) {
    reserved -= amount
    guard let call, let price = call.model.flatMap({ prices[$0] }) else { return }
    spent += Usage(of: call).cost(at: price)
  }

  /// Picodollars spent by this run.
  package var total: Cost { Cost(picodollars: spent) }
}

/// Why a recording ends before everything is recorded.
package enum RecordingStop: Error, Equatable {
  /// The next call could exceed the limit.
  case limit
  /// Somebody asked it to stop.
  case asked
  /// Nothing can be recorded from an endpoint.
  case endpoint(EndpointError)
}

extension RecordingStop: CustomStringConvertible {
  package var description: String {
    switch self {
    case .limit: "the spending limit is reached"
    case .asked: "stopped as asked"
    case .endpoint(let error): error.description
    }
  }
}
