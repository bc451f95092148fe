import RoutingCore

/// The notebook (nbformat 4.5): it reads the tables beside it, recomputes means and recommendation, and draws.
struct NotebookDocument {
  let report: Report

  var json: JSONValue {
    .object([
      "nbformat": .integer(4), "nbformat_minor": .integer(5),
      "metadata": .object([
        "kernelspec": .object([
          "display_name": .string("Python 3"), "language": .string("python"), "name": .string("python3"),
        ]),
        "language_info": .object(["name": .string("python")]),
      ]),
      "cells": .array(cells.enumerated().map { cell($0.element, id: "cell-\($0.offset + 1)") }),
    ])
  }

  private enum Cell {
    case words(String)
    case code(String)
  }

  private var cells: [Cell] {
    [
      .words(opening), .code(settings), .code(NotebookCode.load),
      .words(
        "## Means, recomputed\n\nFrom the integers of `outcomes.csv`: exactly the means the program compares."
      ),
      .code(NotebookCode.means),
      .words(
        "## The recommendation, recomputed\n\nThe largest `S − λC`; of equal ones the cheaper, then the earlier in `tie_order`. The upper concave hull gives the regimes of λ."
      ),
      .code(NotebookCode.recommend), .code(NotebookCode.tryLambda),
      .words("## Score against cost"), .code(NotebookCode.scatter),
      .words("## Along k and B"), .code(NotebookCode.along),
      .words("## Cost by stage"), .code(NotebookCode.stages),
    ]
  }

  private var opening: String {
    let name = MarkdownText.escaped(ShownName.clipped(report.traceName))
    return """
      # LightReplay: \(name)

      Trace fingerprint `\(report.fingerprint)`, seed \(report.settings.seed), \(report.settings.replicates) replicates, \
      LightReplay \(report.version). Needs pandas and matplotlib. Every column is explained in `data_dictionary.csv`.
      """
  }

  private var settings: String {
    """
    COST_UNIT = "\(report.settings.costUnit.rawValue)"
    # Integer units of outcomes.csv in one cost unit.
    COST_SCALE = \(Int(report.settings.costUnit.scale))
    """
  }

  private func cell(_ cell: Cell, id: String) -> JSONValue {
    func lines(_ text: String) -> JSONValue {
      let parts = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      return .array(
        parts.enumerated().map { .string($0.offset < parts.count - 1 ? $0.element + "\n" : $0.element) })
    }
    switch cell {
    case .words(let text):
      return .object([
        "cell_type": .string("markdown"), "id": .string(id), "metadata": .object([:]), "source": lines(text),
      ])
    case .code(let text):
      return .object([
        "cell_type": .string("code"), "id": .string(id), "metadata": .object([:]), "source": lines(text),
        "execution_count": .null, "outputs": .array([]),
      ])
    }
  }
}
