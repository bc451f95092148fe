extension Policy: CustomStringConvertible {
  /// The canonical id used in every output; `Policy(id:)` reads it back.
  package var description: String {
    switch self {
    case .scheme(let scheme): scheme.description
    case .single(let model): "single:\(model)"
    case .moa: "moa"
    case .blender: "blender"
    case .oracle: "oracle"
    }
  }
}

extension SchemePolicy: CustomStringConvertible {
  package var description: String {
    var id = "k=\(k),boot=\(boot),layers=\(layers),selector=\(selector),aggregator=\(aggregator)"
    if schedule != .completion { id += ",schedule=\(schedule.rawValue)" }
    if continuation != .reprompt { id += ",continuation=\(continuation.rawValue)" }
    return id
  }
}

extension Policy {
  /// Reads a policy id. `moa` and `blender` name no tool and get the ones given.
  package init(
    id: String, aggregator: String = AggregatorRegistry.usual, selector: String = SelectorRegistry.usual
  ) throws(PolicyError) {
    switch id {
    case "oracle": self = .oracle
    case "moa": self = .moa(aggregator: aggregator)
    case "blender": self = .blender(selector: selector)
    default:
      // By bytes: a name may begin with a combining mark.
      if id.utf8.starts(with: "single:".utf8) {
        self = .single(String(Substring(id.utf8.dropFirst("single:".utf8.count))))
      } else {
        self = .scheme(try SchemePolicy(id: id))
      }
    }
  }
}

extension SchemePolicy {
  private static let keys = ["k", "boot", "layers", "selector", "aggregator", "schedule", "continuation"]

  /// Reads `k=2,boot=200,layers=2,selector=…,aggregator=…[,schedule=…][,continuation=…]`.
  package init(id: String) throws(PolicyError) {
    var fields: [String: String] = [:]
    for part in Self.parts(of: id) {
      guard let mark = part.firstIndex(of: "=") else {
        throw .malformed(id: id, part: part, expected: "key=value")
      }
      let key = String(part[..<mark])
      guard Self.keys.contains(key) else {
        throw .malformed(id: id, part: part, expected: "one of the keys \(Self.keys.joined(separator: ", "))")
      }
      guard fields.updateValue(String(part[part.index(after: mark)...]), forKey: key) == nil else {
        throw .malformed(id: id, part: part, expected: "each key once")
      }
    }
    func field<Value>(_ key: String, _ expected: String, _ parse: (String) -> Value?) throws(PolicyError)
      -> Value
    {
      guard let text = fields[key] else { throw .malformed(id: id, part: key, expected: "\(key)=…") }
      guard let value = parse(text) else {
        throw .malformed(id: id, part: "\(key)=\(text)", expected: expected)
      }
      return value
    }
    fields.merge(["schedule": "completion", "continuation": "reprompt"]) { given, _ in given }
    let k = try field("k", KSchedule.usage) { $0 }
    self.init(
      k: try Self.schedule(k, of: id),
      boot: try field("boot", "none, full or a count of tokens ≥ 1") { BootBudget($0) },
      layers: try field("layers", "a count from 1 to \(Self.mostLayers)") {
        Int($0).flatMap { (1...Self.mostLayers).contains($0) ? $0 : nil }
      },
      schedule: try field("schedule", "completion or progressive") { LayerSchedule(rawValue: $0) },
      selector: try SelectorRegistry.canonicalID(try field("selector", "a selector") { $0 }),
      aggregator: try AggregatorRegistry.canonicalID(try field("aggregator", "an aggregator") { $0 }),
      continuation: try field("continuation", "reprompt, cached, stream or restart") {
        Continuation(rawValue: $0)
      })
    try checkShape()
  }

  private static func schedule(_ text: String, of id: String) throws(PolicyError) -> KSchedule {
    do throws(KScheduleError) {
      return try KSchedule(parsing: text)
    } catch {
      throw .malformed(id: id, part: "k=\(text)", expected: error.expected)
    }
  }

  /// Throws when the parts do not go together.
  package func checkShape() throws(PolicyError) {
    let booted = SelectorRegistry.needsPrefixes(selector)
    if booted, boot == .none {
      throw .malformed(
        id: description, part: "boot=none", expected: "a boot budget: \(selector) ranks prefixes")
    }
    if !booted, boot != .none {
      throw .malformed(
        id: description, part: "boot=\(boot)",
        expected: "boot=none: \(selector) starts only the chosen candidates")
    }
    if !booted, layers < 2 || schedule == .progressive {
      throw .malformed(
        id: description, part: "layers=\(layers)",
        expected: "layers ≥ 2 and the completion schedule: \(selector) has no prefixes to merge")
    }
    if k.values.count > max(1, layers - 1) {
      throw .malformed(
        id: description, part: "k=\(k)", expected: "at most one k per layer from the second on")
    }
    if let missing = k.stop?.signal.missing(in: selector) {
      throw .malformed(id: description, part: "k=\(k)", expected: missing)
    }
  }

  /// Splits at commas that are followed by a known key, since names may contain commas.
  private static func parts(of id: String) -> [String] {
    var parts: [String] = []
    for piece in id.split(separator: ",", omittingEmptySubsequences: false) {
      let startsField = keys.contains { piece.hasPrefix("\($0)=") }
      if startsField || parts.isEmpty {
        parts.append(String(piece))
      } else {
        parts[parts.count - 1] += "," + piece
      }
    }
    return parts
  }
}
