/// Which of the tokens are billed.
///
/// Where the paper's formula differs: `Billing` (output tokens only, never a recorded amount), `BootColumn` (no boots),
/// `CompletionColumn` (a chosen answer in full, whatever the continuation), `SchemeBill` (no rankings, no cancelled
/// streams), `SchemeWalk` (only the chosen candidates' tokens must be known), `BaselineReplay` (booked under completion).
package enum Accounting: String, Sendable, CaseIterable {
  /// Every billed token (Scheme.md, "Token accounting").
  case billed
  /// The paper's own formula, Σ_{i∈top-k} T_i + T_merge in output tokens only.
  case paper
}
