import RoutingCore

/// Reads the first line of an interchange file.
struct HeaderDecoder {
  private var reader: FieldReader
  private var format: String?
  private var name: String?
  private var models: [ModelDeclaration]?
  private var pool: [String]?
  private var selectors: [ToolDeclaration] = []
  private var aggregators: [ToolDeclaration] = []
  private var extra: RawJSON?

  /// The header of a line, or what is wrong with it.
  static func decode(
    _ line: UnsafeBufferPointer<UInt8>
  ) -> (header: TraceHeader?, faults: [(field: String, fault: ImportFault)]) {
    var decoder = HeaderDecoder(reader: FieldReader(line: line))
    do throws(JSONFault) {
      let header = try decoder.header()
      return (decoder.reader.faults.isEmpty ? header : nil, decoder.reader.faults)
    } catch {
      let fault = ImportFault.malformed(error, column: decoder.reader.cursor.position + 1)
      return (nil, decoder.reader.faults + [(decoder.reader.field, fault)])
    }
  }

  private init(reader: FieldReader) { self.reader = reader }

  private mutating func header() throws(JSONFault) -> TraceHeader? {
    var isRecognised = false
    var reader = reader
    defer { self.reader = reader }
    guard
      try reader.object(
        HeaderKey.table,
        { reader, index throws(JSONFault) in
          if HeaderKey.allCases[index] == .format { isRecognised = true }
          try read(HeaderKey.allCases[index], &reader)
        })
    else { return nil }
    try reader.cursor.finish()
    guard isRecognised else {
      reader = FieldReader(replacing: reader, with: [("format", .noHeader)])
      return nil
    }
    return checked(&reader)
  }

  private mutating func read(_ key: HeaderKey, _ reader: inout FieldReader) throws(JSONFault) {
    switch key {
    case .format:
      format = try reader.text()
      if format != TraceHeader.format {
        let isVersion = format?.hasPrefix(TraceHeader.family) == true
        reader.reportUnfit(
          format.map(ImportFault.quoted) ?? "no text",
          expected: "'\(TraceHeader.format)'\(isVersion ? ", up to which this version reads" : "")")
      }
    case .name: name = try reader.name()
    case .models: models = try objects(&reader, "a list of models", Self.model)
    case .pool: pool = try reader.texts("a list of model names")
    case .selectors: selectors = try objects(&reader, "a list of selectors", Self.tool) ?? []
    case .aggregators:
      aggregators = try objects(&reader, "a list of aggregators", Self.tool) ?? []
    case .extra: extra = try reader.raw()
    }
  }

  /// An array of objects; elements that do not fit are reported and left out.
  private func objects<Element>(
    _ reader: inout FieldReader, _ expected: String,
    _ read: (inout FieldReader) throws(JSONFault) -> Element?
  ) throws(JSONFault) -> [Element]? {
    guard try !reader.cursor.takeNull() else { return nil }
    var elements: [Element] = []
    let isArray = try reader.array(expected) { reader, _ throws(JSONFault) in
      if let element = try read(&reader) { elements.append(element) }
    }
    return isArray ? elements : nil
  }

  private static func model(_ reader: inout FieldReader) throws(JSONFault) -> ModelDeclaration? {
    var model = ModelDeclaration(name: "")
    let before = reader.faults.count
    _ = try reader.object(ModelKey.table) { reader, index throws(JSONFault) in
      switch ModelKey.allCases[index] {
      case .name: model.name = try reader.name() ?? ""
      case .skills: model.skills = try reader.texts("a list of skills") ?? []
      case .continuation: model.continuation = try continuation(&reader)
      case .extra: model.extra = try reader.raw()
      }
    }
    guard reader.faults.count == before else { return nil }
    if model.name.isEmpty { reader.report(.missing(expected: "the model's name"), key: "name") }
    return model.name.isEmpty ? nil : model
  }

  private static func continuation(
    _ reader: inout FieldReader
  ) throws(JSONFault) -> DeclaredContinuation? {
    guard let text = try reader.text() else { return nil }
    let value = DeclaredContinuation(rawValue: text)
    if value == nil {
      let names = DeclaredContinuation.allCases.map(\.rawValue).joined(separator: ", ")
      reader.reportUnfit(ImportFault.quoted(text), expected: "one of \(names)")
    }
    return value
  }

  private static func tool(_ reader: inout FieldReader) throws(JSONFault) -> ToolDeclaration? {
    var tool = ToolDeclaration(name: "")
    let before = reader.faults.count
    _ = try reader.object(ToolKey.table) { reader, index throws(JSONFault) in
      switch ToolKey.allCases[index] {
      case .name: tool.name = try reader.name() ?? ""
      case .model: tool.model = try reader.name()
      case .prompt: tool.prompt = try reader.text()
      case .extra: tool.extra = try reader.raw()
      }
    }
    guard reader.faults.count == before else { return nil }
    if tool.name.isEmpty { reader.report(.missing(expected: "a name"), key: "name") }
    return tool.name.isEmpty ? nil : tool
  }

  // MARK: Rules

  private func checked(_ reader: inout FieldReader) -> TraceHeader? {
    guard reader.faults.isEmpty else { return nil }
    if name == nil { reader.report(.missing(expected: "the name of the trace"), key: "name") }
    guard let models else {
      reader.report(.missing(expected: "a list of models"), key: "models")
      return nil
    }
    guard let name else { return nil }
    let header = TraceHeader(
      name: name, models: models, pool: pool, selectors: selectors, aggregators: aggregators, extra: extra)
    for (field, fault) in HeaderRules.faults(in: header) { reader.report(fault, key: field) }
    return header
  }
}

extension TraceHeader {
  /// What the format's name has ahead of its version.
  static let family = "lightreplay.trace/"
}
