package import RoutingCore

extension EndpointSettings {
  /// Of a configured endpoint.
  ///
  /// - Parameter environment: where keys are looked up.
  /// - Throws: `EndpointError` where the variable that should hold the key is not set.
  package init(_ config: EndpointConfig, environment: [String: String]) throws(EndpointError) {
    self.init(name: config.name, baseURL: config.url)
    if let variable = config.keyVariable {
      guard let key = APIKey(variable: variable, of: environment) else {
        throw EndpointError(
          endpoint: config.name, attempts: 0,
          cause: .unusable("the environment variable '\(variable)' that should hold its key is not set"))
      }
      apiKey = key
    }
    tokenLimit = TokenLimitParameter(rawValue: config.maxTokensParameter) ?? .maxTokens
    continuation = ContinuationStyle(rawValue: config.continuation.rawValue) ?? .none
    concurrency = config.concurrency
    requestsPerMinute = config.requestsPerMinute
    tokensPerMinute = config.tokensPerMinute
    timeoutSeconds = Double(config.timeoutSeconds)
    retries = config.retries
    extra = config.extra
  }
}
