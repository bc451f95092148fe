package import RoutingCore

/// A price book with all that stands in it: where its prices come from, and notes that no calculation uses.
package struct PriceList: Sendable, Equatable {
  /// One model's prices, in USD per million tokens as exact decimal text.
  package struct Row: Sendable, Equatable {
    package var model: String
    package var input: String
    package var cachedInput: String?
    package var output: String?
    /// In the order written; numbers are USD per million tokens.
    package var notes: [(key: String, value: String)] = []

    package init(model: String, input: String, cachedInput: String? = nil, output: String? = nil) {
      self.model = model
      self.input = input
      self.cachedInput = cachedInput
      self.output = output
    }

    package static func == (left: Row, right: Row) -> Bool {
      left.model == right.model && left.input == right.input && left.cachedInput == right.cachedInput
        && left.output == right.output && left.notes.elementsEqual(right.notes, by: ==)
    }

    /// As calculated with.
    package var price: ModelPrice? {
      guard let input = ModelPrice.picodollarsPerToken(input) else { return nil }
      return ModelPrice(
        input: input, cachedInput: cachedInput.flatMap { ModelPrice.picodollarsPerToken($0) },
        output: output.flatMap { ModelPrice.picodollarsPerToken($0) })
    }
  }

  package var date: String?
  package var source: String?
  /// SHA-256 of the file the prices were taken from, hexadecimal.
  package var sourceSHA256: String?
  /// In the order of the file.
  package var rows: [Row]
  /// Entries of a source that give no price, with why: counted by reason, sorted.
  package var skipped: [(reason: String, count: Int)] = []

  package init(rows: [Row]) { self.rows = rows }

  package static func == (left: PriceList, right: PriceList) -> Bool {
    left.date == right.date && left.source == right.source && left.sourceSHA256 == right.sourceSHA256
      && left.rows == right.rows && left.skipped.elementsEqual(right.skipped, by: ==)
  }
}

extension PriceList {
  package func row(of model: String) -> Row? { rows.first { ExactString($0.model) == ExactString(model) } }

  /// The rows of some keys under other names, in the order asked for, and the keys that are not there.
  package func selecting(
    _ names: [(name: String, key: String)]
  ) -> (list: PriceList, missing: [(name: String, key: String)]) {
    var selected = self
    var missing: [(name: String, key: String)] = []
    selected.rows = []
    for (name, key) in names {
      guard var row = row(of: key) else {
        missing.append((name, key))
        continue
      }
      row.model = name
      if name != key { row.notes.insert(("source", key), at: 0) }
      selected.rows.append(row)
    }
    return (selected, missing)
  }

  /// Keys that somebody may mean by a name, at most three: the same behind the provider's name first, then those
  /// that contain it, then a near miss.
  package func suggestions(for name: String) -> [String] {
    let wanted = name.lowercased()
    func lastPart(_ key: String) -> Substring { key.split(separator: "/").last ?? "" }
    var found = rows.map(\.model).filter { lastPart($0).lowercased() == wanted }
    found += rows.map(\.model).filter { $0.lowercased().contains(wanted) && !found.contains($0) }
    if found.isEmpty {
      let parts = rows.map { (key: $0.model, part: String(lastPart($0.model))) }
      let near = NearMiss.suggestion(for: name, among: parts.flatMap { [$0.key, $0.part] })
      found = parts.first { $0.key == near || $0.part == near }.map { [$0.key] } ?? []
    }
    return Array(found.prefix(3))
  }
}
