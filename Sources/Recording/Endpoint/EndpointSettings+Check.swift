import Foundation

extension EndpointSettings {
  /// The address of chat completions; throws `unusable`, naming the setting, when settings cannot be used.
  func checkedAddress() throws(EndpointError.Cause) -> URL {
    try check(concurrency >= 1, "concurrency", "\(concurrency)", "at least 1")
    try check(requestsPerMinute ?? 1 >= 1, "requests_per_minute", "\(requestsPerMinute ?? 0)", "at least 1")
    try check(tokensPerMinute ?? 1 >= 1, "tokens_per_minute", "\(tokensPerMinute ?? 0)", "at least 1")
    let times = 0.001...10_000_000.0
    try check(
      times.contains(timeoutSeconds), "timeout", "\(timeoutSeconds)", "seconds from 0.001 to 10000000")
    try check(
      times.contains(deadlineSeconds), "deadline", "\(deadlineSeconds)", "seconds from 0.001 to 10000000")
    try check(retries >= 0, "retries", "\(retries)", "at least 0")
    if let extra { _ = try RequestBody.object(extra) }
    return try address()
  }

  private func check(
    _ holds: Bool, _ setting: String, _ found: String, _ expected: String
  ) throws(EndpointError.Cause) {
    guard holds else { throw .unusable("\(setting): found \(found); expected \(expected)") }
  }

  private func address() throws(EndpointError.Cause) -> URL {
    var text = baseURL[...]
    while text.hasSuffix("/") { text = text.dropLast() }
    // The address itself is not quoted: a password may stand in it.
    guard let parts = URLComponents(string: String(text)),
      ["http", "https"].contains(parts.scheme?.lowercased()),
      parts.host?.isEmpty == false, let address = URL(string: text + "/chat/completions")
    else { throw .unusable("base_url: expected an address such as https://api.openai.com/v1") }
    guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
      throw .unusable(
        "base_url: holds a user, a password, '?' or '#'; a key belongs in an environment variable")
    }
    return address
  }
}
