/// The token counts of a reply, as far as they can be true.
struct ReportedUsage: Equatable {
  /// No model reads or writes more in one call; larger counts are mistakes.
  static let limit: Int64 = 100_000_000

  private(set) var input: Int32?
  private(set) var cached: Int32?
  private(set) var output: Int32?
  private(set) var reasoning: Int32?
  private(set) var isImplausible = false

  /// Reads the counts of OpenAI and, for cached input, also those of DeepSeek and of llama.cpp's `timings`.
  ///
  /// A prompt has tokens, and so has a reply with text: 0 says that nobody counted.
  init(usage: WireJSON?, timings: WireJSON?, hasText: Bool) {
    guard let usage else { return }
    input = count(usage["prompt_tokens"], in: 1...Self.limit)
    output = count(usage["completion_tokens"], in: (hasText ? 1 : 0)...Self.limit)
    let cachedCount =
      usage["prompt_tokens_details"]?["cached_tokens"] ?? usage["prompt_cache_hit_tokens"]
      ?? timings?["cache_n"]
    cached = count(cachedCount, in: 0...Int64(input ?? 0))
    reasoning = count(usage["completion_tokens_details"]?["reasoning_tokens"], in: 0...Int64(output ?? 0))
    if let total = usage["total_tokens"]?.integer, let input, let output,
      total != Int64(input) + Int64(output)
    {
      isImplausible = true
    }
  }

  private mutating func count(_ value: WireJSON?, in range: ClosedRange<Int64>) -> Int32? {
    guard let value else { return nil }
    guard let count = value.integer, range.contains(count) else {
      isImplausible = true
      return nil
    }
    return Int32(count)
  }
}
