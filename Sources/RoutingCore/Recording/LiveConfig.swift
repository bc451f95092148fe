/// Where models are called, who plays which part, and what is to be recorded: a `record` file, checked.
package struct LiveConfig: Sendable, Equatable {
  /// The trace's name.
  package var name: String
  package var endpoints: [EndpointConfig]
  package var models: [LiveModel]
  /// Names of the candidates, in the order that ties fall to.
  package var pool: [String]
  package var selectors: [LiveTool]
  package var aggregators: [LiveTool]
  /// Models that `grade --grader judge` asks.
  package var judges: [LiveJudge] = []
  /// The prompt by which a candidate writes again at layers ≥ 3.
  package var refinementPrompt: PromptTemplate
  /// Files of queries: JSON Lines, or traces.
  package var prompts: [String]
  package var grids: [RecordingGrid]
  /// Of the orders in which candidates are shown, and of samples.
  package var seed: UInt64

  package init(
    name: String, endpoints: [EndpointConfig], models: [LiveModel], pool: [String],
    selectors: [LiveTool] = [],
    aggregators: [LiveTool] = [], refinementPrompt: PromptTemplate = DefaultPrompts.refinement,
    prompts: [String] = [], grids: [RecordingGrid] = [], seed: UInt64 = 1
  ) {
    self.name = name
    self.endpoints = endpoints
    self.models = models
    self.pool = pool
    self.selectors = selectors
    self.aggregators = aggregators
    self.refinementPrompt = refinementPrompt
    self.prompts = prompts
    self.grids = grids
    self.seed = seed
  }
}

/// An OpenAI-compatible server.
package struct EndpointConfig: Sendable, Equatable {
  package static let usualConcurrency = 4
  package static let usualTimeoutSeconds = 600
  package static let usualRetries = 8

  package var name: String
  /// Up to and including the version, e.g. `https://api.example.com/v1`.
  package var url: String
  /// The environment variable that holds the key; the key itself is never in a file.
  package var keyVariable: String?
  /// What the server calls the limit of output tokens.
  package var maxTokensParameter = "max_tokens"
  package var continuation = PrefixContinuation.none
  /// Requests in flight at most.
  package var concurrency = usualConcurrency
  package var requestsPerMinute: Int?
  package var tokensPerMinute: Int?
  /// Without a byte for so long, a call has failed.
  package var timeoutSeconds = usualTimeoutSeconds
  /// Attempts after the first.
  package var retries = usualRetries
  /// An object whose entries go into every request.
  package var extra: RawJSON?

  package init(name: String, url: String) {
    self.name = name
    self.url = url
  }
}

/// How a server continues a text that was begun.
package enum PrefixContinuation: String, Sendable, CaseIterable {
  /// It cannot: a chosen candidate starts again.
  case none
  /// `"prefix": true` on the last message (DeepSeek, Mistral).
  case prefix
  /// `"continue_final_message": true` (vLLM, SGLang).
  case continueFinalMessage = "continue_final_message"
  /// A last message by the assistant is continued (llama.cpp).
  case prefill
}

/// A model with its settings; one model under two system prompts is two.
package struct LiveModel: Sendable, Equatable {
  package var name: String
  package var endpoint: String
  /// What the endpoint calls it.
  package var remoteName: String
  package var system: String?
  package var skills: [String] = []
  /// Output tokens at most.
  package var maxTokens: Int32 = 1024
  /// Decimal text, e.g. `0.7`; `nil` leaves it to the server.
  package var temperature: String? = "0"
  package var topP: String?
  /// Of sample 0; sample s uses seed + s. `nil` sends none.
  package var seed: Int64?
  package var stream = true
  /// Ask for token bytes, by which texts are cut exactly.
  package var logprobs = false
  package var extra: RawJSON?

  package init(name: String, endpoint: String, remoteName: String) {
    self.name = name
    self.endpoint = endpoint
    self.remoteName = remoteName
  }
}

/// A selector or aggregator: a model with a prompt.
package struct LiveTool: Sendable, Equatable {
  package var name: String
  package var model: String
  package var prompt: PromptTemplate
  /// Overrides the model's.
  package var maxTokens: Int32?
  package var extra: RawJSON?

  package init(name: String, model: String, prompt: PromptTemplate) {
    self.name = name
    self.model = model
    self.prompt = prompt
  }
}

/// A model that scores texts.
package struct LiveJudge: Sendable, Equatable {
  package var tool: LiveTool
  package var scale: JudgeScale

  package init(tool: LiveTool, scale: JudgeScale = .standard) {
    self.tool = tool
    self.scale = scale
  }
}

/// The policies whose calls are recorded for some workloads.
package struct RecordingGrid: Sendable, Equatable {
  /// `nil` = all.
  package var workloads: [String]?
  package var k: [KSchedule]
  package var boots: [BootBudget]
  package var layers: [Int]
  package var schedules: [LayerSchedule] = [.completion]
  /// Names of recorded selectors.
  package var selectors: [String]
  package var aggregators: [String]
  /// Answers per candidate.
  package var samples: Int32 = 1
  /// Sets of these sizes are merged whether or not a ranking reaches them.
  package var everySetOf: [Int] = []

  package init(
    k: [KSchedule], boots: [BootBudget], layers: [Int], selectors: [String], aggregators: [String]
  ) {
    self.k = k
    self.boots = boots
    self.layers = layers
    self.selectors = selectors
    self.aggregators = aggregators
  }
}

extension LiveConfig {
  /// The header of a trace recorded by this configuration.
  package var header: TraceHeader {
    TraceHeader(
      name: name,
      models: models.map { model in
        let endpoint = endpoints.first { $0.name == model.endpoint }
        return ModelDeclaration(
          name: model.name, skills: model.skills,
          continuation: endpoint?.continuation == PrefixContinuation.none ? DeclaredContinuation.none : nil)
      },
      pool: pool, selectors: selectors.map(\.declaration), aggregators: aggregators.map(\.declaration))
  }

  package func model(named name: String) -> LiveModel? { models.first { $0.name == name } }

  /// The grids that apply to a workload.
  package func grids(for workload: String) -> [RecordingGrid] {
    grids.filter { $0.workloads?.contains(workload) ?? true }
  }
}

extension LiveTool {
  var declaration: ToolDeclaration { ToolDeclaration(name: name, model: model, prompt: prompt.text) }
}

extension RecordingGrid {
  /// Every policy of the grid, in canonical order; shapes that make no sense are left out.
  package var policies: [SchemePolicy] {
    var found: Set<SchemePolicy> = []
    for selector in selectors {
      for aggregator in aggregators {
        for (k, boot) in k.flatMap({ k in boots.map { (k, $0) } }) {
          for (depth, schedule) in layers.flatMap({ depth in schedules.map { (depth, $0) } }) {
            let policy = SchemePolicy(
              k: k, boot: boot, layers: depth, schedule: schedule, selector: ToolID.recorded(selector),
              aggregator: ToolID.recorded(aggregator))
            if (try? policy.checkShape()) != nil { found.insert(policy) }
          }
        }
      }
    }
    return found.sorted()
  }
}
