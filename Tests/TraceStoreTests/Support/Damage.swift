import Foundation
import Testing

/// A file of another tool with something wrong, and what the message must name.
struct Damage: Sendable, CustomTestStringConvertible {
  let what: String
  let fixture: ImportFixture
  let names: [String]

  var testDescription: String { "\(fixture.format): \(what)" }

  init(_ what: String, _ fixture: ImportFixture, _ names: String...) {
    self.what = what
    self.fixture = fixture
    self.names = names
  }

  /// What can happen to any file, done to `file`.
  static func common(_ fixture: ImportFixture, _ file: String, other: String, text: String) -> [Damage] {
    let name = URL(fileURLWithPath: file).lastPathComponent
    // A file that is named itself must be of the format; in a folder it would be passed over.
    var named = fixture
    named.inputs = [file]
    return [
      Damage("a cut file", fixture.changing(file) { $0.prefix($0.count * 2 / 3) }, name),
      Damage("an empty file", named.changing(file) { _ in Data() }, name),
      Damage(
        "bad UTF-8", fixture.changing(file) { Self.replaced($0, text, with: [0xC3, 0x28]) }, name, "UTF-8"),
      Damage("another tool's file", named.changing(file) { _ in Data(other.utf8) }, name),
      Damage(
        "a pickle", named.changing(file) { _ in Data([0x80, 4, 0x95, 1, 2, 3]) }, name, "pickle", "CSV"),
      Damage("Parquet", named.changing(file) { _ in Data("PAR1....".utf8) }, name, "Parquet", "CSV"),
    ]
  }

  private static func replaced(_ data: Data, _ text: String, with bytes: [UInt8]) -> Data {
    guard let range = data.range(of: Data(text.utf8)) else { preconditionFailure("no \(text)") }
    var data = data
    data.replaceSubrange(range, with: bytes)
    return data
  }

  static let promptfooText = ImportFixture.promptfoo.text("results.json")
  static let batchText = ImportFixture.openAIBatch.text("in.jsonl")

  static let all = lmEval + inspect + openAIBatch + promptfoo + openCompass + alpacaEval + table
}
