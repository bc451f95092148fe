"""Documents and JSON Lines are what their JSON Schemas say, and the schemas notice what is not.

Of every document wrong ones are made, each by one change: an unknown key in an object, a key taken from it, a number
that is text. A change that an earlier document of the format had at the same place is left out.
"""

import json
import pathlib
import re
import sys

import jsonschema
import referencing
import yaml

work = pathlib.Path(sys.argv[2])
folder = pathlib.Path("Sources/RoutingCore/RoutingCore.docc/Schemas")
# By the name between `lightreplay.` and the number.
schemas = {path.stem[len("lightreplay.") : -2]: json.loads(path.read_text()) for path in sorted(folder.glob("*-1.json"))}
registry = referencing.Registry().with_resources(
    (schema["$id"], referencing.jsonschema.DRAFT202012.create_resource(schema)) for schema in schemas.values()
)
# Keys with values of any kind, or of any names.
free = {"error", "extra", "messages", "notes"}
# Places of keys that a document may leave out; every other key is required.
optional = {
    "partial": r"\.workload",
    "policy": r"\.prices(\.date)?|\.objective\.(lambda|min_\w+|\w*budget|max_\w+|confidence|one_\w+|grader)"
    r"|\.models\[\]\.(pool|skills|continuation)|(\.workloads\[\]|\.default)\.((?!match$|policy$|expected$)\w+"
    r"|expected\.(lambda|latency_s|p_met)|(selector|aggregator)\.(name|model|prompt)|regimes\[\]\.lambda_high"
    r"|runner_up\.queries_to_separate|regret\[\]\.objective_loss)",
    "run-check": r"\.(stages|texts|figures)\.\w+",
    "trace": r"(?!\.(format|name|models|query|workload|(models|selectors|aggregators)\[\]\.name"
    r"|(responses|boots|continuations|refinements)\[\]\.model|(boots|continuations|rankings)\[\]\.boot_budget"
    r"|responses\[\]\.prefixes\[\]\.boot_budget|rankings\[\]\.(selector|order)|merges\[\]\.aggregator)$).*",
}


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def kinds(node):
    """The keys of an object with the kinds of their values."""
    return frozenset((key, float if is_number(part) else type(part)) for key, part in node.items())


def shape(value):
    """The same, down to the last object in it."""
    if isinstance(value, dict):
        return kinds(value), frozenset((key, shape(part)) for key, part in value.items())
    return frozenset(map(shape, value)) if isinstance(value, list) else None


def thin(value):
    """One object of each shape in an array stands for all."""
    if isinstance(value, dict):
        return {key: thin(part) for key, part in value.items()}
    if isinstance(value, list) and any(isinstance(element, dict) for element in value):
        return list({shape(element): element for element in map(thin, value)}.values())
    return value


def changes(node, place=""):
    """Makes every change in turn, yields what it is, and takes it back."""
    if isinstance(node, dict):
        node["surprise"] = 1
        yield node, place, "with an unknown key"
        del node["surprise"]
        for key, part in list(node.items()):
            del node[key]
            yield node, f"{place}.{key}", "left out"
            node[key] = part
    for key, part in list(node.items() if isinstance(node, dict) else enumerate(node)):
        inner = f"{place}.{key}" if isinstance(node, dict) else f"{place}[]"
        if key in free:
            continue
        if is_number(part):
            node[key] = str(part)
            yield node, inner, "as text"
            node[key] = part
        elif isinstance(part, (dict, list)):
            yield from changes(part, inner)


def check(kind, path, document, seen):
    """Whether a document is right and wrong ones made of it are refused; `seen` says so of each change made so far."""
    validator = jsonschema.Draft202012Validator(schemas[kind], registry=registry)
    errors = sorted(validator.iter_errors(document), key=lambda error: error.json_path)
    for error in errors[:5]:
        print(f"{path.name}: {error.json_path}: {error.message[:300]}")
    small, taken = thin(document), []
    for node, place, change in changes(small):
        step = (place, change, kinds(node) if isinstance(node, dict) else None)
        if step in seen or (change == "left out" and re.fullmatch(optional.get(kind, ""), place)):
            continue
        seen[step] = not validator.is_valid(small)
        if not seen[step]:
            taken.append(f"{place} {change}")
    for change in taken[:5]:
        print(f"{path.name}: the schema takes {change}")
    return not errors and not taken


def documents(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.split("\n") if line]
    return [yaml.safe_load(text) if path.suffix == ".yaml" else json.loads(text)]


def stands(kind, part, lines):
    """Which lines are that part of the format."""
    validator = jsonschema.Draft202012Validator({"$ref": f"{schemas[kind]['$id']}#/$defs/{part}"}, registry=registry)
    return [place for place, line in enumerate(lines) if validator.is_valid(line)]


def check_lines(kind, path, lines):
    """Whether the header is the first line only, and an end the last only."""
    ends = {"header": 0} | ({"end": len(lines) - 1} if "end" in schemas[kind]["$defs"] else {})
    wrong = [part for part, place in ends.items() if stands(kind, part, lines) != [place]]
    for part in wrong:
        print(f"{path.name}: {part} is not where it belongs")
    return not wrong


failed, refused = 0, 0
for kind, schema in schemas.items():
    jsonschema.Draft202012Validator.check_schema(schema)
    paths = [path for end in ["json", "jsonl", "yaml"] for path in sorted(work.glob(f"*.{kind}.{end}"))]
    seen, results = {}, []
    for path in paths:
        content = documents(path)
        results += [check(kind, path, document, seen) for document in content]
        if path.suffix == ".jsonl":
            results.append(check_lines(kind, path, content))
    right, noticed = sum(results), sum(seen.values())
    failed += not results or right < len(results)
    refused += noticed
    print(f"  {kind}: {len(paths)} files, {right} of {len(results)} right, {noticed} of {len(seen)} wrong ones refused")
print(f"  {len(schemas)} schemas, {refused} wrong documents refused")
sys.exit(1 if failed else 0)
