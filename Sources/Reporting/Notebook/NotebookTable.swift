/// A table of the export: what each column holds.
struct NotebookTable {
  struct Column {
    let name: String
    let type: String
    let unit: String
    let meaning: String

    init(_ name: String, _ type: String, _ meaning: String) { self.init(name, type, "", meaning) }

    init(_ name: String, _ type: String, _ unit: String, _ meaning: String) {
      (self.name, self.type, self.unit, self.meaning) = (name, type, unit, meaning)
    }
  }

  let fileName: String
  let columns: [Column]

  static let outcomes = NotebookTable(
    fileName: "outcomes.csv",
    columns: [
      Column("workload", "text", "name"),
      Column("query", "text", "id of the query; only queries that every compared policy covers"),
      Column("sample", "integer", "sample of the recorded answers"),
      Column("policy", "integer", "joins policies.csv"),
      Column("score", "integer", "millionths", "grade of the answer, 1000000 = right"),
      Column(
        "cost", "integer", "picodollars or tokens", "what the query cost; see cost_unit in the notebook"),
      Column("latency_us", "integer", "microseconds", "empty where a time is unknown"),
      Column("failed", "boolean", "a call that was used failed"),
    ])

  static let policies = NotebookTable(
    fileName: "policies.csv",
    columns: [
      Column("workload", "text", "name"), Column("policy", "integer", "number of the policy"),
      Column("id", "text", "canonical id, as sweep and recommend write it"),
      Column("label", "text", "short name for charts"),
      Column("k", "text", "candidates that finish, or a schedule such as 4>2"),
      Column("boot_budget", "text", "tokens", "a count, full or none"), Column("layers", "integer", "l"),
      Column("schedule", "text", "of layers from the third on"), Column("selector", "text", "who ranks"),
      Column("aggregator", "text", "who merges"),
      Column("baseline", "boolean", "an ordinary comparison that is always reported"),
      Column("recommendable", "boolean", "false for bounds, which are shown and never recommended"),
      Column("tie_order", "integer", "in ties of score and cost the smaller is taken; empty for bounds"),
      Column("frontier", "boolean", "nothing recommendable scores as much for less"),
      Column("queries", "integer", "compared queries"),
      Column("covered", "integer", "queries the policy covers"),
      Column("score", "number", "0 to 1", "mean"), Column("score_se", "number", "0 to 1", "bootstrap"),
      Column("score_low", "number", "0 to 1", "95 % interval"),
      Column("score_high", "number", "0 to 1", "95 % interval"),
      Column("cost", "number", "cost units per query", "mean"),
      Column("cost_se", "number", "cost units per query", "bootstrap"),
      Column("cost_low", "number", "cost units per query", "95 % interval"),
      Column("cost_high", "number", "cost units per query", "95 % interval"),
      Column("input_tokens", "number", "tokens per query", "mean, cached input included"),
      Column("output_tokens", "number", "tokens per query", "mean"),
      Column("cost_boot", "number", "cost units per query", "stage boot"),
      Column("cost_selection", "number", "cost units per query", "stage selection"),
      Column("cost_completion", "number", "cost units per query", "stage completion"),
      Column("cost_merge", "number", "cost units per query", "stage merge"),
      Column("cost_refinement", "number", "cost units per query", "stage refinement"),
      Column("latency_mean_s", "number", "seconds", "empty where a time is unknown"),
      Column("latency_p50_s", "number", "seconds", "nearest rank"),
      Column("latency_p95_s", "number", "seconds", "nearest rank"),
      Column("latency_p99_s", "number", "seconds", "nearest rank"),
    ])

  static let regimes = NotebookTable(
    fileName: "regimes.csv",
    columns: [
      Column("workload", "text", "name"),
      Column("lambda_low", "number", "score per cost unit", "the policy holds from here on"),
      Column("lambda_high", "number", "score per cost unit", "and below this; empty = no end"),
      Column("policy", "integer", "joins policies.csv"), Column("id", "text", "canonical id"),
      Column("score", "number", "0 to 1", "mean"), Column("cost", "number", "cost units per query", "mean"),
      Column("hull_share", "number", "0 to 1", "share of resamples in which it is on the hull"),
    ])

  static let recommendations = NotebookTable(
    fileName: "recommendations.csv",
    columns: [
      Column("workload", "text", "name"), Column("policy", "integer", "joins policies.csv"),
      Column("id", "text", "the recommended policy"), Column("wanted", "text", "the rule, in words"),
      Column("lambda", "number", "score per cost unit", "in force; empty off the hull"),
      Column("win_share", "number", "0 to 1", "share of resamples in which the rule picks it"),
      Column("p_met", "number", "0 to 1", "share of resamples in which it meets the constraints"),
      Column("k_set", "text", "k not told from the recommended one"),
      Column("held_out_score", "number", "0 to 1", "on queries it was not chosen on"),
      Column("held_out_score_low", "number", "0 to 1", "95 % interval"),
      Column("held_out_score_high", "number", "0 to 1", "95 % interval"),
      Column("held_out_cost", "number", "cost units per query", "on queries it was not chosen on"),
    ])

  /// What every column of every table holds.
  static var dictionary: [[String]] {
    [["file", "column", "type", "unit", "meaning"]]
      + [outcomes, policies, regimes, recommendations].flatMap { table in
        table.columns.map { [table.fileName, $0.name, $0.type, $0.unit, $0.meaning] }
      }
  }
}
