import Foundation

/// Interchange lines with every field of the format, in canonical form, drawn from a seed.
struct RandomInterchange {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  static let models = ["m1", "m2", "m3", "é", "judge \"x\""]
  static let header =
    #"{"format":"lightreplay.trace/1","name":"random","models":[{"name":"m1"},{"name":"m2","skills":["math","code"],"continuation":"none"},{"name":"m3","extra":{"a": [1.50, null]}},{"name":"é"},{"name":"judge \"x\""}],"pool":["m1","m2","m3","é"],"selectors":[{"name":"s","model":"judge \"x\"","prompt":"rank\nthem"}],"extra":[1]}"#

  // MARK: Draws

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }

  private mutating func chance() -> Bool { below(2) == 0 }

  private mutating func pick<Element>(_ values: [Element]) -> Element { values[below(values.count)] }

  private mutating func text() -> String {
    let pieces = [
      "a", "Zeile\n", "\"", "\\", "\t", "🙂", "é", "e\u{301}", "\u{0}", "\u{1F}", "/", "日本", " ", "0",
      String(repeating: "lang ", count: 40),
    ]
    return (0..<below(12)).map { _ in pick(pieces) }.joined()
  }

  private mutating func decimal(_ places: Int, below bound: Int) -> String {
    let fraction = (0..<below(places + 1)).map { _ in String(below(10)) }.joined()
    let trimmed = String(fraction.reversed().drop { $0 == "0" }.reversed())
    return String(below(bound)) + (trimmed.isEmpty ? "" : "." + trimmed)
  }

  private mutating func score() -> String {
    chance() ? String(below(2)) : "0.\(below(99_999) * 10 + 1)".padded
  }

  // MARK: Pieces

  private mutating func optional(_ key: String, _ value: (inout Self) -> String) -> [String] {
    guard chance() else { return [] }
    return ["\"\(key)\":\(value(&self))"]
  }

  private mutating func usageAndContent(isResponse: Bool) -> [String] {
    let text = text()
    var fields = ["\"text\":\(text.json)"]
    if !text.isEmpty, chance() {
      let ends = Set((0..<5).map { _ in 1 + below(text.utf8.count) }).sorted()
      fields.append("\"token_ends\":[\(ends.map(String.init).joined(separator: ","))]")
    }
    if chance() {
      let input = below(2_000_000)
      fields.append("\"input_tokens\":\(input)")
      fields += optional("cached_input_tokens") { String($0.below(input + 1)) }
    }
    fields += optional("output_tokens") { String($0.below(Int(Int32.max))) }
    fields += optional("reasoning_tokens") { String($0.below(1000)) }
    fields += optional("token_source") { $0.pick(["\"reported\"", "\"estimated\""]) }
    fields += optional("cost_usd") { $0.decimal(12, below: 1000) }
    fields += optional("ttft_s") { $0.decimal(6, below: 5) }
    fields += optional("duration_s") { $0.decimal(6, below: 900_000).replacingFirstDigit }
    fields += optional("finish_reason") { $0.pick(["\"stop\"", "\"length\"", "\"\""]) }
    fields += optional("answer") { $0.text().json }
    fields += optional("score") { $0.score() }
    fields += optional("grades") {
      "{\"exact\":{\"answer\":\($0.text().json)},\"judge\":{\"score\":\($0.score())}}"
    }
    if isResponse {
      fields += optional("prefixes") {
        "[{\"boot_budget\":5,\"answer\":\($0.text().json),\"score\":\($0.score())},{\"boot_budget\":\"full\"}]"
      }
    }
    fields += optional("error") { $0.pick(["\"timeout\"", "{\"code\":500, \"why\":[1,{\"x\":null}]}"]) }
    fields += optional("extra") { $0.pick(["{\"id\": \"x\"}", "[1e5,  2]", "\"é\"", "0.10"]) }
    return fields
  }

  private mutating func calls(_ key: String, _ coordinates: [String], isResponse: Bool = false) -> String {
    let calls = coordinates.filter { _ in below(3) > 0 }.map { coordinate in
      "{" + ([coordinate] + usageAndContent(isResponse: isResponse)).joined(separator: ",") + "}"
    }
    return calls.isEmpty ? "" : "\"\(key)\":[\(calls.joined(separator: ","))]"
  }

  private mutating func rankings() -> String {
    let members = ["m1", "m2", "é"]
    let list = "[" + members.map(\.json).joined(separator: ",") + "]"
    let tails = [
      "\"order\":[\"é\",\"m1\",\"m2\"],\"scores\":[0.9,0,-12.000001],\"shown\":[\"m2\",\"é\",\"m1\"]",
      "\"order\":[\"m2\",\"m1\",\"é\"]", "\"order\":null", "\"order\":[\"m1\",\"m2\",\"é\"]",
    ]
    let heads = [
      "\"selector\":\"s\",\"model\":\"judge \\\"x\\\"\",\"boot_budget\":50,\"layer\":1",
      "\"selector\":\"s\",\"sample\":2,\"boot_budget\":50,\"layer\":1",
      "\"selector\":\"s\",\"boot_budget\":\"full\",\"layer\":1",
      "\"selector\":\"t\",\"boot_budget\":50,\"layer\":2",
    ]
    return calls("rankings", heads.map { "\($0),\"members\":\(list),\(pick(tails))" })
  }

  // MARK: Lines

  /// A query line, its calls in canonical order.
  mutating func query(_ name: String) -> String {
    var fields = ["\"query\":\(name.json)", "\"workload\":\(pick(["w", "w/é"]).json)"]
    fields += optional("group") { $0.pick(["\"g1\"", "\"g2\""]) }
    fields += optional("skills") { $0.pick(["[\"math\"]", "[\"code\",\"art\"]"]) }
    fields += optional("ordinal") { String($0.below(1 << 40) - (1 << 39)) }
    if chance() {
      fields.append("\"prompt\":\(text().json)")
    } else {
      fields += optional("messages") { "[{\"role\":\"user\", \"content\":\($0.text().json)}]" }
    }
    fields += optional("reference") { $0.text().json }
    fields.append(
      calls(
        "responses",
        ["m1", "m2", "m3", "é"].flatMap { model in
          ["\"model\":\(model.json)", "\"model\":\(model.json),\"sample\":1"]
        }, isResponse: true))
    fields.append(
      calls("boots", ["\"model\":\"m1\",\"boot_budget\":50", "\"model\":\"m1\",\"boot_budget\":\"full\""]))
    fields.append(calls("continuations", ["\"model\":\"m3\",\"boot_budget\":50"]))
    fields.append(rankings())
    fields.append(
      calls(
        "merges",
        [
          "\"aggregator\":\"a\",\"members\":[\"m1\",\"m2\"],\"layer\":1,\"boot_budget\":50",
          "\"aggregator\":\"a\",\"members\":[\"m1\"],\"layer\":2",
          "\"aggregator\":\"b\",\"members\":[\"m1\",\"m3\",\"é\"],\"layer\":2",
        ]))
    fields.append(
      calls(
        "refinements",
        [
          "\"model\":\"m1\",\"members\":[\"m1\",\"m2\"],\"layer\":3",
          "\"model\":\"m1\",\"aggregator\":\"a\",\"members\":[\"m1\",\"m2\"],\"layer\":3,\"boot_budget\":50",
        ]))
    fields += optional("extra") { $0.pick(["{}", "{\"deep\":[[[]]]}", "\"\\u00e9\""]) }
    return "{" + fields.filter { !$0.isEmpty }.joined(separator: ",") + "}"
  }
}

extension String {
  /// As a JSON string, escaped as little as possible.
  var json: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20: text += String(format: "\\u%04x", scalar.value)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// A decimal below one with its leading zeros.
  fileprivate var padded: String {
    "0." + String(repeating: "0", count: max(0, 6 - dropFirst(2).count)) + dropFirst(2)
  }

  /// Longer than any time to the first token drawn here.
  fileprivate var replacingFirstDigit: String { first == "0" ? "9" + dropFirst() : "9" + self }
}
