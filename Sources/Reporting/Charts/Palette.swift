/// The colours of everything that is drawn, on light and on dark paper; people with any colour vision tell the series
/// apart (after Okabe and Ito, 2008).
package enum Palette {
  /// The first series, the second, and what stands in the background, on light paper.
  package static let blue: StaticString = "#0072b2"
  package static let vermilion: StaticString = "#c04d00"
  package static let grey: StaticString = "#8c959f"

  /// All of them as variables of a style sheet; `ChartStyle` and `PageStyle` use them by name.
  package static let variables: [StaticString] = [
    """
    :root{--paper:#fff;--ink:#1b1f24;--quiet:#57606a;--line:#d5dae0;--card:#f6f8fa;--accent:#0059a3;
    --c0:
    """,
    blue,
    """
    ;--c1:
    """,
    vermilion,
    """
    ;--c2:#00795a;--c3:#a8467f;--c4:#2a7f9e;--c5:#8a6100;--c6:#5c5c5c;--muted:
    """,
    grey,
    """
    ;
    --clear:#0f6b3a;--close:#8a5a00;--rough:#a1260d;--on-badge:#fff;--on-mark:#fff;--chosen-row:#fff3cd}
    @media (prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#e8eaed;--quiet:#a3adb8;--line:#373e47;--card:#1c2126;
    --accent:#7cc0ff;--c0:#5eb3ee;--c1:#ff9a57;--c2:#3ccb9e;--c3:#ee9ccb;--c4:#8fd3ff;--c5:#f2c14e;--c6:#cfcfcf;--muted:#7d8792;
    --clear:#5fd08f;--close:#f2c14e;--rough:#ff9a85;--on-badge:#14171a;--on-mark:#14171a;--chosen-row:#3a3110}}

    """,
  ]
}
