"""Runs the exported Spark job over 7 shards and holds its result to one machine's, byte for byte.

Three runs on local-cluster[2,1,1024] (two executors of one core, each a process of its own): files, of which
one has no queries, with the program as a bundle; URLs, with one executor killed while tasks are running; a shard that is
damaged, which must be named.
"""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

root, work = Path(sys.argv[1]), Path(sys.argv[2])
program = root / ".build/release/lightreplay"
bundle = root / ".build/lightreplay-bundle.tar.gz"
flags = ["--selector", "recorded,consensus", "--aggregator", "recorded:merger,recorded:solver,vote"]
flags += ["--layers", "2-3", "--lambda", "0,1000", "--prices", "prices.yaml"]


def call(*command, **options):
    return subprocess.run([str(part) for part in command], cwd=work, check=True, capture_output=True, **options)


def without_trace(path):
    """The document's text without the object `trace`, which differs between a whole and its shards."""
    text = (work / path).read_text()
    start = text.index('  "trace": {')
    end = text.index("}", start)
    assert "workloads" in text[end:], "the trace stands before the workloads"
    return text[:start] + text[end:]


def prepare():
    """A whole sweep, 7 shards of every kind, and one without queries."""
    (work / "prices.yaml").write_text((root / "traces/local-llms/prices.yaml").read_text())
    call(program, "export", "jsonl", root / "traces/local-llms.sqlite", "-o", "whole.jsonl")
    call(program, "sweep", root / "traces/local-llms.sqlite", *flags, "--format", "json", "-o", "whole.json")
    call(program, "export", "spark-job", *flags, "-o", "sweep_spark.py")
    header, *queries = (work / "whole.jsonl").read_bytes().splitlines(keepends=True)
    (work / "header.json").write_bytes(header)
    for folder in ["shards", "headless", "bad"]:
        (work / folder).mkdir()
    for shard in range(7):
        lines = b"".join(queries[shard::7])
        (work / f"shards/{shard}.jsonl").write_bytes(header + lines)
        (work / f"headless/part-{shard}").write_bytes(gzip.compress(lines) if shard % 2 else lines)
    call(program, "import", "jsonl", "shards/6.jsonl", "--trace", "shards/6.sqlite")
    (work / "shards/6.jsonl").unlink()
    (work / "shards/7-empty.jsonl").write_bytes(header)
    (work / "headless/_SUCCESS").write_bytes(b"")
    (work / "bad/0.jsonl").write_bytes(header + queries[0])
    (work / "bad/1.jsonl").write_bytes(header + queries[1][: len(queries[1]) // 2] + b"\n")


def submit(*arguments):
    submit_program = Path(sys.executable).parent / "spark-submit"
    conf = ["spark.ui.enabled=false", "spark.log.level=WARN", "spark.task.maxFailures=3"]
    settings = [part for setting in conf for part in ("--conf", setting)]
    command = [submit_program, "--master", "local-cluster[2,1,1024]", *settings, "sweep_spark.py", *arguments]
    return subprocess.Popen(
        [str(part) for part in command], cwd=work, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finish(job):
    """Its status and what was said: spark-submit writes the script's messages to standard output, its own to the other."""
    output, messages = job.communicate()
    return job.returncode, output + messages


def check_equal(path, name, seconds):
    assert without_trace(path) == without_trace("whole.json"), f"{name}: not what one machine computes"
    print(f"ok: {name}, {seconds:.0f} s")


def check_files():
    start = time.monotonic()
    status, messages = finish(
        submit("--lightreplay", bundle, "--partials", "kept", "--format", "json", "-o", "files.json", "shards")
    )
    assert status == 0, messages
    assert "7-empty.jsonl: no queries" in messages, messages
    assert len(list((work / "kept").iterdir())) == 7
    check_equal("files.json", "files and a trace, one without queries, the program as a bundle", time.monotonic() - start)


def executors(driver):
    """Processes of the executors that a driver started, found by whose children they are."""
    parents, names = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                names[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
                parents[int(entry.name)] = int(fields[1])
            except OSError:
                continue

    def is_below(process):
        while process in parents:
            if process == driver:
                return True
            process = parents[process]
        return False

    return [pid for pid, line in names.items() if "CoarseGrainedExecutorBackend" in line and "java" in line and is_below(pid)]


def check_kill():
    """The program waits before it works, so that an executor can be killed with its task half done."""
    started = work / "started"
    started.mkdir()
    slow = work / "slow"
    slow.write_text(f'#!/bin/sh\n: > "{started}/$1-$$"\nsleep 4\nexec "{program}" "$@"\n')
    slow.chmod(0o755)
    start = time.monotonic()
    url = (work / "headless").as_uri()
    job = submit("--lightreplay", slow, "--header", "header.json", "--format", "json", "-o", "killed.json", f"{url}/part-*")
    while len(list(started.glob("sweep-*"))) < 2:
        assert job.poll() is None, finish(job)
        time.sleep(0.2)
    before = executors(job.pid)
    assert len(before) == 2, before
    os.kill(before[0], signal.SIGKILL)
    status, messages = finish(job)
    assert status == 0, messages
    assert "Lost executor" in messages, messages
    # The program of the killed executor may live on for a moment; its task runs again all the same.
    runs = len(list(started.glob("import-*"))) + len(list(started.glob("sweep-*")))
    assert runs > 14, runs
    check_equal("killed.json", f"URLs without headers, one executor killed, {runs} runs for 14", time.monotonic() - start)


def check_bad():
    start = time.monotonic()
    status, messages = finish(submit("--lightreplay", program, "--format", "json", "-o", "bad.json", "bad"))
    assert status == 1 and not (work / "bad.json").exists(), (status, messages)
    named = [line for line in messages.splitlines() if line.startswith(f"shard {work}/bad/1.jsonl: ")]
    assert len(named) == 1 and "'import' ended with 1" in named[0], messages
    assert "1 of 2 shards failed; nothing was combined" in messages, messages
    assert "the JSON ends early" in messages, messages
    print(f"ok: a damaged shard is named with what was wrong, {time.monotonic() - start:.0f} s")


prepare()
check_files()
check_kill()
check_bad()
