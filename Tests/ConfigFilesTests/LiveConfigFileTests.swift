import ConfigFiles
import RoutingCore
import Testing

@Suite("Recording configurations")
struct LiveConfigFileTests {
  private static let whole = """
    name: support
    seed: 7
    endpoints:
      main: {url: "https://api.example.com/v1", key_env: API_KEY, concurrency: 8, continuation: prefix, extra: {cache: false, "n": [1, "2"]}}
    models:
      small: {endpoint: main, model: small-2025, max_tokens: 600, temperature: 0.7, seed: 3, logprobs: true}
      large: {endpoint: main, skills: [math], system: "Be brief: always."}
      judge: {endpoint: main}
    selectors: {ranker: {model: judge, max_tokens: 20}}
    aggregators: {merger: {model: large, prompt: "{query} {answers}"}}
    judges: {strict: {model: judge, scale: 1-5}, mild: {model: large, prompt: "{answer}?"}}
    pool: [small, large]
    prompts: [a.jsonl]
    record:
      - {k: 1-2, boot: [50, full], layers: "2,3", samples: 2, every_set_of: 2, workloads: [w]}
    """

  private func read(_ text: String) throws -> LiveConfig { try LiveConfigFile.read(text, name: "c.yaml") }

  @Test("Everything that may stand in one is read")
  func whole() throws {
    let config = try read(Self.whole)
    #expect(config.name == "support")
    #expect(config.seed == 7)
    #expect(config.endpoints[0].keyVariable == "API_KEY")
    #expect(config.endpoints[0].continuation == .prefix)
    #expect(config.endpoints[0].extra?.text == #"{"cache":false,"n":[1,"2"]}"#)
    #expect(config.models.map(\.name) == ["small", "large", "judge"])
    #expect(config.models[0].remoteName == "small-2025")
    #expect(config.models[0].temperature == "0.7")
    #expect(config.models[1].temperature == "0")
    #expect(config.models[1].skills == ["math"])
    #expect(config.selectors[0].prompt == DefaultPrompts.selector)
    #expect(config.judges.map(\.tool.name) == ["strict", "mild"])
    #expect(config.judges[0].scale == JudgeScale(low: 1, high: 5))
    #expect(config.judges[0].tool.prompt == DefaultPrompts.judge)
    #expect(config.judges[1].scale == .standard)
    #expect(config.aggregators[0].prompt.text == "{query} {answers}")
    #expect(config.grids[0].k == [KSchedule(constant: 1), KSchedule(constant: 2)])
    #expect(config.grids[0].boots == [.tokens(50), .full])
    #expect(config.grids[0].layers == [2, 3])
    #expect(config.grids[0].selectors == ["ranker"])
    #expect(config.grids[0].everySetOf == [2])
    #expect(config.grids(for: "other").isEmpty)
    #expect(config.header.models[0].continuation == nil)
  }

  @Test("Without a pool the candidates are the models that are no selector or aggregator")
  func pool() throws {
    let text = Self.whole.replacing("pool: [small, large]\n", with: "").replacing("k: 1-2", with: "k: 1")
    #expect(try read(text).pool == ["small"])
  }

  @Test(
    "What is wrong is named with its line and what was expected",
    arguments: [
      ("seed: 7", "sed: 7", "c.yaml:2: sed is an unknown key; expected seed"),
      ("key_env", "key", "c.yaml:4: endpoints.main.key is an unknown key; expected one of url"),
      ("https://api", "ftp://api", "an address beginning with http:// or https://"),
      (
        "endpoint: main, model", "endpoint: mian, model",
        "models.small is a map; expected endpoint names among main"
      ),
      (
        "temperature: 0.7", "temperature: hot",
        "models.small.temperature is 'hot'; expected a number from 0 to 2"
      ),
      ("max_tokens: 600", "max_tokens: 0", "models.small.max_tokens is '0'; expected a whole number from 1"),
      ("{model: judge,", "{model: jugde,", "perhaps 'judge'"),
      ("\"{query} {answers}\"", "\"{query}\"", "expected a prompt with {query} and {answers}"),
      ("pool: [small, large]", "pool: [small, small]", "expected each name once"),
      ("k: 1-2", "k: 1-3", "expected k of at most 2, the size of the pool, not 3"),
      ("boot: [50, full]", "boot: [none]", "expected token counts, or full"),
      ("name: support\n", "", "name is missing; expected a name for the trace"),
    ])
  func mistakes(_ found: String, _ replacement: String, _ message: String) throws {
    let text = Self.whole.replacing(found, with: replacement)
    #expect(text != Self.whole)
    do {
      _ = try read(text)
      Issue.record("accepted: \(replacement)")
    } catch {
      #expect("\(error)".contains(message), "\(error)")
    }
  }
}
