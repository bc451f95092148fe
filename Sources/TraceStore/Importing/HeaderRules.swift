import RoutingCore

/// What a header must satisfy, wherever it comes from.
enum HeaderRules {
  static func faults(in header: TraceHeader) -> [(field: String, fault: ImportFault)] {
    var faults: [(field: String, fault: ImportFault)] = []
    if header.name.isEmpty { faults.append(("name", .missing(expected: "the name of the trace"))) }
    if header.models.isEmpty {
      faults.append(("models", .unfit(found: "an empty list", expected: "at least one model")))
    }
    if header.pool.isEmpty {
      faults.append(("pool", .unfit(found: "an empty list", expected: "at least one candidate")))
    }
    let names = Set(header.models.map { ExactString($0.name) })
    for (index, name) in header.pool.enumerated() where !names.contains(ExactString(name)) {
      let suggestion = NearMiss.suggestion(for: name, among: header.models.map(\.name))
      faults.append(("pool[\(index)]", .unknownModel(name, suggestion: suggestion)))
    }
    faults += repetitions(header.models.map(\.name)) { "models[\($0)].name" }
    faults += repetitions(header.pool) { "pool[\($0)]" }
    faults += repetitions(header.selectors.map(\.name)) { "selectors[\($0)].name" }
    faults += repetitions(header.aggregators.map(\.name)) { "aggregators[\($0)].name" }
    return faults
  }

  /// Names that stand in a list twice, with both places.
  static func repetitions(
    _ names: [String], place: (Int) -> String
  ) -> [(field: String, fault: ImportFault)] {
    var first: [ExactString: Int] = [:]
    return names.enumerated().compactMap { index, name in
      if let earlier = first.updateValue(first[ExactString(name)] ?? index, forKey: ExactString(name)) {
        return (place(index), .repeated(name: name, first: place(earlier)))
      }
      return nil
    }
  }
}
