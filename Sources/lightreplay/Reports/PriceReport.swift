import ConfigFiles
import Reporting
import RoutingCore

/// A list of prices as outputs show it.
struct PriceReport {
  let list: PriceList

  init(_ list: PriceList) { self.list = list }

  var table: String {
    var table = TextTable([
      ("model", .left), ("input", .right), ("cached", .right), ("output", .right), ("notes", .left),
    ])
    for row in list.rows {
      let notes = row.notes.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      table.append([
        TextTable.clipped(row.model, to: 44), row.input, row.cachedInput ?? "", row.output ?? row.input,
        TextTable.clipped(notes, to: 32),
      ])
    }
    let facts = [list.source, list.date, list.sourceSHA256.map { "sha256 \($0)" }].compactMap { $0 }
    let skipped = list.skipped.map { "left out: \($0.count.counted("entry", "entries")), \($0.reason)\n" }
      .joined()
    return "USD per million tokens" + facts.map { "\n" + $0 }.joined() + "\n\n" + table.text + skipped
  }

  var csv: String {
    CSVText.text(
      [["model", "input", "cached_input", "output", "notes"]]
        + list.rows.map { row in
          [
            row.model, row.input, row.cachedInput ?? "", row.output ?? row.input,
            row.notes.map { "\($0.key)=\($0.value)" }.joined(separator: " "),
          ]
        })
  }

  /// The document `lightreplay.prices/1`; amounts are decimal text, so that no digit is lost.
  var json: JSONValue {
    .object([
      "format": .string("lightreplay.prices/1"), "date": .optional(list.date, JSONValue.string),
      "source": .optional(list.source, JSONValue.string),
      "source_sha256": .optional(list.sourceSHA256, JSONValue.string),
      "prices": .array(
        list.rows.map { row in
          .object([
            "model": .string(row.model), "input": .string(row.input),
            "cached_input": .optional(row.cachedInput, JSONValue.string),
            "output": .string(row.output ?? row.input),
            "notes": .object(
              Dictionary(row.notes.map { ($0.key, JSONValue.string($0.value)) }, uniquingKeysWith: { $1 })),
          ])
        }),
      "skipped": .array(
        list.skipped.map { .object(["reason": .string($0.reason), "count": .integer(Int128($0.count))]) }),
    ])
  }
}

/// What changed between two lists, as outputs show it.
struct PriceDiffReport {
  private let before: PriceList
  private let after: PriceList
  private let names: (before: String, after: String)
  private let comparison: PriceComparison

  init(before: PriceList, after: PriceList, names: (before: String, after: String)) {
    self.before = before
    self.after = after
    self.names = names
    comparison = PriceComparison(before, after)
  }

  private func amount(_ picodollars: Int64) -> String { FixedPoint.text(Int128(picodollars), places: 6) }

  private func percent(_ change: PriceComparison.Change) -> String {
    change.permille.map { ($0 > 0 ? "+" : "") + FixedPoint.text($0, places: 1) + " %" } ?? "from 0"
  }

  var table: String {
    var table = TextTable([
      ("model", .left), ("price", .left), ("before", .right), ("after", .right), ("change", .right),
    ])
    for change in comparison.changes {
      table.append([
        TextTable.clipped(change.model, to: 50), change.field.rawValue, amount(change.before),
        amount(change.after),
        percent(change),
      ])
    }
    func names(_ models: [String]) -> String {
      models.prefix(10).joined(separator: ", ") + (models.count > 10 ? ", … (\(models.count))" : "")
    }
    var text = "USD per million tokens: \(self.names.before) (\(before.date ?? "no date")) → "
    text += "\(self.names.after) (\(after.date ?? "no date"))\n\n"
    if !comparison.changes.isEmpty { text += table.text + "\n" }
    text += "the same: \(comparison.unchanged.counted("model"))\n"
    if !comparison.added.isEmpty { text += "only in the second: \(names(comparison.added))\n" }
    if !comparison.removed.isEmpty { text += "only in the first: \(names(comparison.removed))\n" }
    return text
  }

  var csv: String {
    CSVText.text(
      [["model", "price", "before", "after", "percent"]]
        + comparison.changes.map { change in
          [
            change.model, change.field.rawValue, amount(change.before), amount(change.after),
            change.permille.map { FixedPoint.text($0, places: 1) } ?? "",
          ]
        } + comparison.added.map { [$0, "added", "", "", ""] }
        + comparison.removed.map { [$0, "removed", "", "", ""] })
  }

  /// The document `lightreplay.prices-diff/1`.
  var json: JSONValue {
    .object([
      "format": .string("lightreplay.prices-diff/1"),
      "before": .object(["name": .string(names.before), "date": .optional(before.date, JSONValue.string)]),
      "after": .object(["name": .string(names.after), "date": .optional(after.date, JSONValue.string)]),
      "changes": .array(
        comparison.changes.map { change in
          .object([
            "model": .string(change.model), "price": .string(change.field.rawValue),
            "before": .string(amount(change.before)), "after": .string(amount(change.after)),
            "percent": .optional(change.permille) { .number(Double($0) / 10) },
          ])
        }),
      "added": .array(comparison.added.map(JSONValue.string)),
      "removed": .array(comparison.removed.map(JSONValue.string)),
      "unchanged": .integer(Int128(comparison.unchanged)),
    ])
  }
}
