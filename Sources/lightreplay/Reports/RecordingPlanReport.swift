import Recording
import Reporting
import RoutingCore

/// A plan as people read it.
struct RecordingPlanReport {
  let plan: RecordingPlan
  let prices: PriceBook?

  /// In one line, before a recording begins.
  var line: String {
    let calls = plan.entries.reduce((0, 0)) { ($0.0 + $1.calls.lowerBound, $0.1 + $1.calls.upperBound) }
    return
      "\(plan.queries) queries, \(plan.recorded) calls recorded, \(Self.range(calls.0...max(calls.0, calls.1))) to make"
  }

  var table: String {
    var table = TextTable([
      ("call", .left), ("by", .left), ("calls", .right), ("input tokens", .right), ("output tokens", .right),
      ("dollars", .right),
    ])
    for entry in plan.entries {
      table.append([
        "\(entry.role)", TextTable.clipped(entry.model, to: 30), Self.range(entry.calls),
        Self.range(entry.inputTokens), Self.range(entry.outputTokens), dollars(entry) ?? "",
      ])
    }
    let total = plan.entries.compactMap(cost).reduce((0, 0)) { ($0.0 + $1.lowerBound, $0.1 + $1.upperBound) }
    var text = "\(line)\n\n\(table.text)\n"
    if prices != nil { text += "dollars: at most about \(Self.dollars(total.1))\n" }
    let widths = [0.1, 0.2, 0.4].map { share in
      "±\(NumberText.fixed(RecordingPlan.halfWidth(queries: plan.queries, disagreeing: share), places: 3)) where \(Int(share * 100)) %"
    }
    return text + """
      output tokens are the mean of what is recorded so far, else the limit; input tokens are bytes / 4
      with \(plan.queries) queries a difference of two policies' scores will be known to \(widths.joined(separator: ", ")) \
      of the queries are answered rightly by only one of them

      """
  }

  private func cost(_ entry: RecordingPlan.Entry) -> ClosedRange<Int128>? {
    guard let price = prices?.prices[entry.model] else { return nil }
    func cost(_ input: Int64, _ output: Int64) -> Int128 {
      Int128(price.input) * Int128(input) + Int128(price.output) * Int128(output)
    }
    return cost(
      entry.inputTokens.lowerBound, entry.outputTokens.lowerBound)...cost(
        entry.inputTokens.upperBound, entry.outputTokens.upperBound)
  }

  private func dollars(_ entry: RecordingPlan.Entry) -> String? {
    cost(entry).map { Self.dollars($0.upperBound) }
  }

  static func dollars(_ picodollars: Int128) -> String {
    NumberText.cost(Double(picodollars) / CostUnit.usd.scale, unit: .usd)
  }

  private static func range(_ range: ClosedRange<some BinaryInteger>) -> String {
    let low = NumberText.count(Int(range.lowerBound))
    return range.lowerBound == range.upperBound ? low : "\(low)–\(NumberText.count(Int(range.upperBound)))"
  }
}
