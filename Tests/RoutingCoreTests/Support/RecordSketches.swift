import RoutingCore

/// Terse ways to write recorded calls down. Times are seconds, scores millionths.

func response(
  _ model: String, in input: Int32? = nil, cached: Int32? = nil, out: Int32? = nil, ttft: Double? = nil,
  took: Double? = nil, answer: String? = nil, score: Int? = nil, text: String? = nil, sample: Int32 = 0,
  prefixes: [PrefixGrade] = []
) -> CallRecord {
  var call = CallRecord(role: .response)
  call.model = model
  call.sample = sample
  call.inputTokens = input
  call.cachedInputTokens = cached
  call.outputTokens = out
  call.timeToFirstToken = ttft.map(seconds)
  call.duration = took.map(seconds)
  call.answer = answer
  call.score = score.map(millionths)
  call.text = text
  call.prefixes = prefixes
  return call
}

func prefix(_ boot: BootBudget, answer: String? = nil, score: Int? = nil) -> PrefixGrade {
  PrefixGrade(bootBudget: boot, answer: answer, score: score.map(millionths))
}

/// `order` is written best first, separated by blanks; the members are the same candidates.
func ranking(
  _ order: String, boot: BootBudget, layer: Int32? = 1, by selector: String = "judge", in input: Int32? = nil,
  out: Int32? = nil, took: Double? = nil
) -> CallRecord {
  var call = CallRecord(role: .ranking)
  call.tool = selector
  call.bootBudget = boot
  call.layer = layer
  call.members = names(order)
  call.order = .order(names(order))
  call.inputTokens = input
  call.outputTokens = out
  call.duration = took.map(seconds)
  return call
}

func merge(
  _ members: String, layer: Int32? = 2, boot: BootBudget? = nil, by aggregator: String = "judge",
  in input: Int32? = nil, out: Int32? = nil, took: Double? = nil, score: Int? = nil
) -> CallRecord {
  var call = CallRecord(role: .merge)
  call.tool = aggregator
  call.members = names(members)
  call.layer = layer
  call.bootBudget = boot
  call.inputTokens = input
  call.outputTokens = out
  call.duration = took.map(seconds)
  call.score = score.map(millionths)
  return call
}

func refinement(
  _ model: String, of members: String, layer: Int32? = 3, boot: BootBudget? = nil, in input: Int32? = nil,
  out: Int32? = nil, took: Double? = nil, answer: String? = nil, score: Int? = nil,
  by aggregator: String? = nil
) -> CallRecord {
  var call = CallRecord(role: .refinement)
  call.model = model
  call.tool = aggregator
  call.members = names(members)
  call.layer = layer
  call.bootBudget = boot
  call.inputTokens = input
  call.outputTokens = out
  call.duration = took.map(seconds)
  call.answer = answer
  call.score = score.map(millionths)
  return call
}

func query(
  _ calls: [CallRecord], name: String = "q", workload: String = "w", group: String? = nil,
  skills: [String] = [], prompt: String? = nil
) -> QueryRecord {
  var record = QueryRecord(query: name, workload: workload)
  record.group = group
  record.skills = skills
  record.prompt = prompt
  record.calls = calls
  return record
}

extension CallRecord {
  /// The same call, but it failed.
  var failed: CallRecord { with { $0.error = RawJSON(text: "\"timeout\"") } }

  /// The same call with a change.
  func with(_ change: (inout CallRecord) -> Void) -> CallRecord {
    var copy = self
    change(&copy)
    return copy
  }
}

private func names(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

private func seconds(_ value: Double) -> Microseconds {
  Microseconds(count: Int128((value * 1e6).rounded()))!
}

private func millionths(_ value: Int) -> Score { Score(millionths: Int128(value))! }
