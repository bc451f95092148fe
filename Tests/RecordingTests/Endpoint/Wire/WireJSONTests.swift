import Recording
import Testing

@Suite struct WireJSONTests {
  @Test(
    "A value is written on one line, keys sorted, numbers as they were",
    arguments: [
      (
        #" { "b" : [1, -2.50e3, true, null] , "a":{"z":"","y":{}} } "#,
        #"{"a":{"y":{},"z":""},"b":[1,-2.50e3,true,null]}"#
      ),
      (#""\u0041\ud83d\ude42\n\t\/\\\" \u0001""#, #""A🙂\n\t/\\\" \u0001""#), ("[]", "[]"), ("0", "0"),
      // Half a surrogate pair, and equal keys.
      (#""a\ud83db\ude42""#, "\"a\u{FFFD}b\u{FFFD}\""), (#"{"a":1,"a":2}"#, #"{"a":2}"#),
    ])
  func roundTrip(text: String, written: String) throws {
    #expect(try #require(WireJSON(text)).text == written)
  }

  @Test(
    "What is no JSON is no value",
    arguments: [
      "", " ", "{", "}", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "01", "1.", ".5", "1e", "+1", "NaN", "nul",
      "\"a", "\"\\x\"",
      "\"\\u12g4\"", "\"\n\"", "1 2", "[1 2]", String(repeating: "[", count: 100_000),
    ])
  func garbage(text: String) {
    #expect(WireJSON(text) == nil)
  }

  @Test("Whole numbers are read with a point too, others are none")
  func integers() {
    #expect(WireJSON("12")?.integer == 12)
    #expect(WireJSON("12.0")?.integer == 12)
    #expect(WireJSON("1.2e1")?.integer == 12)
    #expect(WireJSON("12.5")?.integer == nil)
    #expect(WireJSON("1e300")?.integer == nil)
    #expect(WireJSON("\"12\"")?.integer == nil)
  }

  @Test(
    "A decimal is its shortest text",
    arguments: [(0.0, "0"), (1, "1"), (0.7, "0.7"), (1e-7, "1e-07"), (-2.5, "-2.5")])
  func decimals(value: Double, text: String) {
    #expect(WireJSON.decimal(value)?.text == text)
  }
}
