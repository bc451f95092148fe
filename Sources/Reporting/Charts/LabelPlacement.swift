/// Finds places for labels beside their points, so that none lies on another, on a mark or off the paper.
package struct LabelPlacement {
  package struct Box: Equatable {
    package let left: Double
    package let top: Double
    package let right: Double
    package let bottom: Double

    package init(left: Double, top: Double, right: Double, bottom: Double) {
      (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }

    package func overlaps(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    package func lies(in other: Box) -> Bool {
      left >= other.left && right <= other.right && top >= other.top && bottom <= other.bottom
    }
  }

  private let paper: Box
  private var taken: [Box]
  private let crossed: [Box]

  /// - Parameters:
  ///   - marks: the places of marks to keep clear of.
  ///   - lines: places that are crossed only where nothing else is free.
  package init(paper: Box, marks: [(x: Double, y: Double)], lines: [(x: Double, y: Double)] = []) {
    self.paper = paper
    func boxes(_ places: [(x: Double, y: Double)], _ half: Double) -> [Box] {
      places.map { Box(left: $0.x - half, top: $0.y - half, right: $0.x + half, bottom: $0.y + half) }
    }
    taken = boxes(marks, 4)
    crossed = boxes(lines, 1.5)
  }

  /// The place of a label's left end and base line; `nil` where there is no room.
  package mutating func place(_ text: String, beside x: Double, _ y: Double) -> (x: Double, base: Double)? {
    let width = Paper.width(text)
    let height = Paper.fontSize
    let boxes = [8.0, 16, 26].flatMap { distance in
      Self.corners(x, y, distance, width, height).map { left, top in
        Box(left: left, top: top, right: left + width, bottom: top + height)
      }
    }.filter { box in box.lies(in: paper) && !taken.contains(where: box.overlaps) }
    let free = boxes.first { box in !crossed.contains(where: box.overlaps) }
    guard let box = free ?? boxes.first else { return nil }
    taken.append(box)
    return (box.left, box.top + height * 0.8)
  }

  /// Left and top of a label around a mark: beside it, above, below, then at the corners.
  private static func corners(
    _ x: Double, _ y: Double, _ distance: Double, _ width: Double, _ height: Double
  ) -> [(Double, Double)] {
    let near = distance * 0.7
    return [
      (x + distance, y - height / 2), (x - distance - width, y - height / 2),
      (x - width / 2, y - distance - height), (x - width / 2, y + distance),
      (x + near, y - near - height), (x + near, y + near),
      (x - near - width, y - near - height), (x - near - width, y + near),
    ]
  }
}
