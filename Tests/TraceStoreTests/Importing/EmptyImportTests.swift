import Foundation
import Testing
import TraceStore

@Suite struct EmptyImportTests {
  @Test(
    "Files that hold no answer make no trace, whatever their format",
    arguments: [
      (
        "lm-eval", "results_2026-01-02T03-04-05.6.json",
        #"{"results":{},"model_name":"x","lm_eval_version":"0.4.13"}"#
      ),
      ("opencompass", "results/lark/sums.json", #"{"accuracy": 50.0}"#),
    ])
  func refused(format: String, file: String, content: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(ImportFixture(format, ["in/" + file: content], inputs: ["in"]))
    let error = try #require(throws: (any Error).self) { try folder.importing(format, ["in"]) }
    #expect("\(error)".contains("expected"), "\(error)")
    #expect(folder.files == ["in"])
  }
}
