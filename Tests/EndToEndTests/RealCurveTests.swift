import Foundation
import Testing

/// Curves and laws of real answers; skipped where the files are not there.
@Suite(
  .enabled(if: Place.hasRealData, "the recorded answers in ../shared/data are not on this machine"),
  .serialized)
struct RealCurveTests {
  private func document(_ file: String, _ flags: String...) throws -> [String: Any] {
    let program = try Program()
    defer { program.cleanUp() }
    let path = Place.realData.appendingPathComponent("\(file).jsonl.gz").path
    let imported = try program.run("import", "jsonl", path, "--trace", "t.sqlite")
    try #require(imported.status == 0, "\(imported.messages)")
    let outcome = try program.run(["fit", "t.sqlite", "--format", "json"] + flags)
    try #require(outcome.status == 0, "\(outcome.messages)")
    return try jsonObject(outcome.output)
  }

  /// The variance of 0/1 scores follows from the counts of right answers in the data's own description.
  @Test(
    "The variance of single models follows from their published counts",
    arguments: [(RealData.gsm8k, 0.345), (RealData.mathL5, 0.379)])
  func laws(_ data: RealData, _ rho: Double) throws {
    let curves = try #require(try document(data.file, "--variance")["variance"] as? [[String: Any]])
    let shares = data.correct.values.map { Double($0) / Double(data.queries) }
    let variance = shares.reduce(0) { $0 + $1 * (1 - $1) } / Double(shares.count)
    for curve in curves where curve["kind"] as? String == "across" {
      let points = try #require(curve["points"] as? [[String: Any]])
      #expect(points.count == 8)
      #expect(abs(try #require(points[0]["value"] as? Double) - variance) < 1e-9)
      let text = try #require(curve["text"] as? String)
      #expect(text.contains("independence, σ²/k, is rejected"), "\(text)")
      if curve["source"] as? String == "mean" {
        #expect(abs(try #require((curve["rho"] as? [String: Any])?["value"] as? Double) - rho) < 0.0005)
      }
    }
  }

  /// By description: votes of the best k are most often right at k = 5.
  @Test("The interior optimum of k on MATH is measured at 5, and the curve's disagreement is said")
  func interior() throws {
    let curves = try #require(
      try document(
        "math-l5", "--along", "k", "--selector", "prior", "--aggregator", "vote", "--cost-unit", "tokens",
        "--lambda", "0")["curves"] as? [[String: Any]])
    let best = try #require(curves.first?["optimum"] as? [String: Any])
    let measured = try #require(best["measured"] as? [String: Any])
    #expect(measured["x"] as? Double == 5)
    #expect(measured["low"] as? Double == 4 && measured["high"] as? Double == 6)
    let agrees = try #require(best["agrees"] as? Bool)
    let notes = try #require(curves.first?["notes"] as? [String])
    #expect(notes.contains { $0.contains(agrees ? " agrees with " : " disagrees with ") })
  }

  @Test("The figure of the README is what its command draws")
  func figure() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let path = Place.realData.appendingPathComponent("math-l5.jsonl.gz").path
    try #require(try program.run("import", "jsonl", path, "--trace", "math-l5.sqlite").status == 0)
    let outcome = try program.run(
      "fit", "math-l5.sqlite", "--along", "k", "--k", "1-8", "--boot", "full", "--selector",
      "prior,consensus",
      "--aggregator", "vote", "--cost-unit", "tokens", "--picture", "k.svg")
    try #require(outcome.status == 0, "\(outcome.messages)")
    let committed = try Data(contentsOf: Place.root.appendingPathComponent("reports/math-along-k.svg"))
    #expect(try program.read("k.svg") == committed)
  }
}
