/// Price books that come with the program, by name.
package enum BuiltInPriceBooks {
  package static let texts = ["paper-2505.16221": paper]

  /// For messages, in order.
  package static var names: String { texts.keys.sorted().joined(separator: ", ") }

  /// Table 2 of Zhang et al. 2025 (arXiv 2505.16221): one number for input and output.
  private static let paper = """
    date: 2025-05-22
    source: arXiv 2505.16221, Table 2
    prices:
      Llama-3.1-70B-Instruct: 0.88
      qwen2.5-max: 1.32
      qwen-2.5-Math-72B: 1.65
      Mixtral-8x22B Instruct v0.1: 0.80
      deepseek-v3: 1.10
      deepseek-R1: 2.20
      OpenAI o3-mini: 4.40
      GPT-4 Turbo (04/09): 30

    """
}
