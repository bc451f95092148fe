"""Holds a live run to its prediction; what `run --check --format json` printed is the last line of the file.

    check_live.py FILE equal|measured
"""

import json
import sys

path, kind = sys.argv[1:3]
report = json.loads(open(path, encoding="utf-8").read().splitlines()[-1])
assert report["format"] == "lightreplay.run-check/1", report
assert report["queries"] >= 6 and not report["unpredicted"], report
# Calls of the same kind made again say and cost the same; a continuation is a new call.
new = set() if kind == "equal" else {"continuation", "merge"}
later = set() if kind == "equal" else {"completion", "merge"}
for role, texts in report["texts"].items():
    if role not in new:
        assert texts["same"] == texts["compared"], (role, texts)
for stage, tokens in report["stages"].items():
    if stage not in later:
        assert tokens["predicted"] == tokens["live"], (stage, tokens)
if kind == "equal":
    for name in ("tokens", "dollars"):
        figure = report["figures"][name]
        assert figure["difference"] == figure["low"] == figure["high"] == 0, (name, figure)
print(f"{path}: {kind}")
for name, figure in report["figures"].items():
    print(
        f"  {name:8} predicted {figure['predicted']:.6g}, live {figure['live']:.6g}, "
        f"difference {figure['difference']:.3g} ({figure['low']:.3g} to {figure['high']:.3g})"
    )
for stage, tokens in report["stages"].items():
    print(f"  {stage:10} predicted {tokens['predicted']}, live {tokens['live']}")
for role, texts in report["texts"].items():
    print(f"  {role:12} {texts['same']} of {texts['compared']} texts the same")
