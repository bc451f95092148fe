import Foundation
import Testing
import TraceStore

@Suite struct QueryAlignmentTests {
  private func importing(_ rows: [String], allowsDifferentPrompts: Bool = false) throws -> (
    folder: TemporaryFolder, result: TraceImport.Result
  ) {
    let folder = try TemporaryFolder()
    try folder.write(["query,workload,prompt,model,text,score,reference"] + rows, to: "rows.csv")
    var options = ImportOptions()
    options.allowsDifferentPrompts = allowsDifferentPrompts
    return (folder, try folder.importing("table", ["rows.csv"], options: options))
  }

  @Test("Without a shared id, models are lined up by their prompts, whatever the spaces")
  func byPrompt() throws {
    let (folder, result) = try importing([
      "a1,w,What  is it? ,lark,x,1,", "a2,w,Who?,lark,x,1,", "b1,w,Who?,stork,y,1,",
      "b2,w,\" What is\nit?\",stork,y,0,",
    ])
    #expect(result.queries == 2)
    #expect(try folder.response("a1", "stork")["score"] as? Int == 0)
    #expect(try folder.response("a2", "stork")["score"] as? Int == 1)
  }

  @Test("Without ids at all, queries are named by their prompts")
  func withoutIDs() throws {
    let (folder, result) = try importing([",w,What?,lark,x,1,", ",w,What?,stork,x,1,", ",w,Who?,stork,x,1,"])
    #expect(result.queries == 2)
    #expect(try folder.queries().keys.allSatisfy { $0.hasPrefix("w/") && $0.count == 14 })
  }

  @Test("Equal prompts that ids tell apart are paired in order")
  func repeatedPrompts() throws {
    let (folder, result) = try importing([
      "a1,w,Roll,lark,x,1,", "a2,w,Roll,lark,x,0,", "a3,w,Roll,lark,x,0,", "b1,w,Roll,stork,y,0,",
      "b2,w,Roll,stork,y,1,", "b3,w,Roll,stork,y,0.5,",
    ])
    #expect(result.queries == 3)
    #expect(try folder.response("a1", "stork")["score"] as? Int == 0)
    #expect(try folder.response("a2", "stork")["score"] as? Int == 1)
    #expect(try folder.response("a3", "stork")["score"] as? Double == 0.5)
  }

  @Test("Models with other queries are kept and reported with counts and examples")
  func differingSets() throws {
    let (folder, result) = try importing([
      "q1,w,A,lark,x,1,", "q2,w,B,lark,x,1,", "q3,w,C,lark,x,1,", "q1,w,A,stork,x,1,",
    ])
    #expect(result.queries == 3)
    #expect(result.remarks.contains("w: stork has 1 of 3 queries; without e.g. 'q2', 'q3'"))
    #expect(try folder.response("q2", "lark")["score"] as? Int == 1)
  }

  @Test("An id that two workloads use gets the workload in front")
  func prefixed() throws {
    let (folder, _) = try importing(["1,v,A,lark,x,1,", "1,w,B,lark,x,0,"])
    #expect(try folder.queries().keys.sorted() == ["v/1", "w/1"])
  }

  @Test("Prompts that disagree name both models and both places, unless they are allowed")
  func disagreement() throws {
    let rows = ["q1,w,Old words,lark,x,1,", "q1,w,New words,stork,x,1,"]
    let failure = try #require(throws: ImportFailure.self) { try importing(rows) }
    let text = failure.description
    for part in [
      "rows.csv:3", "rows.csv:2", "'lark'", "'stork'", "'q1'", "prompt", "--allow-different-prompts",
    ] {
      #expect(text.contains(part), "\(text)")
    }
    #expect(!text.contains("words"))
    let (folder, _) = try importing(rows, allowsDifferentPrompts: true)
    #expect(try folder.queries()["q1"]?["prompt"] as? String == "Old words")
  }

  @Test("References that disagree are refused too")
  func references() throws {
    let failure = try #require(throws: ImportFailure.self) {
      try importing(["q1,w,A,lark,x,1,4", "q1,w,A,stork,x,1,5"])
    }
    #expect(failure.description.contains("reference"))
  }

  @Test("Into an existing trace that declares the models, a part of them may be added")
  func appended() throws {
    let (folder, _) = try importing(["q1,w,A,lark,x,1,", "q1,w,A,stork,x,1,"])
    try folder.write(["query,workload,model,text,score", "q2,w,stork,x,1"], to: "more.csv")
    #expect(try folder.importing("table", ["more.csv"]).queries == 1)
    try folder.write(["query,workload,model,text,score", "q3,w,heron,x,1"], to: "other.csv")
    let failure = try #require(throws: ImportFailure.self) { try folder.importing("table", ["other.csv"]) }
    #expect(failure.description.contains("but the trace has ['lark', 'stork']"))
  }
}
