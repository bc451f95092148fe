import ConfigFiles
import Foundation
import RoutingCore
import TraceStore

/// Something that takes bytes from anybody. It may refuse them by an error; it must not end the program, and what
/// it takes it must be able to give back.
struct FuzzTarget: Sendable {
  let name: String
  let take: @Sendable (Data) -> Void
}

/// One line for each thing that is fuzzed.
enum FuzzTargets {
  static let all: [FuzzTarget] =
    ImporterRegistry.names.map { name in FuzzTarget(name: name) { FuzzedFiles.importing($0, format: name) } }
    + [
      FuzzTarget(name: "recognition") { FuzzedFiles.importing($0, format: nil) },
      FuzzTarget(name: "trace-bytes", take: FuzzedTrace.bytes),
      FuzzTarget(name: "trace-values", take: FuzzedTrace.values),
      FuzzTarget(name: "policy-id", take: policyID),
      FuzzTarget(name: "ranking", take: ranking), FuzzTarget(name: "price-book", take: priceBook),
      FuzzTarget(name: "price-list", take: priceList), FuzzTarget(name: "scenario", take: scenario),
      FuzzTarget(name: "policy-file", take: policyFile), FuzzTarget(name: "record-config", take: liveConfig),
    ]

  static let chosen: FuzzTarget? = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"]
    return all.first { $0.name == name }
  }()

  /// Where an input of no bytes lies.
  static var nothing: UnsafePointer<UInt8> { StaticString("").utf8Start }

  /// What must hold; otherwise it says what does not and ends, so that libFuzzer keeps the input.
  static func demand(_ holds: Bool, _ what: @autoclosure () -> String) {
    guard !holds else { return }
    FileHandle.standardError.write(Data("demand: \(what())\n".utf8))
    abort()
  }

  // MARK: Texts

  private static func policyID(_ data: Data) {
    guard let policy = try? Policy(id: String(decoding: data, as: UTF8.self)) else { return }
    demand((try? Policy(id: policy.description)) == policy, "an id does not come back")
  }

  private static func ranking(_ data: Data) {
    let count = 1 + Int(data.first ?? 0) % 8
    let reading = RankingReader.read(String(decoding: data.dropFirst(), as: UTF8.self), count: count)
    demand(reading.order.map { $0.sorted() == Array(0..<count) } ?? true, "no permutation")
  }

  private static func priceBook(_ data: Data) {
    _ = try? PriceBookFile.read(String(decoding: data, as: UTF8.self), name: "f", sha256: "")
  }

  private static func priceList(_ data: Data) {
    _ = try? PriceList.read(String(decoding: data, as: UTF8.self), name: "f", sha256: "")
  }

  private static func scenario(_ data: Data) {
    _ = try? ScenarioFile.read(String(decoding: data, as: UTF8.self), name: "f")
  }

  private static func policyFile(_ data: Data) {
    _ = try? PolicyFile.read(String(decoding: data, as: UTF8.self), name: "f")
  }

  private static func liveConfig(_ data: Data) {
    _ = try? LiveConfigFile.read(String(decoding: data, as: UTF8.self), name: "f")
  }
}
