import RoutingCore
import Testing

@Suite("Prompt templates")
struct PromptTemplateTests {
  @Test("Places are filled once; what is filled in is left alone")
  func filling() {
    let template = PromptTemplate("Q: {query} {x} {answers} {query}")
    #expect(
      template.filled([.query: "{answers} {", .answers: "{query}"])
        == "Q: {answers} { {x} {query} {answers} {")
  }

  @Test("The default prompts have the places they need")
  func defaults() {
    #expect(DefaultPrompts.selector.places == [.query, .answers, .names])
    #expect(DefaultPrompts.aggregator.places == [.query, .answers])
    #expect(DefaultPrompts.refinement.places == [.query, .merge])
  }
}
