/// One place that answers chat requests, with its limits, its retries and its clock.
package final class Endpoint: Sendable {
  package let settings: EndpointSettings

  /// Throws when the settings cannot be used.
  package init(
    settings: EndpointSettings, seed: UInt64 = 0, clock: any EndpointClock = SystemClock()
  ) throws(EndpointError) {
    self.settings = settings
  }

  /// Asks, again where that may help, and returns the whole answer.
  ///
  /// Waits its turn under the endpoint's limits. Cancelling the task ends the transfer.
  package func send(_ request: ChatRequest) async throws(EndpointError) -> ChatReply {
    throw EndpointError(endpoint: settings.name, attempts: 0, cause: .unusable("not written yet"))
  }
}
