/// A column kept in the blocks it was computed in, so that putting it together copies nothing.
package struct BlockedColumn<Element: Sendable>: Sendable, RandomAccessCollection {
  private let blocks: [ContiguousArray<Element>]
  /// log₂ of the rows of every block but the last.
  private let shift: Int
  package let count: Int

  /// - Parameter blocks: of `blockRows` entries each, a power of two; the last may be shorter.
  init(_ blocks: [ContiguousArray<Element>], blockRows: Int) {
    precondition(blockRows.nonzeroBitCount == 1, "blocks are found by shifting")
    self.blocks = blocks
    shift = blockRows.trailingZeroBitCount
    count = blocks.reduce(0) { $0 + $1.count }
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  package subscript(position: Int) -> Element {
    blocks[position &>> shift][position & (1 &<< shift &- 1)]
  }
}

extension BlockedColumn: Equatable where Element: Equatable {
  package static func == (left: BlockedColumn, right: BlockedColumn) -> Bool { left.elementsEqual(right) }
}
