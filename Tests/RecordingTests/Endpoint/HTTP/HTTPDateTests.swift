import Recording
import Testing

@Suite struct HTTPDateTests {
  @Test(
    "Dates are seconds since 1970",
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199), ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
    ])
  func dates(text: String, seconds: Double) {
    #expect(HTTPDate.unixSeconds(text) == seconds)
  }

  @Test(
    "Other texts are no date",
    arguments: [
      "", "soon", "6 Nov 1994", "Sun, 06 Now 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
      "Sun, 06 Nov 1994 08:49:37 CET",
    ])
  func others(text: String) {
    #expect(HTTPDate.unixSeconds(text) == nil)
  }
}
