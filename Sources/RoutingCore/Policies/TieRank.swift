/// The order in which ties fall: smaller k, boot budget, layers, then id (Scheme.md, "Objective").
package struct TieRank: Comparable {
  private let k: KSchedule
  private let cut: Int32
  private let layers: Int
  private let id: ExactString

  package init(_ policy: Policy) {
    id = ExactString(policy.description)
    switch policy {
    case .scheme(let scheme):
      k = scheme.k
      cut = scheme.boot.cut
      layers = scheme.layers
    case .single, .oracle: (k, cut, layers) = (KSchedule(constant: 1), .max, 1)
    case .blender: (k, cut, layers) = (KSchedule(constant: 1), .max, 2)
    case .moa: (k, cut, layers) = (KSchedule(constant: .max), .max, 2)
    }
  }

  package static func < (left: TieRank, right: TieRank) -> Bool {
    if left.k != right.k { return left.k < right.k }
    if left.cut != right.cut { return left.cut < right.cut }
    if left.layers != right.layers { return left.layers < right.layers }
    return left.id < right.id
  }
}
