import RoutingCore

/// Reads query lines of an interchange file.
struct QueryDecoder {
  private let scoreRange: ScoreRange
  /// Names met so far, so that repeated ones share one string.
  private var names: NameCache

  init(models: [ModelDeclaration], scoreRange: ScoreRange) {
    self.scoreRange = scoreRange
    names = NameCache(models.map(\.name))
  }

  /// What a line holds, as far as it could be read, and everything that did not fit.
  mutating func decode(
    _ line: UnsafeBufferPointer<UInt8>
  ) -> (record: QueryRecord, faults: [(field: String, fault: ImportFault)]) {
    var reader = FieldReader(line: line)
    var record = QueryRecord(query: "", workload: "")
    do throws(JSONFault) {
      let isHeader = try read(&record, from: &reader)
      try reader.cursor.finish()
      return (record, isHeader ? [("format", .secondHeader)] : reader.faults)
    } catch {
      let fault = ImportFault.malformed(error, column: reader.cursor.position + 1)
      return (record, reader.faults + [(reader.field, fault)])
    }
  }

  /// Returns whether the line is a header.
  private mutating func read(
    _ record: inout QueryRecord, from reader: inout FieldReader
  ) throws(JSONFault) -> Bool {
    var isHeader = false
    _ = try reader.object(QueryKey.table) { reader, index throws(JSONFault) in
      switch QueryKey.allCases[index] {
      case .query: record.query = try reader.name() ?? ""
      case .workload: record.workload = try names.read(&reader) ?? ""
      case .group: record.group = try reader.name()
      case .skills: record.skills = try reader.texts("a list of skills") ?? []
      case .ordinal: record.ordinal = try reader.count(.min ... .max, expected: "a whole number")
      case .prompt: record.prompt = try reader.text()
      case .messages: record.messages = try Self.messages(&reader)
      case .reference: record.reference = try reader.text()
      case .extra: record.extra = try reader.raw()
      case .responses: try calls(.response, &record, &reader)
      case .boots: try calls(.boot, &record, &reader)
      case .continuations: try calls(.continuation, &record, &reader)
      case .rankings: try calls(.ranking, &record, &reader)
      case .merges: try calls(.merge, &record, &reader)
      case .refinements: try calls(.refinement, &record, &reader)
      case .format:
        isHeader = true
        try reader.cursor.skipValue()
      }
    }
    return isHeader
  }

  private static func messages(_ reader: inout FieldReader) throws(JSONFault) -> RawJSON? {
    guard try !reader.cursor.takeNull(), try reader.expect(.array, "a list of messages") else { return nil }
    return try reader.cursor.rawValue()
  }

  private mutating func calls(
    _ role: CallRole, _ record: inout QueryRecord, _ reader: inout FieldReader
  ) throws(JSONFault) {
    guard try !reader.cursor.takeNull() else { return }
    _ = try reader.array("a list of calls") { reader, _ throws(JSONFault) in
      var call = CallRecord(role: role)
      let isObject = try reader.object(CallKey.table) { reader, index throws(JSONFault) in
        let key = CallKey.allCases[index]
        if key.isLegal(in: role) {
          try read(key, of: &call, from: &reader)
        } else {
          reader.report(.misplacedKey(key.rawValue, object: role.words))
          try reader.cursor.skipValue()
        }
      }
      // An element that is no call is reported; its place is kept so that later ones count right.
      _ = isObject
      record.calls.append(call)
    }
  }

  private mutating func read(
    _ key: CallKey, of call: inout CallRecord, from reader: inout FieldReader
  ) throws(JSONFault) {
    switch key {
    case .model: call.model = try names.read(&reader)
    case .selector, .aggregator: call.tool = try names.read(&reader)
    case .sample: call.sample = try reader.index("a sample number from 0") ?? 0
    case .bootBudget: call.bootBudget = try reader.budget()
    case .layer:
      call.layer = try reader.index(
        "a layer from 1 to \(SchemePolicy.mostLayers)", in: 1...Int64(SchemePolicy.mostLayers))
    case .members: call.members = try reader.texts("a list of model names")
    case .order: call.order = try Self.order(&reader)
    case .scores: call.scores = try Self.figures(&reader)
    case .shown: call.shown = try reader.texts("a list of model names")
    case .text: call.text = try reader.text()
    case .tokenEnds: call.tokenEnds = try Self.tokenEnds(&reader)
    case .inputTokens: call.inputTokens = try reader.tokens()
    case .cachedInputTokens: call.cachedInputTokens = try reader.tokens()
    case .outputTokens: call.outputTokens = try reader.tokens()
    case .reasoningTokens: call.reasoningTokens = try reader.tokens()
    case .tokenSource: call.tokenSource = try Self.tokenSource(&reader)
    case .timeToFirstToken: call.timeToFirstToken = try reader.time()
    case .duration: call.duration = try reader.time()
    case .finishReason: call.finishReason = try names.read(&reader, mayBeEmpty: true)
    case .answer: call.answer = try names.read(&reader, mayBeEmpty: true)
    case .score: call.score = try scoreRange.read(&reader)
    case .grades: call.grades = try grades(&reader)
    case .prefixes: call.prefixes = try prefixes(&reader)
    case .error: call.error = try Self.error(&reader)
    case .cost: call.cost = try reader.cost()
    case .extra: call.extra = try reader.raw()
    }
  }

  // MARK: Values of one kind of call

  private static func order(_ reader: inout FieldReader) throws(JSONFault) -> RankingOrder? {
    if try reader.cursor.takeNull() { return .unparsable }
    return try reader.texts("a list of model names, or null").map { .order($0) }
  }

  private static func figures(_ reader: inout FieldReader) throws(JSONFault) -> [Int64]? {
    guard try !reader.cursor.takeNull() else { return nil }
    var figures: [Int64] = []
    let isArray = try reader.array("a list of numbers") { reader, _ throws(JSONFault) in
      let figure = try reader.required("a number") { reader throws(JSONFault) in
        try reader.decimal(places: 6, expected: "a number within ±9·10¹²") { Int64(exactly: $0) }
      }
      if let figure { figures.append(figure) }
    }
    return isArray ? figures : nil
  }

  private static func tokenEnds(_ reader: inout FieldReader) throws(JSONFault) -> [Int32]? {
    guard try !reader.cursor.takeNull() else { return nil }
    var ends: [Int32] = []
    let isArray = try reader.array("a list of byte offsets") { reader, _ throws(JSONFault) in
      let end = try reader.required("a byte offset") { reader throws(JSONFault) in
        try reader.index("a byte offset from 1", in: 1...Int64(Int32.max))
      }
      if let end { ends.append(end) }
    }
    return isArray ? ends : nil
  }

  private static func tokenSource(_ reader: inout FieldReader) throws(JSONFault) -> TokenSource? {
    guard let text = try reader.text() else { return nil }
    let source = TokenSource(rawValue: text)
    if source == nil { reader.reportUnfit(ImportFault.quoted(text), expected: "'reported' or 'estimated'") }
    return source
  }

  private static func error(_ reader: inout FieldReader) throws(JSONFault) -> RawJSON? {
    guard try !reader.cursor.takeNull() else { return nil }
    switch try reader.cursor.peek() {
    case .string, .object: return try reader.cursor.rawValue()
    default:
      _ = try reader.expect(.string, "a string or an object")
      return nil
    }
  }

  private mutating func grades(_ reader: inout FieldReader) throws(JSONFault) -> [NamedGrade] {
    guard try !reader.cursor.takeNull() else { return [] }
    var grades: [NamedGrade] = []
    _ = try reader.dictionary("an object of grades by name") { reader, name throws(JSONFault) in
      var grade = NamedGrade(name: name)
      if name.isEmpty { reader.reportUnfit("an empty name", expected: "the name of a grader") }
      let isObject = try reader.object(GradeKey.gradeTable) { reader, index throws(JSONFault) in
        if index == 0 {
          grade.answer = try names.read(&reader, mayBeEmpty: true)
        } else {
          grade.score = try scoreRange.read(&reader)
        }
      }
      if isObject { grades.append(grade) }
    }
    return grades
  }

  private mutating func prefixes(_ reader: inout FieldReader) throws(JSONFault) -> [PrefixGrade] {
    guard try !reader.cursor.takeNull() else { return [] }
    var prefixes: [PrefixGrade] = []
    _ = try reader.array("a list of prefixes") { reader, _ throws(JSONFault) in
      var prefix = PrefixGrade(bootBudget: .none)
      let before = reader.faults.count
      _ = try reader.object(GradeKey.prefixTable) { reader, index throws(JSONFault) in
        switch GradeKey.allCases[index] {
        case .bootBudget: prefix.bootBudget = try reader.budget() ?? .none
        case .answer: prefix.answer = try names.read(&reader, mayBeEmpty: true)
        case .score: prefix.score = try scoreRange.read(&reader)
        }
      }
      if prefix.bootBudget == .none, reader.faults.count == before {
        reader.report(.missing(expected: FieldReader.budgetWords), key: GradeKey.bootBudget.rawValue)
      }
      prefixes.append(prefix)
    }
    return prefixes
  }
}
