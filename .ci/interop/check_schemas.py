"""Policy files and JSON documents are what their JSON Schemas say, and the schemas notice what is not."""

import copy
import json
import pathlib
import sys

import jsonschema
import yaml

work = pathlib.Path(sys.argv[2])
folder = pathlib.Path("Sources/RoutingCore/RoutingCore.docc/Schemas")


def validator(name):
    schema = json.loads((folder / f"lightreplay.{name}-1.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def check(kind, path, document):
    errors = sorted(validator(kind).iter_errors(document), key=lambda error: error.json_path)
    for error in errors[:5]:
        print(f"{path.name}: {error.json_path}: {error.message}")
    wrong = copy.deepcopy(document)
    wrong["workloads"][0]["surprise"] = 1
    noticed = not validator(kind).is_valid(wrong)
    if not noticed:
        print(f"{path.name}: the schema takes an unknown key")
    return not errors and noticed


results = [check("policy", path, yaml.safe_load(path.read_text())) for path in sorted(work.glob("*.policy.yaml"))]
for kind in ["sweep", "recommend", "inspect", "whatif-rolling"]:
    results += [check(kind, path, json.loads(path.read_text())) for path in sorted(work.glob(f"*.{kind}.json"))]
print(f"  {sum(results)} of {len(results)} documents are as their schemas say")
sys.exit(0 if results and all(results) else 1)
