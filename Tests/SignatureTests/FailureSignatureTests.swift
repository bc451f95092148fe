import RoutingCore
import Testing

extension SignatureLab: CustomTestStringConvertible {
  var testDescription: String { code }
}

/// Failure signatures against traces whose truth is known, with fixed seeds.
@Suite struct FailureSignatureTests {
  @Test("Every signature has a lab")
  func complete() {
    #expect(SignatureLab.all.map(\.code) == SignatureRegistry.all.map(\.code))
  }

  @Test("On traces at the edge of the failure it fires on at most one in twenty", arguments: SignatureLab.all)
  func null(lab: SignatureLab) async throws {
    var fired = 0
    for seed in 0..<1000 as Range<UInt64> {
      if try await lab.verdict(lab.null, queries: 100, seed: 1000 + 2 * seed) == .present { fired += 1 }
    }
    #expect(fired <= 50, "\(fired) of 1000")
  }

  @Test("It fires on every trace built to have the failure", arguments: SignatureLab.all)
  func failing(lab: SignatureLab) async throws {
    for seed in 0..<10 as Range<UInt64> {
      #expect(try await lab.verdict(lab.failing, queries: 1500, seed: 2 * seed) == .present, "seed \(seed)")
    }
  }

  @Test("With ten queries it cannot tell, whatever they say", arguments: SignatureLab.all)
  func tiny(lab: SignatureLab) async throws {
    for seed in 0..<5 as Range<UInt64> {
      #expect(try await lab.verdict(lab.failing, queries: 10, seed: 2 * seed) == .cannotTell)
    }
  }

  @Test("Far from the failure it says so, given enough queries")
  func absent() async throws {
    let healthy: @Sendable (inout Draws) -> SignatureLab.Query = { draws in
      let scores = draws.scores(0.6, 0.5, 0.5, 0.5)
      return SignatureLab.Query(
        scores: scores, outputs: [900, 900, 900, 900], boot: draws.order(scores, sorted: 0.6),
        full: draws.order(scores, sorted: 0.7), merged: draws.score(0.95))
    }
    for lab in SignatureLab.all {
      #expect(try await lab.verdict(healthy, queries: 600, seed: 4) == .absent, "\(lab.code)")
    }
  }
}
