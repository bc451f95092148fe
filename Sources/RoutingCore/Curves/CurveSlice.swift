/// The policies that differ in one thing only.
package struct CurveSlice: Sendable, Equatable {
  package let axis: CurveAxis
  /// What they share, as in their ids: `k=2,layers=2,selector=consensus,aggregator=vote`.
  package let name: String
  /// By x ascending.
  package let members: [Member]

  /// A policy at its place on the axis.
  package struct Member: Sendable, Equatable {
    /// `nil` where there is no number: a boot of `full`.
    package let x: Double?
    /// Position in the evidence's list of kept policies.
    package let position: Int
  }
}

extension CurveSlice {
  /// The slices of the kept policies of `evidence` along `axis` that have at least two places, in the order
  /// in which their first policies stand in the grid.
  package static func slices(of evidence: Evidence, along axis: CurveAxis) -> [CurveSlice] {
    var order: [String] = []
    var members: [String: [Member]] = [:]
    let schemes = evidence.kept.indices.compactMap { position -> (Int, SchemePolicy)? in
      if case .scheme(let scheme) = evidence.policy(position) { (position, scheme) } else { nil }
    }
    // One and two layers have one schedule, and belong to the curves of both.
    let schedules = LayerSchedule.allCases.filter { schedule in
      schemes.contains { $0.1.schedule == schedule && $0.1.layers > 2 }
    }
    for (position, scheme) in schemes {
      let x: Double?
      switch place(of: scheme, on: axis) {
      case .at(let place): x = place
      case .beyond: x = nil
      case .nowhere: continue
      }
      let isShared = axis == .layers && scheme.layers <= 2 && !schedules.isEmpty
      for schedule in isShared ? schedules : [scheme.schedule] {
        let name = name(of: scheme, without: axis, schedule: schedule)
        if members[name] == nil { order.append(name) }
        members[name, default: []].append(Member(x: x, position: position))
      }
    }
    return order.compactMap { name in
      guard let found = members[name], found.count > 1 else { return nil }
      let sorted = found.sorted { ($0.x ?? .infinity, $0.position) < ($1.x ?? .infinity, $1.position) }
      return CurveSlice(axis: axis, name: name, members: sorted)
    }
  }

  /// The slice that holds a policy.
  package static func slice(with policy: Policy, of evidence: Evidence, along axis: CurveAxis) -> CurveSlice?
  {
    slices(of: evidence, along: axis).first { slice in
      slice.members.contains { evidence.policy($0.position) == policy }
    }
  }

  private enum Place {
    case at(Double)
    case beyond
    case nowhere
  }

  private static func place(of scheme: SchemePolicy, on axis: CurveAxis) -> Place {
    switch axis {
    case .k: scheme.k.constant.map { .at(Double($0)) } ?? .nowhere
    case .layers: .at(Double(scheme.layers))
    case .boot:
      switch scheme.boot {
      case .none: .nowhere
      case .full: .beyond
      case .tokens(let count): .at(Double(count))
      }
    }
  }

  private static func name(of scheme: SchemePolicy, without axis: CurveAxis, schedule: LayerSchedule)
    -> String
  {
    var parts: [String] = []
    if axis != .k { parts.append("k=\(scheme.k)") }
    if axis != .boot { parts.append("boot=\(scheme.boot)") }
    if axis != .layers { parts.append("layers=\(scheme.layers)") }
    parts += ["selector=\(scheme.selector)", "aggregator=\(scheme.aggregator)"]
    if schedule != .completion { parts.append("schedule=\(schedule.rawValue)") }
    if scheme.continuation != .reprompt { parts.append("continuation=\(scheme.continuation.rawValue)") }
    return parts.joined(separator: ",")
  }
}
