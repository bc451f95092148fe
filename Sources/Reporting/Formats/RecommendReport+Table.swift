import RoutingCore

extension RecommendReport {
  /// For people: what to run, what it scores and costs, what it saves, how sure that is.
  package var table: String {
    "wanted: \(rule.sentence(unit: settings.costUnit))\n\n"
      + (workloads.map(text) + unmet.map { "\($0)\n" }).joined(separator: "\n")
      + (fleet.map { "\n" + text($0) } ?? "")
  }

  private func text(_ result: Recommendation) -> String {
    let chosen = result.recommended
    var lines =
      [
        "\(result.workload): \(queries(result))",
        "  run       \(chosen.policy)",
      ] + prior(chosen) + AdaptiveWords.lines(chosen) + [
        "  score     \(score(chosen.score))  held out \(score(result.heldOut.score))",
        "  cost      \(cost(chosen.cost))  held out \(money(result.heldOut.cost.mean))",
      ]
    if let latency = chosen.latency {
      lines.append(
        "  latency   p50 \(NumberText.significant(latency.p50)) s, p95 \(NumberText.significant(latency.p95)) s"
      )
    }
    lines += mixture(result) + comparisons(result)
    if let adaptive = result.adaptive { lines += AdaptiveWords.lines(adaptive, unit: settings.costUnit) }
    lines += certainty(result) + regimes(result)
    lines += result.warnings.map { "  warning   \($0.text)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whom `prior` starts, best first.
  private func prior(_ chosen: ChosenPolicy) -> [String] {
    guard case .scheme(let scheme) = chosen.policy, SelectorRegistry.learnsFromOtherQueries(scheme.selector),
      case .scheme(let frozen)? = chosen.frozen
    else { return [] }
    let order = frozen.selector.dropFirst("static:".count).split(separator: ">").prefix(scheme.k.first)
    return ["  prior     \(order.joined(separator: ", "))"]
  }

  private func queries(_ result: Recommendation) -> String {
    let compared = NumberText.count(result.comparedRows)
    return result.comparedRows == result.rows
      ? "\(compared) queries" : "\(compared) of \(NumberText.count(result.rows)) queries compared"
  }

  private func score(_ estimate: Estimate) -> String {
    "\(NumberText.fixed(estimate.mean, places: 4)) (\(NumberText.fixed(estimate.low, places: 4))–\(NumberText.fixed(estimate.high, places: 4)))"
  }

  private func cost(_ estimate: Estimate) -> String {
    "\(money(estimate.mean)) a query (\(money(estimate.low))–\(money(estimate.high))), \(money(estimate.mean * 1000)) a thousand"
  }

  private func money(_ value: Double) -> String { NumberText.cost(value, unit: settings.costUnit) }

  private func mixture(_ result: Recommendation) -> [String] {
    guard result.mixture.count == 2 else { return [] }
    let shares = result.mixture.map { "\(NumberText.fixed(100 * $0.share, places: 1)) % \($0.policy)" }
    return ["  mixture   spends the budget exactly: \(shares.joined(separator: " + "))"]
  }

  /// Against the best single model, MoA and LLM-Blender.
  private func comparisons(_ result: Recommendation) -> [String] {
    let singles = result.baselines.filter {
      if case .single = $0.policy { true } else { false }
    }
    let best = singles.max { ($0.score, -$0.cost) < ($1.score, -$1.cost) }
    let others = result.baselines.filter { ["moa", "blender"].contains($0.policy.description) }
    return ((best.map { [$0] } ?? []) + others).filter { $0.policy != result.recommended.policy }.map {
      other in
      if other.isTheSame { return "  against   \(other.policy): the same on every query" }
      let saved = -other.costDifference.mean
      let share = other.cost > 0 ? " (\(NumberText.fixed(100 * abs(saved) / other.cost, places: 0)) %)" : ""
      let difference = other.scoreDifference
      return """
          against   \(other.policy): \(saved >= 0 ? "saves" : "costs") \(money(abs(saved)))\
        \(saved >= 0 ? "" : " more") a query\(share), score \(signed(difference.mean)) \
        (\(signed(difference.low)) to \(signed(difference.high)))
        """
    }
  }

  private func signed(_ value: Double) -> String {
    (value >= 0 ? "+" : "") + NumberText.fixed(value, places: 4)
  }

  private func certainty(_ result: Recommendation) -> [String] {
    let chosen = result.recommended
    let ks = result.kSet.map(\.description).joined(separator: ", ")
    var lines = [
      """
        sure      picked in \(percent(chosen.winShare)) of the resamples; \
      k = \(ks) \(result.kSet.count == 1 ? "alone is" : "are") within its 95 % interval
      """
    ]
    if let met = chosen.metShare {
      lines.append("            meets the constraints in \(percent(met)) of the resamples")
    }
    if let next = result.runnerUp {
      let verdict =
        next.isSeparated
        ? "separated"
        : "not separated"
          + (next.queriesToSeparate.map { ", about \(NumberText.count($0)) queries would" } ?? "")
      lines.append("  next      \(next.policy) (\(verdict))")
    }
    if let curve = curves[result.workload]?.fittedKText { lines.append("  curve     \(curve)") }
    return lines
  }

  private func percent(_ share: Double) -> String { NumberText.fixed(100 * share, places: 0) + " %" }

  private func regimes(_ result: Recommendation) -> [String] {
    guard result.regimes.count > 1 else { return [] }
    return ["  by λ (score per \(settings.costUnit.rawValue))"]
      + result.regimes.map { regime in
        let high = regime.lambdaHigh.map { NumberText.significant($0) } ?? "∞"
        return """
              \(NumberText.significant(regime.lambdaLow)) … \(high): \(regime.policy) \
          \(NumberText.fixed(regime.score, places: 4)) at \(money(regime.cost))
          """
      }
  }

  private func text(_ report: FleetReport) -> String {
    let fleet = report.fleet
    var lines = [
      "fleet within \(money(report.budget)) a query",
      "  one λ     \(NumberText.significant(fleet.lambda)): score \(NumberText.fixed(fleet.score, places: 4)) at \(money(fleet.cost))",
    ]
    if let uniform = fleet.uniform {
      lines.append(
        "  against   \(uniform.policy) for all: score \(NumberText.fixed(uniform.score, places: 4)) at \(money(uniform.cost))"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
