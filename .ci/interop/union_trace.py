"""Puts traces with different pools into one: a model that a set was not asked to is active only for the others.

    python3 .ci/interop/union_trace.py gsm8k.jsonl.gz math-l5.jsonl.gz > all.jsonl

Each query gets the name of its file as a skill, and each model that some file lacks declares the files it is in.
"""

import gzip
import json
import pathlib
import sys


def lines(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from file


def union(paths, output):
    heads = {path: json.loads(next(lines(path))) for path in paths}
    skill = {path: path.name.split(".")[0] for path in paths}
    pool = list(dict.fromkeys(model for head in heads.values() for model in head["pool"]))
    models = []
    for model in pool:
        known = [skill[path] for path in paths if model in heads[path]["pool"]]
        models.append({"name": model} | ({} if len(known) == len(paths) else {"skills": known}))
    header = {
        "format": "lightreplay.trace/1",
        "name": "+".join(skill.values()),
        "models": models,
        "pool": pool,
    }
    print(json.dumps(header, ensure_ascii=False), file=output)
    for path in paths:
        rows = lines(path)
        next(rows)
        for row in rows:
            query = json.loads(row) | {"skills": [skill[path]]}
            print(json.dumps(query, ensure_ascii=False, separators=(",", ":")), file=output)


if __name__ == "__main__":
    union([pathlib.Path(path) for path in sys.argv[1:]], sys.stdout)
