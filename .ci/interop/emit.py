"""Writes what the checks look at: WORKDIR/NAME.{policy,router,litellm}.yaml, NAME.KIND.json, and .jsonl for JSON Lines."""

import json
import pathlib
import subprocess
import sys

import documents
from union_trace import union

program, work = sys.argv[1], pathlib.Path(sys.argv[2])
data = pathlib.Path("../shared/data")


def run(*arguments, exit=0):
    """Runs the program, which must end with that code; returns its output."""
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != exit:
        sys.exit(f"lightreplay {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def emit(name, source, *flags, wishes):
    """A trace from `source`, and everything that is emitted from it: NAME-WISH.* for each wish."""
    trace = work / f"{name}.sqlite"
    run("import", "jsonl", source, "--trace", trace)
    run("inspect", trace, "--format", "json", "-o", work / f"{name}.inspect.json")
    run("sweep", trace, *flags, "--lambda", "0,100", "--format", "json", "-o", work / f"{name}.sweep.json")
    for wish, words in wishes.items():
        base = work / f"{name}-{wish}"
        run(
            *("recommend", trace, *flags, *words, "--format", "json", "-o", f"{base}.recommend.json"),
            *("--emit", f"{base}.policy.yaml", "--emit-vllm-semantic-router", f"{base}.router.yaml"),
            *("--emit-litellm", f"{base}.litellm.yaml"),
        )


emit(
    *("demo", "traces/demo.jsonl", "--prices", "traces/prices.yaml"),
    wishes={
        "score": ["--min-score", "95%"],
        "lambda": ["--lambda", "1e4"],
        "budget": ["--budget", "0.0001"],
        "fleet": ["--fleet-budget", "0.0001", "--share", "puzzles=0.3,sums=0.7"],
    },
)
# A fixed choice of two answers and a merge of them is what the routers can run.
emit(
    *("merged", "traces/demo.jsonl", "--prices", "traces/prices.yaml", "--selector", "prior", "--k", "2"),
    wishes={"best": ["--lambda", "0"]},
)
# The demonstration has no recorded order; that of its lines stands in.
ordered = work / "ordered.jsonl"
header, *queries = pathlib.Path("traces/demo.jsonl").read_text(encoding="utf-8").splitlines()
lines = [header] + [json.dumps(json.loads(line) | {"ordinal": place}) for place, line in enumerate(queries)]
ordered.write_text("\n".join(lines) + "\n", encoding="utf-8")
run("import", "jsonl", ordered, "--trace", work / "ordered.sqlite")
for name, words in {"seen": ["--rolling", "6"], "checked": ["--rolling", "20", "--check", "5"]}.items():
    run(
        *("whatif", work / "ordered.sqlite", "--prices", "traces/prices.yaml", "--lambda", "500", *words),
        *("--format", "json", "-o", work / f"{name}.whatif-rolling.json"),
    )
emit("tokens", "traces/demo.jsonl", "--cost-unit", "ktokens", wishes={"default": []})
documents.write(run, program, work)

real = [data / "gsm8k.jsonl.gz", data / "math-l5.jsonl.gz"]
if all(path.exists() for path in real):
    source = work / "real.jsonl"
    with open(source, "w", encoding="utf-8") as output:
        union(real, output)
    emit(
        *("real", source, "--prices", data / "prices.yaml", "--k", "1-4", "--boot", "100,full"),
        wishes={"score": ["--min-score", "98%"], "lambda": ["--lambda", "30"]},
    )
else:
    print("the recorded answers in ../shared/data are not on this machine: the made-up trace only")
print(f"{len(list(work.glob('*.yaml')))} configurations, {len(list(work.glob('*.json*')))} documents")
