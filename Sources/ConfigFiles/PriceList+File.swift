import RoutingCore

extension PriceList {
  /// Reads a price book, or a source of prices, whichever the file is.
  ///
  /// - Parameter sha256: of the bytes of the text, hexadecimal.
  package static func read(_ text: String, name: String, sha256: String) throws(ConfigError) -> PriceList {
    let root = try ConfigNode(parsing: text, file: name)
    guard root["prices"] == nil, let source = PriceSourceRegistry.sources.first(where: { $0.isSource(root) })
    else {
      // Checks every price as it does for a replay.
      _ = try PriceBookFile.read(text, name: name, sha256: sha256)
      return try book(root)
    }
    return try read(root, source, name: name, sha256: sha256)
  }

  /// Reads a source of prices of a kind known beforehand.
  package static func read(
    _ text: String, source: any PriceSource.Type, name: String, sha256: String
  ) throws(ConfigError) -> PriceList {
    try read(ConfigNode(parsing: text, file: name), source, name: name, sha256: sha256)
  }

  private static func read(
    _ root: ConfigNode, _ source: any PriceSource.Type, name: String, sha256: String
  ) throws(ConfigError) -> PriceList {
    var reader = PriceReader()
    try source.read(root, into: &reader)
    guard !reader.rows.isEmpty else { throw root.unexpected("prices as \(source.name) writes them") }
    var list = PriceList(rows: reader.rows)
    list.source = "\(source.name), \(name.split(separator: "/").last ?? "")"
    list.sourceSHA256 = sha256
    list.skipped = reader.skipped.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    return list
  }

  private static func book(_ root: ConfigNode) throws(ConfigError) -> PriceList {
    var list = PriceList(rows: [])
    list.date = root["date"]?.scalar
    list.source = root["source"]?.scalar
    list.sourceSHA256 = root["source_sha256"]?.scalar
    for (model, price) in try root["prices"]?.map() ?? [] {
      guard price.isMap else {
        list.rows.append(Row(model: model, input: try price.text()))
        continue
      }
      var row = Row(model: model, input: try price["input"]?.text() ?? "")
      for (key, value) in try price.map() {
        switch key {
        case "input": break
        case "cached_input": row.cachedInput = try value.text()
        case "output": row.output = try value.text()
        default: if let text = value.scalar { row.notes.append((key, text)) }
        }
      }
      list.rows.append(row)
    }
    return list
  }

  // MARK: Writing

  /// The price book as YAML; reading it gives this list again.
  package var yaml: String {
    var text =
      "# USD per million tokens; an input price alone means both, no cached_input that none is listed.\n"
    text += "currency: USD\nper_tokens: 1000000\n"
    for (key, value) in [("date", date), ("source", source), ("source_sha256", sourceSHA256)] {
      if let value { text += "\(key): \(YAMLScalar.quoted(value))\n" }
    }
    text += "prices:\n"
    for row in rows {
      var entries = ["input: \(row.input)"]
      if let cachedInput = row.cachedInput { entries.append("cached_input: \(cachedInput)") }
      if let output = row.output { entries.append("output: \(output)") }
      for (key, value) in row.notes {
        let isNumber = FixedPoint.scaled(value, places: 0) != nil
        entries.append("\(YAMLScalar.key(key)): \(isNumber ? value : YAMLScalar.quoted(value))")
      }
      text += "  \(YAMLScalar.key(row.model)): {\(entries.joined(separator: ", "))}\n"
    }
    return text
  }
}
