/// What a sweep is asked to do, apart from the policies.
package struct SweepSettings: Sendable {
  package var costUnit: CostUnit = .usd
  package var accounting: Accounting = .billed
  package var continuation: Continuation = .reprompt
  package var lambdas: [Lambda] = []
  package var seed: UInt64 = 1
  package var replicates = 2000
  package var minCoverage: CoverageShare = .standard
  package var excludesFailures = false
  package var threads = 1

  package init() {}
}
