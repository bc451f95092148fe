/// Mean similarity of the first-ranked prefix to the others', half to even in millionths.
///
/// Similarity as `consensus` takes it: the cosine of word counts; with `consensus:answer` 1 where the extracted
/// answers are the same and 0 where they differ or one is absent.
enum AgreementSignal {
  static func read(
    _ scope: RankingScope, _ ranking: RankingColumn, _ offset: Int, comparesAnswers: Bool
  ) -> SignalReading {
    let members = scope.members[offset]
    let first = Int(ranking.orders[offset * ranking.stride])
    var sum: Int128 = 0
    for other in members where other != first {
      let reading =
        comparesAnswers
        ? sameAnswer(scope, offset, first, other) : sameWords(scope, offset, first, other)
      switch reading {
      case .known(let similarity): sum += Int128(similarity)
      case .unknown(let gap): return .unknown(gap)
      }
    }
    return .known(Int64(FixedPoint.dividedHalfEven(sum, by: Int128(members.count - 1))))
  }

  private static func sameWords(_ scope: RankingScope, _ offset: Int, _ first: Int, _ other: Int)
    -> SignalReading
  {
    let similarity = scope.similarity(offset, first, other)
    guard similarity < 0 else { return .known(Int64(similarity)) }
    return .unknown(Gap(.noText, scope.hasText(offset, first) ? other : first))
  }

  private static func sameAnswer(_ scope: RankingScope, _ offset: Int, _ first: Int, _ other: Int)
    -> SignalReading
  {
    guard case .known(let own) = scope.answer(offset, first) else {
      return .unknown(Gap(.noPrefixAnswer, first))
    }
    guard case .known(let its) = scope.answer(offset, other) else {
      return .unknown(Gap(.noPrefixAnswer, other))
    }
    return .known(own >= 0 && own == its ? Int64(Score.unit) : 0)
  }
}
