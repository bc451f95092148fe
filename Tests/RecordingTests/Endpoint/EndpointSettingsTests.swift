import Recording
import Testing

@Suite struct EndpointSettingsTests {
  @Test(
    "An address that is none, or holds a secret, is refused without quoting it",
    arguments: [
      "", "api.openai.com/v1", "ftp://host/v1", "http:///v1", "https://user:sesame@host/v1",
      "https://host/v1?key=sesame",
      "https://host/v1#sesame", "https://ho st/v1",
    ])
  func addresses(address: String) throws {
    let error = try #require(throws: EndpointError.self) {
      try Endpoint(settings: EndpointSettings(name: "e", baseURL: address))
    }
    #expect("\(error)".hasPrefix("e: base_url: "))
    #expect(!"\(error)".contains("sesame"))
  }

  @Test("A setting outside its range is named with what was expected")
  func ranges() throws {
    let faults: [(WritableKeyPath<EndpointSettings, Int>, Int, String)] = [
      (\.concurrency, 0, "e: concurrency: found 0; expected at least 1"),
      (\.retries, -1, "e: retries: found -1; expected at least 0"),
    ]
    for (path, value, sentence) in faults {
      var settings = EndpointSettings(name: "e", baseURL: "http://127.0.0.1:1/v1")
      settings[keyPath: path] = value
      let error = try #require(throws: EndpointError.self) { try Endpoint(settings: settings) }
      #expect("\(error)" == sentence)
    }
  }

  @Test("A timeout that is no length of time is refused", arguments: [0, -1, .nan, .infinity])
  func timeout(seconds: Double) {
    var settings = EndpointSettings(name: "e", baseURL: "http://127.0.0.1:1/v1")
    settings.timeoutSeconds = seconds
    #expect(throws: EndpointError.self) { try Endpoint(settings: settings) }
  }

  @Test(
    "An extra that is no object, or sets what has a setting of its own, is refused",
    arguments: ["[]", "{", #"{"n":2}"#])
  func extra(text: String) {
    var settings = EndpointSettings(name: "e", baseURL: "http://127.0.0.1:1/v1")
    settings.extra = .init(text: text)
    #expect(throws: EndpointError.self) { try Endpoint(settings: settings) }
  }
}
