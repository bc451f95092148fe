extension SignatureLab {
  /// One lab for each signature.
  static let all = [
    homogeneousPool, selectorNoBetterThanRandom, bootUninformative, bootCoversAnswers, selectionOverhead,
    mergeBelowBestSingle, hiddenReasoning, coverageTooSmall, estimatedTokens,
  ]

  /// Null: m0 is best, and on 2 % of the queries only m1 is right, so hindsight gains exactly the threshold.
  private static let homogeneousPool = SignatureLab(
    code: "homogeneous-pool",
    null: { draws in
      let base = draws.score(0.7)
      let rescue = draws.unit() < 0.02 / 0.3
      let weaker = draws.unit() < 0.1 ? 0 : base
      return Query(scores: [base, base == 0 && rescue ? 1_000_000 : weaker, weaker, weaker])
    },
    failing: { draws in
      let base = draws.score(0.7)
      return Query(scores: [base, base, base, base])
    })

  /// Null: one order in ten is perfect, the others random: D = 0.1, the threshold.
  private static let selectorNoBetterThanRandom = SignatureLab(
    code: "selector-no-better-than-random",
    null: { draws in
      let scores = draws.scores(0.5, 0.5, 0.5, 0.5)
      return Query(scores: scores, boot: draws.order(scores, sorted: 0.1))
    },
    failing: { draws in
      let scores = draws.scores(0.5, 0.5, 0.5, 0.5)
      return Query(scores: scores, boot: draws.order(scores, sorted: 0))
    })

  /// Null: D = 0.3 at the boot budget, 0.6 in full: just half.
  private static let bootUninformative = SignatureLab(
    code: "boot-uninformative",
    null: { draws in
      let scores = draws.scores(0.5, 0.5, 0.5, 0.5)
      return Query(
        scores: scores, boot: draws.order(scores, sorted: 0.3), full: draws.order(scores, sorted: 0.6))
    },
    failing: { draws in
      let scores = draws.scores(0.5, 0.5, 0.5, 0.5)
      return Query(
        scores: scores, boot: draws.order(scores, sorted: 0), full: draws.order(scores, sorted: 0.8))
    })

  /// Null: half of the answers end within 50 tokens.
  private static let bootCoversAnswers = SignatureLab(
    code: "boot-covers-answers",
    null: { draws in
      Query(
        scores: draws.scores(0.5, 0.5, 0.5, 0.5), outputs: (0..<4).map { _ in draws.unit() < 0.5 ? 40 : 200 })
    },
    failing: { draws in
      Query(
        scores: draws.scores(0.5, 0.5, 0.5, 0.5), outputs: (0..<4).map { _ in draws.unit() < 0.9 ? 40 : 200 })
    })

  /// Null: two winners read 100 + 50 tokens again, two losers save 200 − 50 on average.
  private static let selectionOverhead = SignatureLab(
    code: "selection-overhead",
    null: { draws in
      let scores = draws.scores(0.5, 0.5, 0.5, 0.5)
      return Query(
        scores: scores, outputs: (0..<4).map { _ in 100 + Int32(draws.unit() * 201) },
        boot: draws.order(scores, sorted: 0))
    },
    failing: { draws in
      let scores = draws.scores(0.5, 0.5, 0.5, 0.5)
      return Query(
        scores: scores, outputs: (0..<4).map { _ in 60 + Int32(draws.unit() * 100) },
        boot: draws.order(scores, sorted: 0))
    })

  /// Null: the merge is right as often as m0, the best.
  private static let mergeBelowBestSingle = SignatureLab(
    code: "merge-below-best-single",
    null: { draws in
      let scores = draws.scores(0.7, 0.4, 0.4, 0.4)
      return Query(scores: scores, boot: draws.order(scores, sorted: 0.5), merged: draws.score(0.7))
    },
    failing: { draws in
      let scores = draws.scores(0.7, 0.4, 0.4, 0.4)
      return Query(scores: scores, boot: draws.order(scores, sorted: 0.5), merged: draws.score(0.4))
    })

  /// Null: every second call hides a fifth of its tokens: a tenth in all.
  private static let hiddenReasoning = SignatureLab(
    code: "hidden-reasoning",
    null: { draws in
      Query(
        scores: draws.scores(0.5, 0.5, 0.5, 0.5), hidden: (0..<4).map { _ in draws.unit() < 0.5 ? 40 : 0 })
    },
    failing: { draws in
      Query(
        scores: draws.scores(0.5, 0.5, 0.5, 0.5), hidden: (0..<4).map { _ in draws.unit() < 0.5 ? 150 : 20 })
    })

  /// Null: one ranking in a hundred is missing.
  private static let coverageTooSmall = SignatureLab(
    code: "coverage-too-small",
    null: { draws in
      let scores = draws.scores(0.5, 0.5, 0.5, 0.5)
      let order = draws.order(scores, sorted: 0)
      return Query(scores: scores, boot: draws.unit() < 0.01 ? nil : order, merged: draws.score(0.5))
    },
    failing: { draws in
      let scores = draws.scores(0.5, 0.5, 0.5, 0.5)
      let order = draws.order(scores, sorted: 0)
      return Query(scores: scores, boot: draws.unit() < 0.3 ? nil : order, merged: draws.score(0.5))
    })

  /// Null: one count in a hundred is estimated.
  private static let estimatedTokens = SignatureLab(
    code: "estimated-tokens",
    null: { draws in
      Query(scores: draws.scores(0.5, 0.5, 0.5, 0.5), isEstimated: (0..<4).map { _ in draws.unit() < 0.01 })
    },
    failing: { draws in
      Query(scores: draws.scores(0.5, 0.5, 0.5, 0.5), isEstimated: (0..<4).map { _ in draws.unit() < 0.5 })
    })
}
