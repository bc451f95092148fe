import ArgumentParser
import ConfigFiles
import RoutingCore

/// Which models of a published list a price book shall hold, and under which names.
struct PriceSelection {
  private let named: [(name: String, key: String)]
  /// Names of a trace that `named` does not name.
  private let ofTrace: [String]

  /// - Parameter models: `NAME=KEY`, or a key alone. A name may hold `=`; the key begins behind the last one.
  init(models: [String], trace: TraceHeader?) throws {
    var named: [(name: String, key: String)] = []
    for text in models {
      let parts = text.lastIndex(of: "=").map {
        (String(text[..<$0]), String(text[text.index(after: $0)...]))
      }
      let (name, key) = parts ?? (text, text)
      guard !name.isEmpty, !key.isEmpty else {
        throw ValidationError("--model is '\(text)'; expected NAME=KEY, or a key")
      }
      guard !named.contains(where: { $0.name == name }) else {
        throw ValidationError("--model names '\(name)' twice")
      }
      named.append((name, key))
    }
    self.named = named
    ofTrace = (trace?.models.map(\.name) ?? []).filter { name in !named.contains { $0.name == name } }
  }

  /// - Throws: `PriceSelectionError` for keys asked for that the list does not hold.
  func select(from list: PriceList, file: String) throws -> (list: PriceList, notes: [String]) {
    var notes = list.skipped.map {
      "\($0.count.counted("entry", "entries")) of \(file) left out: \($0.reason)"
    }
    guard !named.isEmpty || !ofTrace.isEmpty else { return (list, notes + Self.freeModels(list)) }
    let (chosen, unknown) = list.selecting(named)
    guard unknown.isEmpty else {
      throw PriceSelectionError(
        file: file, keys: unknown.map { ($0.key, list.suggestions(for: $0.key)) })
    }
    let (found, missing) = list.selecting(ofTrace.map { ($0, $0) })
    var selected = chosen
    selected.rows += found.rows
    for (name, _) in missing {
      let suggestions = list.suggestions(for: name).map { "--model '\(name)=\($0)'" }
      let hint = suggestions.isEmpty ? "" : "; perhaps \(suggestions.joined(separator: " or "))"
      notes.append("no price for '\(name)'\(hint)")
    }
    notes.removeAll { note in list.skipped.contains { note.hasSuffix($0.reason) } }
    return (selected, notes + Self.freeModels(selected))
  }

  private static func freeModels(_ list: PriceList) -> [String] {
    let free = list.rows.count { $0.price == ModelPrice(input: 0) }
    return free == 0 ? [] : ["\(free.counted("model")) at price 0 in the list; check that this is so"]
  }
}

/// Keys that a published list does not hold.
struct PriceSelectionError: Error, CustomStringConvertible {
  let file: String
  let keys: [(key: String, suggestions: [String])]

  var description: String {
    keys.map { key, suggestions in
      let hint =
        suggestions.isEmpty ? "" : "; did you mean \(suggestions.map { "'\($0)'" }.joined(separator: ", "))?"
      return "\(file): no model '\(key)'\(hint)"
    }.joined(separator: "\n")
  }
}
