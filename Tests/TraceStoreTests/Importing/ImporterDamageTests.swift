import Foundation
import Testing
import TraceStore

@Suite struct ImporterDamageTests {
  @Test(
    "Damage is refused with its place, a new trace is not made, an old one keeps every byte",
    arguments: Damage.all)
  func refused(_ damage: Damage) throws {
    let folder = try TemporaryFolder()
    try folder.write(["query,model,text", "old,lark,x", "old,stork,x", "old,lark-mini,x"], to: "old.csv")
    try folder.importing("table", ["old.csv"], into: "old.sqlite")
    try folder.write(damage.fixture)
    let before = try folder.read("old.sqlite")
    let files = folder.files

    for trace in ["new.sqlite", "old.sqlite"] {
      let error = try #require(throws: (any Error).self) {
        try folder.importing(damage.fixture.format, damage.fixture.inputs, into: trace)
      }
      let text = "\(error)"
      for name in damage.names { #expect(text.contains(name), "\(text)") }
      #expect(text.contains("nothing was imported") || error is InputError)
    }
    #expect(try folder.read("old.sqlite") == before)
    #expect(folder.files == files)
  }

  @Test("Each format is tried with at least 16 kinds of damage", arguments: ImportFixture.all)
  func enough(_ fixture: ImportFixture) {
    #expect(Set(Damage.all.filter { $0.fixture.format == fixture.format }.map(\.what)).count >= 16)
  }

  @Test(
    "Whatever bytes are damaged, files are read or refused, and nothing else happens",
    arguments: ImportFixture.all)
  func fuzz(_ fixture: ImportFixture) throws {
    var state: UInt64 = 3
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let names = fixture.files.keys.sorted()
    let marks: [UInt8] = Array("\"{}[],:0-eN\\\n\0\u{7F}".utf8) + [0xC3, 0xFF]
    for _ in 0..<40 {
      let damaged = fixture.changing(names[next(names.count)]) { data in
        var data = data
        for _ in 0...next(3) where !data.isEmpty { data[next(data.count)] = marks[next(marks.count)] }
        return next(4) == 0 ? data.prefix(next(data.count + 1)) : data
      }
      let folder = try TemporaryFolder()
      try folder.write(damaged)
      let files = folder.files
      let taken = try? folder.importing(fixture.format, fixture.inputs)
      #expect(folder.files == (taken == nil ? files : (files + ["t.sqlite"]).sorted()))
    }
  }
}
