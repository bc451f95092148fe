import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A table nothing can be fitted to, and what its message must name.
struct BadTable: Sendable, CustomTestStringConvertible {
  let what: String
  let text: String
  var flags: [String] = []
  var covariance: String?
  let message: String
  var testDescription: String { what }

  static let five = "x,y\n1,1\n2,2\n3,2.5\n4,3\n5,3.2\n"

  static let cases = [
    BadTable(
      what: "no points", text: "x,y\n", message: "t.csv: a curve has 1 parameter and needs 3 points, found 0"),
    BadTable(
      what: "two points", text: "x,y\n1,2\n3,4\n",
      message: "t.csv: constant has 1 parameter and needs 3 points, found 2"),
    BadTable(
      what: "fewer points than the family takes", text: five, flags: ["--family", "rise-and-fall"],
      message: "t.csv: rise-and-fall has 4 parameters and needs 6 points, found 5"),
    BadTable(
      what: "all x equal", text: "x,y\n2,1\n2,2\n2,3\n2,4\n",
      message: "t.csv: all 4 points have x = 2.0; a curve needs different x"),
    BadTable(
      what: "NaN", text: "x,y\n1,1\n2,NaN\n3,3\n",
      message: "t.csv:3: column 'y' is 'NaN'; expected a finite number"),
    BadTable(
      what: "negative sigma", text: "x,y,sigma\n1,1,0.1\n2,2,-0.2\n3,3,0.1\n",
      message: "t.csv:3: column 'sigma' is '-0.2'; expected a standard error > 0"),
    BadTable(
      what: "x = 0 for a logarithm", text: "x,y\n0,1\n1,2\n2,2.5\n3,3\n", flags: ["--family", "logarithmic"],
      message: "t.csv: logarithmic needs x > 0, found x = 0.0"),
    BadTable(
      what: "a covariance that is none", text: "x,y\n1,1\n2,2\n3,3.5\n",
      covariance: "1,0.9,-0.9\n0.9,1,0.9\n-0.9,0.9,1\n",
      message: "t.csv: the covariance is not positive semidefinite"),
    BadTable(
      what: "a covariance of another size", text: five, covariance: "1,0\n0,1\n",
      message: "c.csv: 2 rows; expected a covariance of 5 rows, one per point"),
    BadTable(
      what: "a column that is not there", text: "tokens,score\n1,2\n", flags: ["--x", "token"],
      message: "t.csv: no column 'token'; did you mean 'tokens'?"),
  ]
}

@Suite struct FitCommandTests {
  private func demo(_ flags: String...) throws -> Program.Outcome {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    return try program.run(["fit", "demo.sqlite"] + flags)
  }

  private func document(_ flags: String...) throws -> [String: Any] {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let outcome = try program.run(["fit", "demo.sqlite", "--format", "json"] + flags)
    try #require(outcome.status == 0, "\(outcome.messages)")
    return try jsonObject(outcome.output)
  }

  @Test("Bad tables are one sentence on standard error, with exit code 1", arguments: BadTable.cases)
  func badTables(_ bad: BadTable) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.write(bad.text, to: "t.csv")
    var arguments = ["fit", "--csv", "t.csv"] + bad.flags
    if let covariance = bad.covariance {
      try program.write(covariance, to: "c.csv")
      arguments += ["--covariance", "c.csv"]
    }
    let outcome = try program.run(arguments)
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.messages.contains(bad.message), "\(outcome.messages)")
  }

  @Test(
    "Flags that do not go together are wrong usage",
    arguments: [
      [], ["--csv", "a.csv", "--along", "k"], ["demo.sqlite"], ["demo.sqlite", "--csv", "a.csv"],
      ["demo.sqlite", "--along", "q"], ["demo.sqlite", "--along", "k", "--x", "a"],
      ["--csv", "a.csv", "--family", "linaer"], ["--csv", "a.csv", "--sigma", "s", "--covariance", "c.csv"],
      ["demo.sqlite", "--along", "k", "--replicates", "10"],
      ["demo.sqlite", "--variance", "--picture", "a.svg"],
    ])
  func usage(_ flags: [String]) throws {
    let program = try Program()
    defer { program.cleanUp() }
    #expect(try program.run(["fit"] + flags).status == 64)
  }

  @Test("An unknown family gets the nearest name")
  func nearMiss() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let outcome = try program.run("fit", "--csv", "a.csv", "--family", "logistics")
    #expect(outcome.messages.contains("unknown family 'logistics'; did you mean 'logistic'?"))
  }

  @Test("--picture draws the points and the curve, as XML on its own, the same each time")
  func picture() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let table = Place.root.appendingPathComponent("traces/learning.csv").path
    let flags = ["fit", "--csv", table, "--x", "tokens", "--y", "score", "--sigma", "se", "--picture"]
    for name in ["a.svg", "b.svg"] { try #require(try program.run(flags + [name]).status == 0) }
    let picture = try program.read("a.svg")
    #expect(try program.read("b.svg") == picture)
    let document = try XMLDocument(data: picture)
    let points = try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n").count - 1
    #expect(try document.nodes(forXPath: "//*[local-name()='circle' and @cx]").count == points + 1)
    #expect(try document.nodes(forXPath: "//*[local-name()='polyline']").count == 1)
    #expect(try document.nodes(forXPath: "//*[contains(@class, 'band')]").count == 1)
  }

  @Test("The example table has its saturation found")
  func exampleTable() throws {
    let program = try Program()
    defer { program.cleanUp() }
    let table = Place.root.appendingPathComponent("traces/learning.csv").path
    let outcome = try program.run(
      "fit", "--csv", table, "--x", "tokens", "--y", "score", "--sigma", "se", "--format", "json")
    let curve = try #require((try jsonObject(outcome.output)["curves"] as? [[String: Any]])?.first)
    #expect(curve["chosen"] as? String == "saturating-exponential")
    #expect(curve["workload"] is NSNull)
    #expect(curve["along"] as? String == "tokens")
    #expect(curve["optimum"] is NSNull)
    let families = try #require(curve["families"] as? [[String: Any]])
    #expect(families.count == 8)
    for family in families {
      let parameters = try #require(family["parameters"] as? [[String: Any]])
      for key in ["rss", "chi2", "p_value", "aic", "weight"] { #expect(family[key] is Double, "\(key)") }
      for key in ["name", "value", "se", "low", "high"] { #expect(parameters[0][key] != nil, "\(key)") }
    }
  }

  @Test(
    "Two runs, on one thread and two, give the same bytes", arguments: [["--along", "boot"], ["--variance"]])
  func deterministic(_ what: [String]) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let runs = try ["1", "2"].map { threads in
      try program.run(["fit", "demo.sqlite", "--format", "json", "--threads", threads] + what)
    }
    #expect(runs[0].status == 0, "\(runs[0].messages)")
    #expect(runs[0].output == runs[1].output)
  }

  @Test("With a λ every curve has an optimum, beside the measured one; without one none has")
  func optimum() throws {
    let priced = try document(
      "--along", "k", "--boot", "20", "--prices", Place.prices.path, "--lambda", "500")
    for curve in try #require(priced["curves"] as? [[String: Any]]) {
      let best = try #require(curve["optimum"] as? [String: Any])
      for key in ["x", "low", "high"] { #expect(best[key] is Double, "\(key)") }
      #expect(best["at_edge"] is Bool && best["agrees"] is Bool)
      #expect((best["measured"] as? [String: Any])?["x"] is Double)
      let points = try #require(curve["points"] as? [[String: Any]])
      #expect(points.allSatisfy { $0["cost"] is Double })
    }
    let plain = try document("--along", "k", "--boot", "20")
    for curve in try #require(plain["curves"] as? [[String: Any]]) { #expect(curve["optimum"] is NSNull) }
  }

  @Test("The variance of the mean has a ρ and nothing fitted; that of merges has laws")
  func variance() throws {
    let curves = try #require(try document("--variance")["variance"] as? [[String: Any]])
    #expect(Set(curves.compactMap { $0["source"] as? String }) == ["mean", "vote", "best", "recorded:owl"])
    for curve in curves where curve["kind"] as? String == "across" {
      let laws = try #require(curve["laws"] as? [[String: Any]])
      if curve["source"] as? String == "mean" {
        #expect(laws.isEmpty)
        #expect(curve["chosen"] is NSNull)
        #expect((curve["rho"] as? [String: Any])?["value"] is Double)
        #expect((curve["text"] as? String)?.contains("independence") == true)
      } else {
        #expect(laws.map { $0["name"] as? String } == ["iid", "correlated", "finite-pool"])
      }
    }
  }

  @Test("The table and the csv name the same chosen families")
  func formats() throws {
    let table = try demo("--along", "boot", "--k", "2")
    let csv = try demo("--along", "boot", "--k", "2", "--format", "csv")
    #expect(table.output.contains("family"))
    #expect(csv.output.hasPrefix("workload,along,slice,family,chosen,parameter,value"))
    #expect(csv.output.contains(",true,"))
  }

  @Test("Recommend shows the fitted k beside the measured one")
  func recommend() throws {
    let program = try Program()
    defer { program.cleanUp() }
    try program.importDemo()
    let flags = ["recommend", "demo.sqlite", "--prices", Place.prices.path, "--min-score", "95%"]
    #expect(try program.run(flags).output.contains("curve     k* = "))
    let document = try jsonObject(try program.run(flags + ["--format", "json"]).output)
    for workload in try #require(document["workloads"] as? [[String: Any]]) {
      let fitted = try #require(workload["fitted_k"] as? [String: Any])
      #expect(fitted["x"] is Double && fitted["family"] is String && fitted["agrees"] is Bool)
    }
  }
}
