import Reporting
import RoutingCore
import Testing

@Suite struct NotebookExportTests {
  private func texts(_ sketch: ReportSketch) async throws -> [String: String] {
    let (report, trace, evidence) = try await sketch.made()
    var texts: [String: String] = [:]
    for file in NotebookExport(report, trace: trace, evidence: evidence).files {
      try file.write { texts[file.name, default: ""] += $0 }
    }
    return texts
  }

  @Test("Tables have one cell per column, and every column is explained")
  func shape() async throws {
    let texts = try await texts(ReportSketch())
    let dictionary = try #require(texts["data_dictionary.csv"])
    for name in ["outcomes.csv", "policies.csv", "regimes.csv", "recommendations.csv"] {
      let lines = try #require(texts[name]).split(separator: "\n")
      let heading = lines[0].split(separator: ",")
      #expect(lines.count > 1, "\(name)")
      for column in heading { #expect(dictionary.contains("\n\(name),\(column),"), "\(column)") }
      if name == "outcomes.csv" {
        for line in lines {
          #expect(line.split(separator: ",", omittingEmptySubsequences: false).count == heading.count)
        }
      }
    }
  }

  @Test("The integers of the outcomes sum to the means of the policies")
  func sums() async throws {
    let (report, trace, evidence) = try await ReportSketch().made()
    let files = NotebookExport(report, trace: trace, evidence: evidence).files
    var outcomes = ""
    try #require(files.first { $0.name == "outcomes.csv" }).write { outcomes += $0 }
    var scores: [Int: (sum: Int, cost: Int, rows: Int)] = [:]
    for line in outcomes.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      let policy = try #require(Int(cells[3]))
      scores[policy, default: (0, 0, 0)].sum += try #require(Int(cells[4]))
      scores[policy, default: (0, 0, 0)].cost += try #require(Int(cells[5]))
      scores[policy, default: (0, 0, 0)].rows += 1
    }
    for (position, summary) in zip(evidence[0].kept, report.workloads[0].sweep.policies) {
      let own = try #require(scores[position])
      #expect(Double(own.sum) / Double(own.rows) / 1e6 == summary.score.mean)
      #expect(Double(own.cost) / Double(own.rows) == summary.cost.mean)
    }
  }

  @Test("No name from a trace stands in a cell of code")
  func code() async throws {
    var sketch = ReportSketch()
    sketch.models[0] = "import os"
    sketch.workloads = ["\"\"\"; boom"]
    let notebook = try #require(try await texts(sketch)["lightreplay.ipynb"])
    #expect(!notebook.contains("import os"))
    #expect(!notebook.contains("boom"))
  }
}
