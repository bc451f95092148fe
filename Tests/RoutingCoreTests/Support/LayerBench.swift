import RoutingCore

/// The worked example with what three and four layers and the progressive schedule need.
enum LayerBench {
  /// Completion: layer 3 has a merge of m1 and m3 (250·20 + 25·80 = 7000, 1.5 s, score 0.8) and refinements
  /// m1 400·10 + 40·20 = 4800 (3.0 s) and m3 390 + 30·4 = 510 (2.5 s).
  static let sketch = Bench.sketch.changing { calls in
    calls += [
      refinement("m1", of: "m1 m3", in: 400, out: 40, took: 3, answer: "5", score: 950_000),
      refinement("m3", of: "m1 m3", in: 390, out: 30, took: 2.5, answer: "6", score: 400_000),
      merge("m1 m3", layer: 3, in: 250, out: 25, took: 1.5, score: 800_000),
    ]
  }

  /// `2>1`: layer 2 is ranked again over full answers (10·20 + 1·80 = 280, 0.125 s; m1 first), and m1 writes
  /// alone at layer 3 (410·10 + 7·20 = 4240, 0.75 s) and 4 (420·10 + 8·20 = 4360, 0.5 s).
  static let shrinking = sketch.changing { calls in
    calls += [
      ranking("m1 m3", boot: .full, layer: 2, in: 10, out: 1, took: 0.125),
      refinement("m1", of: "m1", in: 410, out: 7, took: 0.75, answer: "5", score: 960_000),
      refinement("m1", of: "m1", layer: 4, in: 420, out: 8, took: 0.5, answer: "5", score: 970_000),
    ]
  }

  /// Progressive at B = 20: merges at layers 1 (70·20 + 9·80 = 2120, 0.5 s), 2 (71·20 + 8·80 = 2060, 0.6 s)
  /// and 3 (72·20 + 7·80 = 2000, 0.7 s, score 0.65); refinements at layer 2, m1 120 in and 45 out (3.0 s), m3 90
  /// in and 4 out (1.0 s), and at layer 3, m1 125 in and 44 out (2.8 s), m3 95 in and 33 out (2.0 s).
  static let progressive = Bench.sketch.changing { calls in
    let boot = BootBudget.tokens(20)
    calls += [
      merge("m1 m3", layer: 1, boot: boot, in: 70, out: 9, took: 0.5, score: 300_000),
      refinement("m1", of: "m1 m3", layer: 2, boot: boot, in: 120, out: 45, took: 3),
      refinement("m3", of: "m1 m3", layer: 2, boot: boot, in: 90, out: 4, took: 1),
      merge("m1 m3", layer: 2, boot: boot, in: 71, out: 8, took: 0.6, score: 350_000),
      refinement("m1", of: "m1 m3", boot: boot, in: 125, out: 44, took: 2.8, answer: "5", score: 850_000),
      refinement("m3", of: "m1 m3", boot: boot, in: 95, out: 33, took: 2, answer: "5", score: 150_000),
      merge("m1 m3", layer: 3, boot: boot, in: 72, out: 7, took: 0.7, score: 650_000),
    ]
  }
}
