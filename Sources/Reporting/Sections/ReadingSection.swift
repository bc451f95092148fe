/// The words of a report.
struct ReadingSection: ReportSection {
  let title = "How to read this"

  func blocks(_ report: Report) -> [ReportBlock] {
    [
      .list([
        [
          .strong("k, B, l"),
          .text(": candidates that finish, tokens each writes before it is ranked, layers."),
        ],
        [
          .strong("score"),
          .text(": mean grade of the answers, from 0 to 1; for right or wrong, the share that is right."),
        ],
        [
          .strong("λ"),
          .text(
            ": how much score a unit of cost is worth. The policy with the largest score − λ · cost is taken; at 0 cost does not matter."
          ),
        ],
        [.strong("frontier"), .text(": no policy that may be recommended scores as much for less.")],
        [
          .strong("hull"),
          .text(
            ": the policies that are best for some λ; between two of them a mixture of both does as well."),
        ],
        [
          .strong("not chosen on"),
          .text(
            ": cross-validation; the policy is chosen on nine tenths of the queries and scored on the last tenth."
          ),
        ],
        [
          .strong("95 % interval, low and high"),
          .text(
            ": where the mean lies in 95 % of the bootstrap resamples of the queries; differences are paired."
          ),
        ],
      ])
    ]
  }
}
