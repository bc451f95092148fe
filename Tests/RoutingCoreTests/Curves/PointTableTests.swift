import RoutingCore
import Testing

@Suite struct PointTableTests {
  private func points(_ text: String, x: String? = nil, y: String? = nil, sigma: String? = nil) throws
    -> [CurvePoint]
  {
    try PointTable(text, file: "t.csv").points(x: x, y: y, sigma: sigma)
  }

  @Test("A column of one letter is hinted at where only its case differs")
  func oneLetter() throws {
    let table = try PointTable("a,b\n1,2\n", file: "t.csv")
    for (name, hint) in [("A", "; did you mean 'a'?"), ("c", "")] {
      let error = #expect(throws: PointTableError.self) { try table.points(x: name) }
      #expect(error?.description == "t.csv: no column '\(name)'\(hint) (columns: a, b)")
    }
  }

  @Test("Columns are found by name, in any order, quoted or not")
  func byName() throws {
    let text = "note,\"the score\",tokens,se\n\"a, b\",0.5,10,0.1\nc, 0.75 ,20,0.2\n"
    let expected = [
      CurvePoint(x: 10, y: 0.5, standardError: 0.1), CurvePoint(x: 20, y: 0.75, standardError: 0.2),
    ]
    #expect(try points(text, x: "tokens", y: "the score", sigma: "se") == expected)
  }

  @Test("Without names, x, y and sigma are the columns so called, else the first two")
  func usual() throws {
    #expect(try points("sigma,y,x\n0.1,2,1\n") == [CurvePoint(x: 1, y: 2, standardError: 0.1)])
    #expect(try points("k,score\n1,2\n") == [CurvePoint(x: 1, y: 2)])
  }

  @Test("A table of numbers needs no heading, and takes Windows line ends, a BOM and blank lines")
  func plain() throws {
    #expect(
      try points("\u{FEFF}1,2,0.5\r\n\r\n3,4,0.25\r\n") == [
        CurvePoint(x: 1, y: 2, standardError: 0.5), CurvePoint(x: 3, y: 4, standardError: 0.25),
      ])
  }

  @Test(
    "What is wrong is named with its place",
    arguments: [
      ("", "t.csv: no points; expected lines of x,y[,sigma]"),
      ("x,y\n1,2\n1,nan\n", "t.csv:3: column 'y' is 'nan'; expected a finite number"),
      ("x,y\n1,inf\n", "t.csv:2: column 'y' is 'inf'; expected a finite number"),
      ("x,y\none,2\n", "t.csv:2: column 'x' is 'one'; expected a finite number"),
      ("x,y,sigma\n1,2,-0.1\n", "t.csv:2: column 'sigma' is '-0.1'; expected a standard error > 0"),
      ("x,y\n1,2,3\n", "t.csv:2: 3 cells; expected 2"),
      ("x,y\n\"1,2\n", "t.csv:2: a quote is not closed"),
      ("x\n1\n", "t.csv: no column 'y' (columns: x)"),
    ])
  func wrong(_ text: String, _ message: String) {
    #expect {
      try points(text)
    } throws: { error in
      "\(error)" == message
    }
  }

  @Test("A column that is not there gets the nearest name")
  func nearMiss() {
    #expect {
      try points("tokens,score\n1,2\n", x: "token")
    } throws: { error in
      "\(error)" == "t.csv: no column 'token'; did you mean 'tokens'? (columns: tokens, score)"
    }
  }

  @Test("A covariance is square")
  func covariance() throws {
    #expect(try PointTable.covariance("1,0.5\n0.5,2\n", file: "c.csv", points: 2) == [1, 0.5, 0.5, 2])
    #expect(throws: PointTableError.rowCount(file: "c.csv", found: 1, expected: 2)) {
      try PointTable.covariance("1,0.5\n", file: "c.csv", points: 2)
    }
    #expect(throws: PointTableError.cellCount(file: "c.csv", line: 2, found: 1, expected: 2)) {
      try PointTable.covariance("1,0.5\n0.5\n", file: "c.csv", points: 2)
    }
  }
}
