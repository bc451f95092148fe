import ConfigFiles
import RoutingCore
import Testing

@Suite struct PriceBookFileTests {
  private func read(_ text: String) throws -> PriceBook {
    try PriceBookFile.read(text, name: "p.yaml", sha256: "")
  }

  @Test("YAML and JSON price books give picodollars per token")
  func formats() throws {
    let json = """
      {"date":"2025-05-01","prices":{"m1":{"input":0.15,"cached_input":0.075,"output":0.6},"m2":0.9}}
      """
    let yaml = """
      date: 2025-05-01
      prices:
        m1: {input: 0.15, cached_input: 0.075, output: 0.6, source: a list, date: 2024-12}
        m2: 0.9
      """
    for text in [json, yaml] {
      let book = try read(text)
      #expect(book.date == "2025-05-01")
      // 0.15 USD per million tokens = 150 000 pUSD per token.
      #expect(book.prices["m1"] == ModelPrice(input: 150_000, cachedInput: 75_000, output: 600_000))
      #expect(book.prices["m2"] == ModelPrice(input: 900_000, cachedInput: 900_000, output: 900_000))
    }
  }

  @Test("One number means input and output, and no cached price means the input price")
  func defaults() throws {
    let book = try read("prices: {m: 2, n: {input: 1, output: 3}}")
    #expect(book.prices["m"] == ModelPrice(input: 2_000_000, cachedInput: 2_000_000, output: 2_000_000))
    #expect(book.prices["n"] == ModelPrice(input: 1_000_000, cachedInput: 1_000_000, output: 3_000_000))
  }

  @Test("Prices are rounded as decimals, half to even, to picodollars per token")
  func rounding() throws {
    let book = try read("prices: {a: 0.0000005, b: 0.0000015, c: 1e-6}")
    #expect(book.prices["a"]?.input == 0)
    #expect(book.prices["b"]?.input == 2)
    #expect(book.prices["c"]?.input == 1)
  }

  @Test(
    "A bad price book is refused with file, line, field and what was expected",
    arguments: [
      ("prices:\n  m: -1", "p.yaml:2: prices.m is '-1'; expected USD per million tokens, from 0 to 1000000"),
      (
        "prices:\n  m: 1000001",
        "p.yaml:2: prices.m is '1000001'; expected USD per million tokens, from 0 to 1000000"
      ),
      (
        "prices:\n  m: cheap",
        "p.yaml:2: prices.m is 'cheap'; expected USD per million tokens, from 0 to 1000000"
      ),
      ("prices:\n  m: {output: 1}", "p.yaml:2: prices.m.input is missing; expected USD per million tokens"),
      ("prices:\n  m: {input: 1}", "p.yaml:2: prices.m.output is missing; expected USD per million tokens"),
      ("prices:\n  m: [1]", "p.yaml:2: prices.m is a list; expected a single value"),
      ("prices: 3", "p.yaml:1: prices is '3'; expected a map of keys and values"),
      ("date: 2025", "p.yaml:1: prices is missing; expected a map from model to price"),
      ("prices:\n  m: {input: 1, outptu: 2}", "p.yaml:2: prices.m.outptu is an unknown key; expected output"),
      (
        "prices:\n  m:\n    input: 1\n    cached_inpt: 2",
        "p.yaml:4: prices.m.cached_inpt is an unknown key; expected cached_input"
      ),
      ("prices:\n  m: {input: 1, Output: 2}", "p.yaml:2: prices.m.Output is an unknown key; expected output"),
      ("prices:\n  m: {input: 1, out: 2}", "p.yaml:2: prices.m.out is an unknown key; expected output"),
      ("currencey: EUR\nprices: {m: 1}", "p.yaml:1: currencey is an unknown key; expected currency"),
      (
        "prices:\n  m: {input: 0,88, output: 0.88}",
        "p.yaml:2: prices.m.88: a decimal comma makes this a key; write 0.88, with a point"
      ),
      (
        "{\"prices\": {\"m\": 0,88, \"n\": 1}}",
        "p.yaml:1: prices.88: a decimal comma makes this a key; write 0.88, with a point"
      ),
      (
        "prices:\n  m: 0,88",
        "p.yaml:2: prices.m is '0,88'; expected USD per million tokens, from 0 to 1000000; write 0.88, with a point"
      ),
      (
        "prices: {m: {input: 0,5, output: 1,5}}",
        "p.yaml: line 1: key '5' is given twice; write decimals with a point"
      ),
      (
        "prices: {m: {input: 1, 5: 2}}",
        "p.yaml:1: prices.m.5: a number is no key; write decimals with a point, such as 0.88"
      ),
      ("prices:\n  m: {input: 1, note: }", "p.yaml:2: prices.m.note: a key without a value; give it one"),
      ("prices:\n  m:\n", "p.yaml:2: prices.m: a key without a value; give it one"),
      ("currency: EUR\nprices: {m: 1}", "p.yaml:1: currency is 'EUR'; expected USD"),
      ("per_tokens: 1000\nprices: {m: 1}", "p.yaml:1: per_tokens is '1000'; expected 1000000"),
      ("prices: {m: 1, m: 2}", "p.yaml: line 1: key 'm' is given twice"),
      ("", "p.yaml: holds nothing"),
    ])
  func refusals(text: String, sentence: String) throws {
    let error = #expect(throws: ConfigError.self) { try read(text) }
    #expect(error?.description == sentence)
  }

  @Test(
    "What goes on behind the name of an amount is a note, and so is what resembles none; models may be numbers"
  )
  func notes() throws {
    let book = try read(
      """
      source: a list
      checked_by: me
      prices:
        m: {input: 1, output: 1, cached_input_audio: 2, output_flex: 3, cache_write: 4, source: x, date: 2025, note: y}
        7: 2
      """)
    #expect(book.prices["m"] == ModelPrice(input: 1_000_000))
    #expect(book.prices["7"] == ModelPrice(input: 2_000_000))
  }

  @Test("A syntax error names its line")
  func syntax() throws {
    let error = #expect(throws: ConfigError.self) { try read("prices:\n  m: {input: 1") }
    #expect(error?.description.hasPrefix("p.yaml: line ") == true)
  }

  @Test("The paper's Table 2 comes with the program")
  func paper() throws {
    let text = try #require(BuiltInPriceBooks.texts["paper-2505.16221"])
    let book = try read(text)
    #expect(book.prices.count == 8)
    #expect(book.prices["deepseek-v3"] == ModelPrice(input: 1_100_000))
    #expect(book.prices["GPT-4 Turbo (04/09)"] == ModelPrice(input: 30_000_000))
  }
}
