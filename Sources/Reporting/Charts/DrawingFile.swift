/// A plot as a picture of its own: SVG that any browser shows, in light and dark.
struct DrawingFile {
  let figure: PlotFigure

  var text: String {
    guard case .element(_, let attributes, let children) = PlotDrawing(figure).node else { return "" }
    let paper = MarkupNode.element(
      "rect", ["class": "paper", "width": "100%", "height": "100%"])
    let drawing = MarkupNode.element(
      "svg", attributes: [(name: "xmlns", value: "http://www.w3.org/2000/svg")] + attributes,
      children: [
        .element("title", text: figure.title), .style(Palette.variables + [PageStyle.drawing]), paper,
      ] + children)
    return drawing.markup + "\n"
  }
}
