import ConfigFiles
import Foundation
import Recording
import RoutingCore
import TraceStore

/// A judging model asked about every text of a trace. Its calls are recorded like all others, in a trace of their
/// own, so that grading again asks nothing twice.
struct JudgeSession {
  private let judge: LiveJudge
  private let config: LiveConfig
  private let options: JudgeOptions

  /// - Parameter arguments: the configuration, and the judge's name where it has several.
  init(_ arguments: [String], _ options: JudgeOptions) throws {
    guard let path = arguments.first else {
      throw GraderError.missingArguments(grader: JudgeGrader.name, expected: JudgeSession.usage)
    }
    guard arguments.count <= 2 else {
      throw GraderError.needlessArguments(
        grader: JudgeGrader.name, takes: "a configuration and one name", found: arguments)
    }
    let config = try LiveConfigFile.read(ConfigText.read(path), name: path)
    judge = try Self.judge(named: arguments.dropFirst().first, config, path)
    self.config = config
    self.options = options
  }

  static let usage = "CONFIG.yaml [NAME]"

  private static func judge(named name: String?, _ config: LiveConfig, _ path: String) throws -> LiveJudge {
    let known = config.judges.map(\.tool.name)
    guard let name else {
      guard let only = config.judges.first, known.count == 1 else {
        throw JudgeError.choose(config: path, known: known)
      }
      return only
    }
    guard let judge = config.judges.first(where: { $0.tool.name == name }) else {
      throw PolicyError.unknown(kind: "judge", name: name, known: known)
    }
    return judge
  }

  /// Asks about every text that was not judged before.
  func grader(_ settings: GradingSettings, on trace: String) async throws -> JudgeGrader {
    let question = JudgeQuestion(prompt: judge.tool.prompt, scale: judge.scale)
    let queries = try JudgedTexts.queries(question, settings, on: trace)
    guard !queries.isEmpty else { return JudgeGrader(question: question, replies: [:]) }
    let calls = options.calls ?? Self.customaryPath(trace, settings.name)
    let session = try RecordingSession(asking, queries, prices: options.prices)
    let summary = try await session.record(into: calls, limit: options.limit)
    guard summary.stop == nil, summary.failures.isEmpty else { throw JudgeError.unfinished(calls: calls) }
    return JudgeGrader(question: question, replies: try JudgedTexts.replies(in: calls))
  }

  /// `demo.sqlite` and `strict` become `demo.strict.sqlite`.
  private static func customaryPath(_ trace: String, _ name: String) -> String {
    let url = URL(fileURLWithPath: trace)
    let stem = url.deletingPathExtension().lastPathComponent
    let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    return url.deletingLastPathComponent()
      .appendingPathComponent("\(stem).\(isPlain ? name : JudgeGrader.name).sqlite").relativePath
  }

  /// The configuration by which the judge alone is asked, once per query.
  private var asking: LiveConfig {
    var asking = config
    asking.name = "replies of \(judge.tool.name)"
    asking.models = config.models.filter { $0.name == judge.tool.model }.map { model in
      var model = model
      model.maxTokens = judge.tool.maxTokens ?? model.maxTokens
      model.extra = judge.tool.extra ?? model.extra
      model.skills = []
      return model
    }
    asking.endpoints = config.endpoints.filter { endpoint in
      asking.models.contains { $0.endpoint == endpoint.name }
    }
    asking.pool = asking.models.map(\.name)
    asking.selectors = []
    asking.aggregators = []
    asking.grids = [
      RecordingGrid(
        k: [KSchedule(constant: 1)], boots: [.full], layers: [2], selectors: [], aggregators: [])
    ]
    return asking
  }
}

/// Why texts cannot be judged.
enum JudgeError: Error, CustomStringConvertible {
  case choose(config: String, known: [String])
  case unfinished(calls: String)

  var description: String {
    switch self {
    case .choose(let config, let known):
      known.isEmpty
        ? "\(config): no judge; expected `judges: {NAME: {model: …}}`"
        : "\(config): several judges; name one of \(known.joined(separator: ", ")) behind the file"
    case .unfinished(let calls):
      "not every text is judged yet, and nothing was graded; run it again to go on (\(calls) keeps the replies)"
    }
  }
}
