"""Times the program against numpy, Polars, DuckDB and a plain pandas loop; see Benchmarks in the documentation.

Usage: bench.py [QUERIES ...]   (default 10000 100000 1000000)
"""
import json, os, sqlite3, subprocess, sys, tempfile, time
import duckdb, numpy, pandas, polars

PROGRAM, BENCH = ".build/release/lightreplay", ".build/release/lightreplay-bench"
REPLICATES, POLICIES = 2000, 30
GRID = ["--cost-unit", "tokens", "--k", "1-3", "--boot", "50,100,200,400,full", "--layers", "2",
        "--selector", "length", "--aggregator", "vote,first"]
THREADS = str(os.cpu_count() or 1)


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True)


# A child begins with the memory of whoever starts it, so a small interpreter starts the program and reports.
MEASURE = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - start, usage.ru_maxrss * 1024, status)
"""


def peak_memory(*command):
    """Seconds and peak resident bytes of a command."""
    seconds, memory, status = run(sys.executable, "-S", "-c", MEASURE, *command).stdout.split()
    assert status == "0", command
    return float(seconds), int(memory)


def row(name, *cells):
    print("| " + " | ".join([name, *cells]) + " |", flush=True)


def figures(text):
    return {name: float(value) for name, value in (line.split("\t") for line in text.splitlines())}


def numpy_bootstrap(queries):
    """Only the bootstrap: Poisson weights and two weighted sums per policy, outcomes being in memory already."""
    random = numpy.random.default_rng(1)
    outcomes = random.integers(0, 1000, (queries, 2 * POLICIES)).astype(numpy.float64)
    block = max(1, 20_000_000 // queries)

    def work():
        for start in range(0, REPLICATES, block):
            weights = random.poisson(1, (min(block, REPLICATES - start), queries)).astype(numpy.float64)
            weights @ outcomes
    return timed(work)[0]


def table(trace):
    """The responses in memory, for others."""
    rows = sqlite3.connect(trace).execute(
        "SELECT query_id, model, score / 1000000, answer_id, input_tokens + output_tokens FROM calls ORDER BY id")
    return pandas.DataFrame(rows.fetchall(), columns=["query", "model", "score", "answer", "cost"])


VOTES = """
WITH chosen AS (SELECT k, query, model, score, answer, cost FROM calls, range(1, 6) ks(k) WHERE model < k),
votes AS (SELECT k, query, answer, count(*) AS n, min(model) AS earliest, any_value(score) AS score FROM chosen GROUP BY ALL),
winners AS (SELECT k, query, arg_max(score, (n, -earliest)) AS score FROM votes GROUP BY ALL),
costs AS (SELECT k, query, sum(cost) AS cost FROM chosen GROUP BY ALL)
SELECT k, avg(score), avg(cost) FROM winners JOIN costs USING (k, query) GROUP BY k ORDER BY k
"""


def duckdb_votes(frame):
    connection = duckdb.connect()
    connection.register("frame", frame)
    connection.execute("CREATE TABLE calls AS SELECT * FROM frame")
    return timed(lambda: connection.execute(VOTES).fetchall())


def polars_votes(frame):
    calls = polars.DataFrame({name: frame[name].to_numpy() for name in frame.columns})

    def work():
        rows = []
        for k in range(1, 6):
            chosen = calls.filter(polars.col("model") < k)
            votes = chosen.group_by("query", "answer").agg(
                polars.len().alias("n"), polars.col("model").min().alias("first"), polars.col("score").first())
            winners = votes.sort(["query", "n", "first"], descending=[False, True, False]).group_by("query").first()
            costs = chosen.group_by("query").agg(polars.col("cost").sum())
            rows.append((k, winners["score"].mean(), costs["cost"].mean()))
        return rows
    return timed(work)


def pandas_votes(frame):
    """Query by query, as published routing benchmarks do."""
    def work():
        totals = {k: [0.0, 0.0] for k in range(1, 6)}
        groups = frame.groupby("query")
        for _, calls in groups:
            for k in range(1, 6):
                chosen = calls.iloc[:k]
                answers = list(chosen["answer"])
                winner = max(range(k), key=lambda place: (answers.count(answers[place]), -answers.index(answers[place])))
                totals[k][0] += chosen["score"].iloc[winner]
                totals[k][1] += chosen["cost"].sum()
        return [(k, score / len(groups), cost / len(groups)) for k, (score, cost) in totals.items()]
    return timed(work)


def agree(left, right):
    """Whether two lists of (k, mean score, mean cost) are the same but for rounding."""
    return len(left) == len(right) and all(
        abs(float(a) - float(b)) <= 1e-9 * max(1, abs(float(b))) for one, two in zip(left, right) for a, b in zip(one, two))


def main():
    sizes = [int(text) for text in sys.argv[1:]] or [10_000, 100_000, 1_000_000]
    peaks = figures(run(BENCH, "peaks", THREADS).stdout)
    print(f"{THREADS} threads; bootstrap loop {peaks['multiply_adds_per_s'] / 1e9:.0f} G multiply-adds/s, "
          f"{peaks['draws_per_s'] / 1e9:.2f} G weights/s, memory {peaks['memory_bytes_per_s'] / 1e9:.0f} GB/s\n")
    with tempfile.TemporaryDirectory() as folder:
        for queries in sizes:
            trace = os.path.join(folder, f"{queries}.sqlite")
            lines = os.path.join(folder, f"{queries}.jsonl")
            run(PROGRAM, "synth", "--queries", str(queries), "-o", trace)
            run(PROGRAM, "export", "jsonl", trace, "-o", lines)
            print(f"### {queries:,} queries, 5 candidates\n")
            row("work", "seconds", "beside")
            row("---", "---:", "---")
            fresh = os.path.join(folder, "import.sqlite")
            ours, _ = timed(lambda: run(PROGRAM, "import", "jsonl", lines, "--trace", fresh))
            os.remove(fresh)
            theirs, _ = timed(lambda: duckdb.connect(os.path.join(folder, "d.duckdb")).execute(
                f"CREATE OR REPLACE TABLE t AS SELECT * FROM read_json_auto('{lines}', format='newline_delimited', "
                "ignore_errors=true)"))
            row("import of JSON Lines", f"{ours:.2f}", f"DuckDB `read_json` {theirs:.2f}")
            sweep = [PROGRAM, "sweep", trace, *GRID, "--replicates", str(REPLICATES), "--threads", THREADS,
                     "--format", "json", "-o", os.path.join(folder, "sweep.json")]
            first, _ = peak_memory(*sweep)
            again, memory = peak_memory(*sweep)
            bootstrap = numpy_bootstrap(queries)
            row(f"`sweep`, {POLICIES} policies and 8 baselines, {REPLICATES} replicates, whole command",
                f"{again:.2f} (first time {first:.2f})", f"numpy, bootstrap of 30 policies only {bootstrap:.2f}")
            stages = figures(run(BENCH, "stages", trace, str(REPLICATES), THREADS).stdout)
            policies = POLICIES + 8
            columns = queries * 5 * 59 / peaks["memory_bytes_per_s"]
            products = REPLICATES * queries * (2 * policies + 1) / peaks["multiply_adds_per_s"]
            weights = REPLICATES * queries / peaks["draws_per_s"]
            row("· load", f"{stages['load']:.2f}", f"columns at memory speed {columns:.3f}")
            row("· replay, sums, summary", f"{stages['replay']:.2f}",
                f"{stages['replay'] / queries / policies * 1e9:.0f} ns a query and policy")
            row("· bootstrap", f"{stages['bootstrap']:.2f}", f"multiply-adds {products:.2f} and weights {weights:.2f} at their peak")
            limit = products + columns
            row("· its limit: multiply-adds at their peak, columns at memory speed", f"{limit:.2f}",
                f"whole command {again / limit:.1f} times that; {again / (limit + weights):.1f} times with weights counted")
            row("· peak memory", f"{memory / 1e6:.0f} MB", f"{memory / queries / 5:.0f} bytes per query and candidate")
            recommend = [PROGRAM, "recommend", trace, *GRID, "--lambda", "0.00001", "--threads", THREADS, "--format", "json",
                         "-o", os.path.join(folder, "recommend.json")]
            seconds, _ = peak_memory(*recommend)
            row("`recommend`, same grid, held out in ten folds", f"{seconds:.2f}", "")
            frame = table(trace)
            votes = [PROGRAM, "sweep", trace, "--cost-unit", "tokens", "--k", "1-5", "--layers", "2",
                     "--selector", "static:m1>m2>m3>m4>m5", "--aggregator", "vote", "--replicates", "1", "--threads", THREADS,
                     "--format", "json", "-o", os.path.join(folder, "votes.json")]
            ours, _ = peak_memory(*votes)
            with open(os.path.join(folder, "votes.json")) as file:
                policies = json.load(file)["workloads"][0]["policies"]
            found = [(p["k"], p["score"]["mean"], p["cost"]["mean"]) for p in policies if p["id"].startswith("k=")]
            duck, expected = duckdb_votes(frame)
            assert agree(found, expected), (found, expected)
            bear, same = polars_votes(frame)
            assert agree(same, expected)
            others = f"DuckDB {duck:.2f}, Polars {bear:.2f}"
            if queries <= 10_000:
                loop, also = pandas_votes(frame)
                assert agree(also, expected)
                others += f", pandas query by query {loop:.2f}"
            row("votes of the first 1…5 candidates, whole command", f"{ours:.2f}", others + " (from memory)")
            os.remove(lines)
            os.remove(trace)
            print()


main()
