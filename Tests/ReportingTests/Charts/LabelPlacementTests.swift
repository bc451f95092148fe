import Reporting
import Testing

@Suite struct LabelPlacementTests {
  @Test("Labels lie on the paper, on no mark and on no other label", arguments: 1...20)
  func apart(seed: UInt64) {
    var random = SplitMix(state: seed)
    let paper = LabelPlacement.Box(left: 0, top: 0, right: 400, bottom: 200)
    let marks = (0..<15).map { _ in (x: Double(random.next() % 400), y: Double(random.next() % 200)) }
    var placement = LabelPlacement(paper: paper, marks: marks)
    var boxes: [LabelPlacement.Box] = []
    for (number, mark) in marks.enumerated() {
      let text = "label \(number)"
      guard let place = placement.place(text, beside: mark.x, mark.y) else { continue }
      let top = place.base - Paper.fontSize * 0.8
      boxes.append(
        .init(left: place.x, top: top, right: place.x + Paper.width(text), bottom: top + Paper.fontSize))
    }
    #expect(boxes.count >= 5)
    for (index, box) in boxes.enumerated() {
      #expect(box.lies(in: paper))
      for other in boxes[(index + 1)...] { #expect(!box.overlaps(other)) }
      for mark in marks {
        #expect(!(mark.x > box.left && mark.x < box.right && mark.y > box.top && mark.y < box.bottom))
      }
    }
  }

  @Test("Where there is no room there is no label")
  func full() {
    var placement = LabelPlacement(paper: .init(left: 0, top: 0, right: 30, bottom: 20), marks: [])
    #expect(placement.place("much too long for this", beside: 15, 10) == nil)
  }
}
