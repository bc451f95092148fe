/// Every family by name. A new one is a file in this folder and a line here.
package enum FamilyRegistry {
  static let families: [any CurveFamily] = [
    ConstantFamily(),
    LinearFamily(),
    LogarithmicFamily(),
    SaturatingExponentialFamily(),
    PowerFamily(),
    HyperbolicFamily(),
    LogisticFamily(),
    RiseAndFallFamily(),
  ]

  package static var names: [String] { families.map(\.name) }

  static func family(_ name: String) throws(FitError) -> any CurveFamily {
    guard let family = families.first(where: { $0.name == name }) else {
      throw .unknownFamily(name: name, known: names)
    }
    return family
  }
}
