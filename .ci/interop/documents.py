"""Documents of every format beside those of emit.py: WORKDIR/NAME.KIND.json, .jsonl for JSON Lines."""

import importlib.util
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys

import yaml
from samples import LEAST, LIVE, MOST, SCORER

demo, prices = "traces/demo.jsonl", ("--prices", "traces/prices.yaml")


def write(run, program, work):
    """`run(arguments…, exit=code)` runs the program; `work` has demo.sqlite and what emit.py made of it."""

    def document(name, *arguments, exit=0):
        run(*arguments, "--format", "json", "-o", work / f"{name}.json", exit=exit)

    # Copies, for replays keep similarities in a trace.
    names = {"local": "local-llms.sqlite", "sampled": "local-llms-sampling.sqlite"}
    trace = work / "demo.sqlite"
    local, sampled = (shutil.copy(f"traces/{file}", work / f"{name}.sqlite") for name, file in names.items())
    fits(document, trace, local, sampled)
    sweeps(run, document, work, trace)
    choices(document, trace, local)
    policies(document, work, trace, local)
    price_lists(document, work)
    grades(document, work, trace)
    traces(run, document, work, {"demo": trace, "local": local, "sampled": sampled})
    partials(run, work, trace, sampled)
    live(run, program, work)


def write_lines(path, lines):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def fits(document, trace, local, sampled):
    for along, words in {"k": ["--boot", "20"], "boot": ["--variance"]}.items():
        document(f"{along}.fit", "fit", trace, "--along", along, *words, *prices, "--lambda", "500")
    document("layers.fit", "fit", local, "--along", "layers", "--aggregator", "recorded:merger")
    document("samples.fit", "fit", sampled, "--variance", "--samples", "all")
    table = ["fit", "--csv", "traces/learning.csv", "--x", "tokens", "--y", "score"]
    document("table.fit", *table, "--sigma", "se")
    document("plain.fit", *table, "--family", "power")


def sweeps(run, document, work, trace):
    """Those of adaptive policies, and of a trace with gaps."""
    adaptive = [trace, *prices, "--k", "1,3,1|3@agreement:0.8,1|3@agreement:q0.5"]
    strict = ["--min-score", "0.7", "--max-latency-p95", "8s", "--confidence", "0.6"]
    document("adaptive.sweep", "sweep", *adaptive, "--lambda", "100")
    document("adaptive.recommend", "recommend", *adaptive, "--lambda", "100")
    document("early.recommend", "recommend", trace, *prices, "--k", "1|3@agreement:q0.5", "--lambda", "100")
    document("strict.recommend", "recommend", *adaptive, *strict, "--emit", work / "strict.policy.yaml")
    # What only one of the two workloads can do.
    document("unmet.recommend", "recommend", trace, *prices, "--budget", "0.0000054", exit=2)
    header, *queries = map(json.loads, pathlib.Path(demo).read_text(encoding="utf-8").splitlines())
    for query in queries[::10]:
        del query["merges"]
    write_lines(work / "gaps.jsonl", [header, *queries])
    run("import", "jsonl", work / "gaps.jsonl", "--trace", work / "gaps.sqlite")
    document("gaps.sweep", "sweep", work / "gaps.sqlite", *prices, "--min-coverage", "0.5")


def choices(document, trace, local):
    whatif = ["whatif", trace, *prices, "--lambda", "500"]
    document("turns.whatif", *whatif, "--price", "lark=x20", "--traffic", "2e6/day")
    document("stays.whatif", *whatif, "--price", "lark=x1.01", "--break-even", "heron")
    document("several.whatif", *whatif, "--price", "stork=x0.1", "--drop", "lark", "--then-continuation", "stream")
    document("missing.whatif", "whatif", local, "--prices", "traces/local-llms/prices.yaml", "--drop", "small-line")
    document("nothing.whatif", "whatif", trace, *prices, "--budget", "1e-9", "--price", "lark=x0.5", exit=2)
    wishes = {"one": ["--workload", "sums"], "both": ["--min-score", "95%"], "fleet": ["--fleet-budget", "0.0001"]}
    for name, words in wishes.items():
        document(f"{name}.report", "report", trace, *prices, *words)
    document("nothing.report", "report", trace, *prices, "--budget", "1e-9", exit=2)
    document("adaptive.report", "report", trace, *prices, "--k", "1-3,1|3@agreement:q0.5", "--lambda", "100")
    document("demo.calibrate", "calibrate", trace, *prices)
    document("local.calibrate", "calibrate", local, "--cost-unit", "tokens")


def policies(document, work, trace, local):
    policy = work / "demo-score.policy.yaml"
    check = ["policy", "validate", policy]
    document("file.policy-check", *check)
    document("holds.policy-check", *check, "--trace", trace)
    document("cannot.policy-check", *check, "--trace", local, "--prices", "traces/local-llms/prices.yaml", exit=1)
    for other in ["demo-score", "demo-budget", "demo-fleet", "tokens-default", "merged-best"]:
        document(f"{other}.policy-diff", "policy", "diff", policy, work / f"{other}.policy.yaml")


def price_lists(document, work):
    document("book.prices", "prices", "show", "traces/prices.yaml")
    document("paper.prices", "prices", "show", "paper-2505.16221")
    package = pathlib.Path(importlib.util.find_spec("litellm").origin).parent
    published = package / "model_prices_and_context_window_backup.json"
    document("list.prices", "prices", "show", published, "--model", "gpt-4")
    dearer = work / "dearer.yaml"
    dearer.write_text("prices: {lark: {input: 0.07, output: 0.2}, heron: {input: 0.15, output: 0.6}, new: 1}\n")
    free = work / "free.yaml"
    free.write_text("{date: 2026-11-21, prices: {lark: 0}}\n")
    document("dearer.prices-diff", "prices", "diff", "traces/prices.yaml", dearer)
    document("free.prices-diff", "prices", "diff", free, dearer)


def grades(document, work, trace):
    graded = work / "graded.sqlite"
    shutil.copy(trace, graded)
    grade = ["grade", graded, "--grader"]
    document("compared.grade", *grade, "contains", "--compare", "--list", "3")
    document("cut.grade", *grade, "number", "--prefixes", "10", "--set-default")
    scorer = work / "scorer.py"
    scorer.write_text(SCORER)
    document("failed.grade", *grade, "command", "--compare", "--list", "2", sys.executable, scorer)


def traces(run, document, work, recorded):
    """Interchange as it is written, and the least and the most that is read; previews and verifications."""
    for name, path in recorded.items():
        run("export", "jsonl", path, "-o", work / f"{name}.trace.jsonl")
    for name, lines in {"least": LEAST, "most": MOST}.items():
        write_lines(work / f"{name}.trace.jsonl", lines)
        run("import", "jsonl", work / f"{name}.trace.jsonl", "--trace", work / f"{name}.sqlite")
        document(f"{name}.import-preview", "import", "jsonl", work / f"{name}.trace.jsonl", "--dry-run")
    document("demo.import-preview", "import", demo, "--dry-run")
    document("whole.verify", "verify", recorded["demo"])
    damaged = work / "damaged.sqlite"
    shutil.copy(recorded["demo"], damaged)
    with sqlite3.connect(damaged) as database:
        database.execute("UPDATE calls SET output_tokens = output_tokens + 1 WHERE id = 1")
    document("damaged.verify", "verify", damaged, exit=1)


def partials(run, work, trace, sampled):
    # So few groups that some replicate must be drawn again.
    header, *queries = map(json.loads, pathlib.Path(demo).read_text(encoding="utf-8").splitlines())
    write_lines(work / "few.jsonl", [header] + [query | {"group": "g"} for query in queries[:2]])
    run("import", "jsonl", work / "few.jsonl", "--trace", work / "few.sqlite")
    tools = ["--selector", "consensus", "--aggregator", "vote"]
    sweeps = {
        "demo": [trace, *prices, "--lambda", "0,100", "--k", "1-2,1|3@agreement:0.5"],
        "one": [trace, "--workload", "sums", "--cost-unit", "tokens", "--replicates", "200"],
        "few": [work / "few.sqlite", "--cost-unit", "tokens", "--replicates", "200"],
        "sampled": [sampled, "--samples", "all", "--cost-unit", "ktokens"],
    }
    for name, words in sweeps.items():
        packed = work / f"{name}.partial"
        run("sweep", *words, *tools, "--partial", "-o", packed)
        with open(work / f"{name}.partial.jsonl", "wb") as lines:
            subprocess.run(["zstd", "-dqc", packed], stdout=lines, check=True)


def live(run, program, work):
    """A recording by the scripted model of the tests, and runs of a policy on it."""
    server = pathlib.Path(program).with_name("lightreplay-testserver")
    if not server.exists():
        sys.exit(f"{server} is missing: swift build -c release --product {server.name}")
    config, prompts, book = work / "live.yaml", work / "prompts.jsonl", work / "live-prices.yaml"
    rows = [
        {"query": f"q{i}", "workload": "sums", "prompt": f"What is {i} and {7 * i}?", "reference": f"{i}"}
        for i in range(6)
    ]
    write_lines(prompts, rows)
    book.write_text("prices: {ant: 1, bee: 1, cat: {input: 2, output: 4}, owl: 3}\n")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([server, "--until-stdin-closes"], **pipes, text=True) as model:
        config.write_text(LIVE % (model.stdout.readline().strip(), prompts))
        trace, policy = work / "live.sqlite", work / "live.policy.yaml"
        run("record", config, "--trace", trace)
        run("grade", trace, "--grader", "number")
        run("export", "jsonl", trace, "-o", work / "live.trace.jsonl")
        run("recommend", trace, "--prices", book, "--lambda", "0", "--emit", policy)
        # Whatever is recommended: a policy with calls at every stage of two layers.
        content = yaml.safe_load(policy.read_text())
        for decision in [*content["workloads"], content["default"]]:
            for key in decision.keys() - {"match", "expected"}:
                del decision[key]
            decision |= {
                "policy": "k=2,boot=4,layers=2,selector=recorded,aggregator=recorded",
                "selector": {"id": "recorded", "name": "ranker"},
                "aggregator": {"id": "recorded", "name": "merger"},
            }
        policy.write_text(yaml.safe_dump(content))
        # A query without merges of two is not predicted.
        lines = list(map(json.loads, (work / "live.trace.jsonl").read_text().splitlines()))
        lines[-1]["merges"] = [merge for merge in lines[-1]["merges"] if len(merge["members"]) > 2]
        write_lines(work / "partly.jsonl", lines)
        run("import", "jsonl", work / "partly.jsonl", "--trace", work / "partly.sqlite")
        for name, known, count in [("whole", trace, 6), ("partly", work / "partly.sqlite", 6), ("one", trace, 1)]:
            write_lines(prompts, rows[:count])
            words = ["--prompts", prompts, "--check", known, "--grader", "number", "--format", "json"]
            lines = run("run", policy, "--config", config, *words).splitlines()
            (work / f"{name}.run-check.json").write_text(lines[-1])
        model.stdin.close()
