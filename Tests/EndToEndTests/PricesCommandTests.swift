import Foundation
import Testing

@Suite struct PricesCommandTests {
  private let program: Program
  private let list = #"""
    {"acme/lark": {"input_cost_per_token": 2.7e-07, "output_cost_per_token": 1.1e-06, "litellm_provider": "acme"},
     "heron": {"input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06, "litellm_provider": "acme"}}
    """#

  init() throws {
    program = try Program()
    try program.write(list, to: "list.json")
  }

  @Test(
    "From a published list to a dated book under the trace's names, the models it lacks named with what may be meant"
  )
  func imports() throws {
    defer { program.cleanUp() }
    try program.importDemo()
    let outcome = try program.run(
      "prices", "import", "litellm", "list.json", "--trace", "demo.sqlite", "--model", "stork=heron",
      "--date", "2026-11-21",
      "-o", "book.yaml")
    try #require(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.messages.contains("no price for 'lark'; perhaps --model 'lark=acme/lark'"))
    let book = String(decoding: try program.read("book.yaml"), as: UTF8.self)
    #expect(book.contains("date: \"2026-11-21\"\nsource: \"litellm, list.json\"\nsource_sha256: \""))
    #expect(book.contains("  stork: {input: 1, output: 2, source: \"heron\", provider: \"acme\"}\n"))
    #expect(book.contains("  heron: {input: 1, output: 2, provider: \"acme\"}\n"))
  }

  @Test("An unknown key is an error that suggests another, and writes nothing")
  func unknown() throws {
    defer { program.cleanUp() }
    let outcome = try program.run(
      "prices", "import", "litellm", "list.json", "--model", "x=herron", "-o", "book.yaml")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("list.json: no model 'herron'; did you mean 'heron'?"))
    #expect(!program.exists("book.yaml"))
  }

  @Test("Books, built-in books and lists are shown and compared alike")
  func showAndDiff() throws {
    defer { program.cleanUp() }
    let shown = try program.run("prices", "show", "paper-2505.16221", "--model", "R1", "--format", "csv")
    #expect(shown.output == "model,input,cached_input,output,notes\ndeepseek-R1,2.20,,2.20,\n")
    try program.write("date: 2026-12-01\nprices: {heron: {input: 1.5, output: 2}}\n", to: "new.yaml")
    let diff = try program.run("prices", "diff", "list.json", "new.yaml", "--format", "csv")
    #expect(
      diff.output == """
        model,price,before,after,percent
        heron,input,1,1.5,50
        heron,cached_input,1,1.5,50
        acme/lark,removed,,,

        """)
    let table = try program.run("prices", "diff", "list.json", "new.yaml")
    #expect(table.output.contains("list.json (no date) → new.yaml (2026-12-01)"))
    #expect(table.output.contains("+50 %"))
  }

  @Test(
    "A wrong use says what is wrong",
    arguments: [
      (["import", "litelm", "list.json"], 64, "did you mean 'litellm'?"),
      (["import", "litellm", "list.json", "--model", "=x"], 64, "expected NAME=KEY"),
      (["show", "none.yaml"], 1, "none.yaml: no such file; built-in books: paper-2505.16221"),
      (["import", "models-dev", "list.json"], 1, "expected prices as models-dev writes them"),
    ] as [([String], Int32, String)])
  func misuse(arguments: [String], status: Int32, sentence: String) throws {
    defer { program.cleanUp() }
    let outcome = try program.run(["prices"] + arguments)
    #expect(outcome.status == status)
    #expect(outcome.messages.contains(sentence), "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
  }
}
