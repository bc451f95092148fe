/// The catalogue of models.dev: its `api.json`, from provider to models with USD per million tokens.
enum ModelsDevPrices: PriceSource {
  static let name = "models-dev"
  static let summary = "models.dev's api.json, USD per million tokens"

  static func isSource(_ root: ConfigNode) -> Bool {
    guard let entries = try? root.map() else { return false }
    return entries.contains { $0.value["models"]?.isMap == true }
  }

  static func read(_ root: ConfigNode, into reader: inout PriceReader) throws(ConfigError) {
    for (provider, entry) in try root.map() {
      guard let models = entry["models"], models.isMap else {
        reader.skip("a provider without models")
        continue
      }
      for (model, description) in try models.map() {
        guard let cost = description["cost"], cost.isMap else {
          reader.skip("no cost")
          continue
        }
        guard let input = PriceReader.perMillion(cost["input"], perToken: false),
          let output = PriceReader.perMillion(cost["output"], perToken: false)
        else {
          reader.skip("no price of input or output")
          continue
        }
        var row = PriceList.Row(
          model: "\(provider)/\(model)", input: input,
          cachedInput: PriceReader.perMillion(cost["cache_read"], perToken: false), output: output)
        row.notes = try notes(cost)
        if let date = description["last_updated"]?.scalar { row.notes.append(("last_updated", date)) }
        reader.add(row)
      }
    }
  }

  /// What else tokens cost: cache writes, reasoning, audio, long contexts.
  private static func notes(_ cost: ConfigNode) throws(ConfigError) -> [(key: String, value: String)] {
    var notes: [(key: String, value: String)] = []
    for (field, value) in try cost.map() where !["input", "output", "cache_read"].contains(field) {
      if let amount = PriceReader.perMillion(value, perToken: false) {
        notes.append((field == "reasoning" ? "output_reasoning" : field, amount))
      } else if value.isMap {
        notes.append((field, prices(value)))
      } else if value.isList {
        notes.append((field, try value.list().map(tier).joined(separator: "; ")))
      }
    }
    return notes
  }

  private static func tier(_ node: ConfigNode) -> String {
    "\(node["tier"]?["type"]?.scalar ?? "tier") \(node["tier"]?["size"]?.scalar ?? "?"): \(prices(node))"
  }

  private static func prices(_ node: ConfigNode) -> String {
    ["input", "output", "cache_read", "cache_write"].compactMap { side in
      PriceReader.perMillion(node[side], perToken: false).map { "\(side) \($0)" }
    }.joined(separator: ", ")
  }
}
