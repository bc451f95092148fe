/// LiteLLM's price map: `model_prices_and_context_window_backup.json`, from key to USD per token.
enum LiteLLMPrices: PriceSource {
  static let name = "litellm"
  static let summary = "LiteLLM's model_prices_and_context_window.json, USD per token"

  static func isSource(_ root: ConfigNode) -> Bool {
    guard let entries = try? root.map() else { return false }
    return entries.contains { $0.value["litellm_provider"] != nil || $0.value["input_cost_per_token"] != nil }
  }

  /// Kinds of models that answer with text.
  private static let modes: Set<String> = ["chat", "completion", "responses"]

  static func read(_ root: ConfigNode, into reader: inout PriceReader) throws(ConfigError) {
    for (key, entry) in try root.map() where key != "sample_spec" {
      guard modes.contains(entry["mode"]?.scalar ?? "chat") else {
        reader.skip("not a text model")
        continue
      }
      let cachedInput = entry["cache_read_input_token_cost"] ?? entry["input_cost_per_token_cache_hit"]
      guard let input = PriceReader.perMillion(entry["input_cost_per_token"], perToken: true) else {
        reader.skip(entry["tiered_pricing"] == nil ? "no input price per token" : "only tiered prices")
        continue
      }
      guard let output = PriceReader.perMillion(entry["output_cost_per_token"], perToken: true) else {
        reader.skip("no output price per token")
        continue
      }
      var row = PriceList.Row(
        model: key, input: input, cachedInput: PriceReader.perMillion(cachedInput, perToken: true),
        output: output)
      row.notes = try notes(entry)
      reader.add(row)
    }
  }

  private static let taken: Set<String> = [
    "input_cost_per_token", "output_cost_per_token", "cache_read_input_token_cost",
    "input_cost_per_token_cache_hit",
  ]

  /// Batch, priority, tiered and other prices, per million tokens, under names without the unit.
  private static func notes(_ entry: ConfigNode) throws(ConfigError) -> [(key: String, value: String)] {
    var notes: [(key: String, value: String)] = []
    for (field, value) in try entry.map() where !taken.contains(field) {
      if field == "tiered_pricing", value.isList {
        notes.append((field, try value.list().map(tier).joined(separator: "; ")))
      } else if field == "deprecation_date" || field == "litellm_provider", let text = value.scalar {
        notes.append((field == "litellm_provider" ? "provider" : field, text))
      } else if let name = noteName(field), let amount = PriceReader.perMillion(value, perToken: true) {
        notes.append((name, amount))
      }
    }
    return notes
  }

  /// `input_cost_per_token_batches` → `input_batches`; `nil` for what is not per token.
  private static func noteName(_ field: String) -> String? {
    for (part, name) in [
      ("cache_creation_input_token_cost", "cache_write"), ("cache_read_input_token_cost", "cached_input"),
      ("_cost_per_token", ""), ("_cost_per_reasoning_token", "_reasoning"),
      ("_cost_per_audio_token", "_audio"),
    ] where field.contains(part) {
      return field.replacing(part, with: name)
    }
    return nil
  }

  private static func tier(_ node: ConfigNode) -> String {
    let range = (try? node["range"]?.list())?.compactMap(\.scalar).joined(separator: "-") ?? "?"
    let prices = ["input", "output"].compactMap { side in
      PriceReader.perMillion(node["\(side)_cost_per_token"], perToken: true).map { "\(side) \($0)" }
    }
    return "\(range): \(prices.joined(separator: ", "))"
  }
}
