/// What a trace is about: its models, the candidate pool and the named selectors and aggregators.
package struct TraceHeader: Sendable, Equatable {
  /// The interchange version this program reads and writes.
  package static let format = "lightreplay.trace/1"

  package var name: String
  /// Every model a call may name, each once, in the order declared.
  package var models: [ModelDeclaration]
  /// Names of the candidates; ties in any ranking fall to this order. Omitted in a file = all models.
  package var pool: [String]
  package var selectors: [ToolDeclaration]
  package var aggregators: [ToolDeclaration]
  package var extra: RawJSON?

  package init(
    name: String, models: [ModelDeclaration], pool: [String]? = nil,
    selectors: [ToolDeclaration] = [], aggregators: [ToolDeclaration] = [], extra: RawJSON? = nil
  ) {
    self.name = name
    self.models = models
    self.pool = pool ?? models.map(\.name)
    self.selectors = selectors
    self.aggregators = aggregators
    self.extra = extra
  }
}

extension TraceHeader {
  /// The pool without the candidates that declare skills of which the query needs none, in pool order.
  package func activeCandidates(needing skills: [String]) -> [String] {
    let needed = Set(skills.map(ExactString.init))
    return pool.filter { name in
      let declared = declaration(of: name)?.skills ?? []
      return declared.isEmpty || declared.contains { needed.contains(ExactString($0)) }
    }
  }

  /// The model declared under a name.
  func declaration(of name: String) -> ModelDeclaration? {
    models.first { ExactString($0.name) == ExactString(name) }
  }
}

/// One model of a trace.
package struct ModelDeclaration: Sendable, Equatable {
  package var name: String
  /// The candidate is active only for queries that need one of these; empty = always active.
  package var skills: [String]
  /// How its endpoint continues a prefix; `nil` = as the policy says.
  package var continuation: DeclaredContinuation?
  package var extra: RawJSON?

  package init(
    name: String, skills: [String] = [], continuation: DeclaredContinuation? = nil, extra: RawJSON? = nil
  ) {
    self.name = name
    self.skills = skills
    self.continuation = continuation
    self.extra = extra
  }
}

/// How a model's endpoint continues a prefix, as a trace header declares it.
package enum DeclaredContinuation: String, Sendable, CaseIterable {
  /// It cannot: the model always restarts (Scheme.md, "Continuations").
  case none
  case reprompt, cached, stream, restart
}

/// A selector or aggregator by name, with the model behind it and its prompt.
package struct ToolDeclaration: Sendable, Equatable {
  package var name: String
  package var model: String?
  package var prompt: String?
  package var extra: RawJSON?

  package init(name: String, model: String? = nil, prompt: String? = nil, extra: RawJSON? = nil) {
    self.name = name
    self.model = model
    self.prompt = prompt
    self.extra = extra
  }
}

/// A JSON value kept exactly as it was written, on one line.
package struct RawJSON: Sendable, Hashable {
  package let text: String

  package init(text: String) { self.text = text }
}
