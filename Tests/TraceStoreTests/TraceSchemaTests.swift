import Foundation
import Testing
import TraceStore

@Suite struct TraceSchemaTests {
  private func trace(_ folder: TemporaryFolder) throws {
    var random = RandomInterchange(seed: 1)
    try folder.write([RandomInterchange.header, random.query("q")], to: "in")
    try folder.importing("in", into: "t.sqlite")
  }

  private let next = TraceSchema(
    migrations: TraceSchema.current.migrations + [
      TraceSchema.Migration(name: "notes", sql: "CREATE TABLE notes (text TEXT) STRICT")
    ])

  @Test("An older trace is brought up to date and keeps its content")
  func older() throws {
    let folder = try TemporaryFolder()
    try trace(folder)
    let exported = try folder.exported("t.sqlite")
    let migrated = try TraceDatabase(reading: folder.path("t.sqlite"), schema: next)
    #expect(try migrated.verify().problems == [])
    // Now it is newer than what this program knows.
    #expect(throws: TraceFileError.newer(folder.path("t.sqlite"), version: next.migrations.count)) {
      try TraceDatabase(reading: folder.path("t.sqlite"))
    }
    var again = Data()
    try migrated.exportJSONLines { again.append(contentsOf: $0) }
    #expect(again == exported)
    #expect(folder.files == ["in", "t.sqlite"])
  }

  @Test("A migration that fails leaves the old file and nothing else")
  func failing() throws {
    let folder = try TemporaryFolder()
    try trace(folder)
    let before = try folder.read("t.sqlite")
    let broken = TraceSchema(
      migrations: TraceSchema.current.migrations + [
        TraceSchema.Migration(name: "broken", sql: "CREATE TABLE notes (text TEXT) STRICT; CREATE nonsense")
      ])
    #expect(throws: TraceFileError.self) {
      try TraceDatabase(changing: folder.path("t.sqlite"), schema: broken)
    }
    #expect(try folder.read("t.sqlite") == before)
    #expect(folder.files == ["in", "t.sqlite"])
  }
}
