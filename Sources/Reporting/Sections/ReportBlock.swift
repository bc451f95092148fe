/// A part of a report, whatever it is written as.
enum ReportBlock: Sendable {
  case heading(String)
  case paragraph([ReportSpan])
  case list([[ReportSpan]])
  /// A word of judgement with its reason.
  case verdict(level: String, word: String, [ReportSpan])
  /// Figures that belong together.
  case facts([ReportFact])
  case table(ReportTable)
  case chart(ReportChart)
  /// The choice of λ by hand; formats that cannot move leave it out.
  case explorer(ExplorerData)
}

/// A run of text.
enum ReportSpan: Sendable {
  case text(String)
  case strong(String)
  /// A policy id, a flag or a fingerprint, as it is typed.
  case code(String)
  /// A name from the trace.
  case name(String)
}

struct ReportFact: Sendable {
  let label: String
  let value: String
  let note: String
}

/// A table of text.
struct ReportTable: Sendable {
  /// What the table is about.
  var caption: String
  var columns: [Column]
  var rows: [Row] = []

  struct Column: Sendable {
    let heading: String
    var isNumber = true
  }

  struct Row: Sendable {
    let cells: [String]
    var isChosen = false
  }

  init(_ caption: String, _ columns: [Column]) {
    self.caption = caption
    self.columns = columns
  }

  mutating func append(_ cells: [String], isChosen: Bool = false) {
    precondition(cells.count == columns.count, "one cell per column")
    rows.append(Row(cells: cells, isChosen: isChosen))
  }
}

/// A chart with the numbers behind it.
struct ReportChart: Sendable {
  enum Figure: Sendable {
    case plot(PlotFigure)
    case bars(BarFigure)
  }

  let figure: Figure
  let table: ReportTable
  /// Vega-Lite over the table's columns.
  let specification: JSONValue

  var title: String {
    switch figure {
    case .plot(let plot): plot.title
    case .bars(let bars): bars.title
    }
  }

  /// Wider than customary.
  var isLarge: Bool {
    if case .plot(let plot) = figure { plot.width > Paper.customaryWidth } else { false }
  }

  var drawing: MarkupNode {
    switch figure {
    case .plot(let plot): PlotDrawing(plot).node
    case .bars(let bars): BarDrawing(bars).node
    }
  }
}

extension ReportTable.Column: ExpressibleByStringLiteral {
  init(stringLiteral heading: String) { self.init(heading: heading) }

  static func text(_ heading: String) -> Self { Self(heading: heading, isNumber: false) }
}
