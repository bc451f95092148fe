import ConfigFiles
import RoutingCore
import Testing

@Suite struct PriceListTests {
  private func read(_ text: String) throws -> PriceList {
    try PriceList.read(text, name: "dir/p.json", sha256: "ab")
  }

  private static let litellm = #"""
    {"sample_spec": {"input_cost_per_token": 0.0, "litellm_provider": "one of", "mode": "chat"},
     "gpt-x": {"input_cost_per_token": 2.7e-07, "output_cost_per_token": 1.1e-06, "cache_read_input_token_cost": 7e-08,
       "cache_creation_input_token_cost": 3.75e-6, "input_cost_per_token_batches": 1.35e-07, "mode": "chat",
       "litellm_provider": "o", "output_cost_per_reasoning_token": 1E-5, "max_tokens": 4096,
       "search_context_cost_per_query": {"high": 0.1}, "deprecation_date": "2026-01-01"},
     "p/Exact-7B": {"input_cost_per_token": 1.23456789012e-10, "output_cost_per_token": 3e-05, "litellm_provider": "p",
       "input_cost_per_token_cache_hit": 1e-11},
     "p/tiers": {"litellm_provider": "p", "mode": "chat", "tiered_pricing": [{"range": [0, 1], "input_cost_per_token": 1e-6}]},
     "p/both": {"litellm_provider": "p", "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6,
       "tiered_pricing": [{"range": [0, 32000.0], "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6}]},
     "p/words": {"litellm_provider": "p", "input_cost_per_token": "cheap", "output_cost_per_token": 1},
     "p/negative": {"litellm_provider": "p", "input_cost_per_token": -1, "output_cost_per_token": -1},
     "p/emb": {"litellm_provider": "p", "mode": "embedding", "input_cost_per_token": 1e-7}}
    """#

  @Test("LiteLLM's prices per token become prices per million tokens, every digit kept")
  func litellm() throws {
    let list = try read(Self.litellm)
    #expect(list.rows.map(\.model) == ["gpt-x", "p/Exact-7B", "p/both"])
    let first = list.rows[0]
    #expect(first.input == "0.27")
    #expect(first.output == "1.1")
    #expect(first.cachedInput == "0.07")
    let notes = Dictionary(first.notes.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    #expect(
      notes == [
        "cache_write": "3.75", "input_batches": "0.135", "provider": "o", "output_reasoning": "10",
        "deprecation_date": "2026-01-01",
      ])
    #expect(list.rows[1].input == "0.000123456789012")
    #expect(list.rows[1].cachedInput == "0.00001")
    #expect(
      list.rows[2].notes.contains { $0.key == "tiered_pricing" && $0.value == "0-32000.0: input 1, output 2" }
    )
    #expect(list.source == "litellm, p.json")
    #expect(list.sourceSHA256 == "ab")
  }

  @Test("An entry without a price is left out and counted, never taken for free")
  func skipped() throws {
    let skipped = try read(Self.litellm).skipped
    #expect(skipped.map(\.reason) == ["no input price per token", "not a text model", "only tiered prices"])
    #expect(skipped.map(\.count) == [2, 1, 1])
  }

  @Test("models.dev's prices are per million tokens already")
  func modelsDev() throws {
    let list = try read(
      #"""
      {"acme": {"name": "Acme", "models": {
        "m-1": {"last_updated": "2025-01-02", "cost": {"input": 0.15, "output": 0.6, "cache_read": 0.075, "reasoning": 2,
          "context_over_200k": {"input": 0.3, "output": 1.2}, "tiers": [{"tier": {"type": "context", "size": 8}, "input": 1}]}},
        "m-2": {}, "m-3": {"cost": {"input": 1}}}}}
      """#)
    #expect(list.rows.map(\.model) == ["acme/m-1"])
    #expect(list.rows[0].price == ModelPrice(input: 150_000, cachedInput: 75_000, output: 600_000))
    #expect(
      list.rows[0].notes.map { "\($0.key)=\($0.value)" } == [
        "output_reasoning=2", "context_over_200k=input 0.3, output 1.2", "tiers=context 8: input 1",
        "last_updated=2025-01-02",
      ])
    #expect(list.skipped.map(\.reason) == ["no cost", "no price of input or output"])
  }

  @Test("A book written as YAML reads back the same, and replays at the same prices")
  func roundTrip() throws {
    var list = try read(Self.litellm)
    list.date = "2026-11-21"
    list.rows[2].model = "a \"b\": {c} #1"
    list.skipped = []
    #expect(try PriceList.read(list.yaml, name: "b.yaml", sha256: "") == list)
    let book = try PriceBookFile.read(list.yaml, name: "b.yaml", sha256: "")
    #expect(book.date == "2026-11-21")
    #expect(book.prices["gpt-x"] == ModelPrice(input: 270_000, cachedInput: 70_000, output: 1_100_000))
    // 0.000123456789012 USD per million tokens are 123.456… picodollars per token.
    #expect(book.prices["p/Exact-7B"]?.input == 123)
    #expect(book.prices["a \"b\": {c} #1"] == ModelPrice(input: 1_000_000, output: 2_000_000))
  }

  @Test("Models are taken under the names of the trace, and unknown keys are named")
  func selecting() throws {
    let (chosen, missing) = try read(Self.litellm).selecting([
      ("mine", "gpt-x"), ("p/both", "p/both"), ("x", "gpt-y"),
    ])
    #expect(chosen.rows.map(\.model) == ["mine", "p/both"])
    #expect(chosen.rows[0].notes.first?.key == "source")
    #expect(chosen.rows[0].notes.first?.value == "gpt-x")
    #expect(missing.map(\.key) == ["gpt-y"])
  }

  @Test(
    "A near miss names the key somebody means",
    arguments: [
      ("exact-7b", ["p/Exact-7B"]), ("gpt-y", ["gpt-x"]), ("exact", ["p/Exact-7B"]), ("nothing like it", []),
    ])
  func suggestions(name: String, expected: [String]) throws {
    #expect(try read(Self.litellm).suggestions(for: name) == expected)
  }

  @Test("A character written as two escapes, as JSON allows, is one")
  func surrogates() throws {
    let list = try read(#"{"prices": {"m": {"input": 1, "output": 1, "note": "\ud83d\ude00 \\ud83d"}}}"#)
    #expect(list.rows[0].notes.first?.value == "😀 \\ud83d")
  }

  @Test("A file that is no list of its kind says so")
  func refusal() throws {
    let source = try #require(PriceSourceRegistry.source(named: "models-dev"))
    let error = #expect(throws: ConfigError.self) {
      try PriceList.read(Self.litellm, source: source, name: "p.json", sha256: "")
    }
    #expect(
      error?.description == "p.json:1: the document is a map; expected prices as models-dev writes them")
  }
}
