import RoutingCore

extension ColumnMap {
  /// The known tables.
  package static let presets = [routerBench, llmRouterBench, routerArena, helicone, langfuse]

  /// - Throws: `ColumnMapError.unknownPreset`.
  package init(preset name: String) throws(ColumnMapError) {
    guard let preset = Self.presets.first(where: { $0.name == name }) else {
      throw .unknownPreset(name, suggestion: NearMiss.suggestion(for: name, among: Self.presets.map(\.name)))
    }
    self = preset
  }

  /// Our own names, for tables that use them.
  static let plain = ColumnMap(
    "the fields' own names",
    Dictionary(uniqueKeysWithValues: TableField.allCases.map { ($0, [$0.rawValue]) })
      .merging([.cost: ["cost", "cost_usd"]]) { $1 })

  /// One row a query; column `M` is a model's score.
  static let routerBench = ColumnMap(
    "routerbench",
    [
      .query: ["sample_id"], .workload: ["eval_name"], .prompt: ["prompt"], .text: ["*|model_response"],
      .cost: ["*|total_cost"], .score: ["*"],
    ])

  /// One file a model, dataset and run, with `records`.
  static let llmRouterBench = ColumnMap(
    "llmrouterbench",
    [
      .query: ["index"], .prompt: ["prompt", "origin_query"], .reference: ["ground_truth"],
      .text: ["raw_output", "prediction"], .answer: ["prediction"], .score: ["score"],
      .inputTokens: ["prompt_tokens"], .outputTokens: ["completion_tokens"], .cost: ["cost"],
    ], hasModelInPath: true)

  /// One file a model.
  static let routerArena = ColumnMap(
    "routerarena",
    [
      .query: ["global_index"], .prompt: ["question"], .model: ["llm_selected"], .text: ["generated_answer"],
      .reference: ["evaluation_result.ground_truth"], .answer: ["evaluation_result.extracted_answer"],
      .score: ["evaluation_result.score"], .cost: ["evaluation_result.inference_cost"],
      .inputTokens: ["token_usage.input_tokens"], .outputTokens: ["token_usage.output_tokens"],
      .error: ["error"],
    ], hasWorkloadInQuery: true)

  /// Exported requests; queries are told by their prompts.
  static let helicone = ColumnMap(
    "helicone",
    [
      .prompt: ["request_body.messages", "request_body.input", "request_body.prompt"],
      .model: ["request_model", "response_model", "model"],
      .text: ["response_body.choices[0].message.content", "response_body.choices[0].text"],
      .finishReason: ["response_body.choices[0].finish_reason"],
      .inputTokens: ["prompt_tokens"], .cachedInputTokens: ["prompt_cache_read_tokens"],
      .outputTokens: ["completion_tokens"], .cost: ["cost", "cost_usd"],
      .firstTokenMilliseconds: ["time_to_first_token"], .durationMilliseconds: ["delay_ms", "latency"],
    ])

  /// Exported observations, in the names of the interface and of the blob export; queries are told by their prompts.
  static let langfuse = ColumnMap(
    "langfuse",
    [
      .prompt: ["input.messages", "input"], .model: ["model", "provided_model_name", "providedModelName"],
      .text: ["output.content", "output"],
      .inputTokens: ["usageDetails.input", "usage_details.input"],
      .cachedInputTokens: ["usageDetails.input_cached_tokens", "usage_details.input_cached_tokens"],
      .outputTokens: ["usageDetails.output", "usage_details.output"],
      .cost: ["totalPrice", "costDetails.total", "cost_details.total", "totalCost", "total_cost"],
      .firstTokenSeconds: ["timeToFirstToken", "time_to_first_token"], .durationSeconds: ["latency"],
    ], only: ("type", "GENERATION"), hasCachedApart: true)

  private init(
    _ name: String, _ columns: [TableField: [String]], only: (column: String, value: String)? = nil,
    hasWorkloadInQuery: Bool = false, hasModelInPath: Bool = false, hasCachedApart: Bool = false
  ) {
    self.init()
    self.name = name
    self.columns = columns
    self.only = only
    self.hasWorkloadInQuery = hasWorkloadInQuery
    self.hasModelInPath = hasModelInPath
    self.hasCachedApart = hasCachedApart
  }

  /// The preset that columns look like, or our own names.
  static func recognised(_ columns: Set<String>) -> ColumnMap? {
    func has(_ names: String...) -> Bool { columns.isSuperset(of: names) }
    if columns.contains(where: { $0.hasSuffix("|model_response") }) { return routerBench }
    if has("origin_query", "ground_truth") { return llmRouterBench }
    if has("global_index", "llm_selected") { return routerArena }
    if has("request_body", "response_body") { return helicone }
    if has("input", "output"), has("usageDetails") || has("usage_details") { return langfuse }
    if has("model"), has("text") || has("score") { return plain }
    return nil
  }
}
