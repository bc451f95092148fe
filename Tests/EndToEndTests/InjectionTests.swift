import Foundation
import Testing

/// Text fields that mean something to a browser, a spreadsheet, a terminal or a notebook come out as text.
@Suite struct InjectionTests {
  /// What stands in for every name of the demonstration trace at once.
  static let hostile = [
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "\"'><svg/onload=alert(1)>",
    "=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "a,\"b\"\r\nc\td", "\u{1B}]0;title\u{7}\u{1B}[31m",
    "x\u{202E}gpj\u{2066}",
    "${jndi:x} {{7*7}} `id` $(id)", "%s%n\\u003cscript", "![x](javascript:alert(1)) | a | <!--",
    "'''\nimport os\n'''",
    "&lt;b&gt; &amp;#60;",
  ]

  private static let names = ["lark", "stork", "heron", "judge", "owl", "sums", "facts", "demo"]

  /// The demonstration trace with its names ended by a text, and every free text replaced by it.
  private func renamed(_ text: String, _ program: Program) throws {
    let suffix = String(decoding: try JSONEncoder().encode(text).dropFirst().dropLast(), as: UTF8.self)
    var lines = try String(contentsOf: Place.demo, encoding: .utf8)
    for name in Self.names {
      lines = lines.replacing("\"\(name)\"", with: "\"\(name)\(suffix)\"")
    }
    for key in ["answer", "reference", "prompt", "finish_reason", "query", "group"] {
      lines = lines.replacing(try Regex("\"\(key)\":\"([^\"\\\\]*)\"")) { match in
        "\"\(key)\":\"\(match.output[1].substring ?? "")\(suffix)\""
      }
    }
    try program.write(lines, to: "in.jsonl")
    try program.write(
      try String(contentsOf: Place.prices, encoding: .utf8).replacing(try Regex("(?m)^  (\\w+): ")) { match in
        "  \"\(match.output[1].substring ?? "")\(suffix.replacing("\\/", with: "/"))\": "
      }, to: "p.yaml")
    let imported = try program.run("import", "jsonl", "in.jsonl", "--trace", "t.sqlite")
    try #require(imported.status == 0, "\(imported.messages)")
  }

  private func tags(_ page: String) -> [String: Int] {
    var counts: [String: Int] = [:]
    for tag in [
      "<script", "</script", "<img", "<svg", "<a ", "<iframe", "onerror=", "onload=", "javascript:",
    ] {
      counts[tag] = page.components(separatedBy: tag).count - 1
    }
    return counts
  }

  private static let wish = ["--cost-unit", "tokens", "--replicates", "20", "--min-score", "95%"]

  @Test(
    "Nothing hostile in any name or text becomes markup, a formula, an escape or code", arguments: hostile)
  func swept(text: String) throws {
    let program = try Program()
    defer { program.cleanUp() }
    try renamed(text, program)
    // The same with a plain ending tells what the program itself writes.
    let plain = try Program()
    defer { plain.cleanUp() }
    try renamed("plain", plain)

    for (arguments, check) in [
      (["sweep", "t.sqlite"], isTame), (["recommend", "t.sqlite"], isTame),
      (["calibrate", "t.sqlite"], isTame),
    ] as [([String], (String) -> Bool)] {
      let outcome = try program.run(arguments + Self.wish.prefix(4))
      #expect(check(outcome.output) && check(outcome.messages), "\(arguments)")
    }
    #expect(isTame(try program.run("inspect", "t.sqlite").output))
    _ = try jsonObject(
      try program.run(["sweep", "t.sqlite", "--format", "json"] + Self.wish.prefix(4)).output)
    let table = try program.run(["sweep", "t.sqlite", "--format", "csv"] + Self.wish.prefix(4)).output
    #expect(cells(table).allSatisfy(isHarmless), "csv")

    for (program, name) in [(program, "page"), (plain, "page")] {
      for format in ["html", "md"] {
        let outcome = try program.run(["report", "t.sqlite", "-o", "\(name).\(format)"] + Self.wish)
        #expect(outcome.status == 0, "\(outcome.messages)")
      }
    }
    func read(_ program: Program, _ name: String) throws -> String {
      String(decoding: try program.read(name), as: UTF8.self)
    }
    let (page, tame) = (try read(program, "page.html"), try read(plain, "page.html"))
    for tag in ["<script", "</script", "<img", "<iframe"] {
      #expect(tags(page)[tag] == tags(tame)[tag], "\(tag)")
    }
    #expect(!page.contains("<svg/onload") && !page.contains("<!--"))
    let markdown = try read(program, "page.md").replacing("\\]", with: "")
    #expect(!markdown.contains("<script") && !markdown.contains("](javascript") && isTame(markdown))

    for folder in [program, plain] {
      #expect(try folder.run(["export", "notebook", "t.sqlite", "-o", "book"] + Self.wish).status == 0)
    }
    #expect(try code(program) == code(plain))
    for name in ["outcomes", "policies", "regimes", "recommendations", "data_dictionary"] {
      #expect(cells(try read(program, "book/\(name).csv")).allSatisfy(isHarmless), "\(name).csv")
    }
  }

  /// No control but line ends and tabs, and nothing that turns text around.
  private func isTame(_ text: String) -> Bool {
    !text.unicodeScalars.contains { scalar in
      (scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t")
        || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2067).contains(scalar.value)
    }
  }

  /// What a spreadsheet takes for a text or a number.
  private func isHarmless(_ cell: String) -> Bool {
    guard let first = cell.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else {
      return true
    }
    return Double(cell) != nil
  }

  private func cells(_ table: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for scalar in table.unicodeScalars {
      switch scalar {
      case "\"": isQuoted.toggle()
      case ",", "\n":
        if isQuoted { cells[cells.count - 1].unicodeScalars.append(scalar) } else { cells.append("") }
      default: cells[cells.count - 1].unicodeScalars.append(scalar)
      }
    }
    return cells
  }

  private func code(_ program: Program) throws -> [String] {
    let notebook = try jsonObject(String(decoding: try program.read("book/lightreplay.ipynb"), as: UTF8.self))
    let cells = try #require(notebook["cells"] as? [[String: Any]])
    return cells.filter { $0["cell_type"] as? String == "code" }.map { "\($0["source"] ?? "")" }
  }
}
