package import RoutingCore

/// The differences of two policy files as outputs show them.
package struct PolicyDifferenceReport {
  private let old: String
  private let new: String
  private let difference: ProductionPolicyDifference

  /// - Parameters:
  ///   - old: how the first file is called.
  ///   - new: how the second file is called.
  package init(_ old: String, _ new: String, _ difference: ProductionPolicyDifference) {
    self.old = old
    self.new = new
    self.difference = difference
  }

  package var table: String {
    guard !difference.changes.isEmpty else { return "\(old) and \(new) say the same\n" }
    var text = ""
    var place: ProductionPolicyDifference.Place?
    for change in difference.changes {
      if change.place != place {
        text += (place == nil ? "" : "\n") + TextTable.printable(title(change.place)) + "\n"
        place = change.place
      }
      let note = change.isWithinInterval.map {
        $0 ? "  within the old interval" : "  outside the old interval"
      }
      text +=
        TextTable.printable(
          "  \(change.what): \(words(change.old)) → \(words(change.new))\(note ?? "")") + "\n"
    }
    return text
  }

  private func title(_ place: ProductionPolicyDifference.Place) -> String {
    switch place {
    case .trace: "trace"
    case .prices: "prices"
    case .models: "models"
    case .objective: "objective"
    case .fallback: "default"
    case .workload(let name): "workload \(name)"
    }
  }

  private func words(_ value: ProductionPolicyDifference.Value?) -> String {
    switch value {
    case .text(let text): text
    case .number(let number): YAMLText.number(number)
    case nil: "none"
    }
  }

  /// The document `lightreplay.policy-diff/1`.
  package var json: JSONValue {
    .object([
      "format": .string("lightreplay.policy-diff/1"), "old": .string(old), "new": .string(new),
      "changes": .array(
        difference.changes.map { change in
          .object([
            "place": .string(placeName(change.place)), "workload": workload(change.place),
            "what": .string(change.what), "old": .optional(change.old, Self.json),
            "new": .optional(change.new, Self.json),
            "within_interval": .optional(change.isWithinInterval, JSONValue.bool),
          ])
        }),
    ])
  }

  private func placeName(_ place: ProductionPolicyDifference.Place) -> String {
    if case .workload = place { "workload" } else { title(place) }
  }

  private func workload(_ place: ProductionPolicyDifference.Place) -> JSONValue {
    if case .workload(let name) = place { .string(name) } else { .null }
  }

  private static func json(_ value: ProductionPolicyDifference.Value) -> JSONValue {
    switch value {
    case .text(let text): .string(text)
    case .number(let number): .number(number)
    }
  }
}
