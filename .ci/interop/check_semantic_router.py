"""The vLLM semantic router takes its configurations, and refuses one with a misspelt key.

The command is `vllm-sr config validate --config F`, called within this process: starting it takes seconds each time.
"""

import pathlib
import sys

from click.testing import CliRunner
from cli.main import main

work = pathlib.Path(sys.argv[2])


def validate(path):
    return CliRunner().invoke(main, ["config", "validate", "--config", str(path)])


files = sorted(work.glob("*.router.yaml"))
wrong = work / "wrong.yaml"
wrong.write_text(files[0].read_text().replace("modelRefs:", "modelRef:"))
if validate(wrong).exit_code == 0:
    sys.exit("the validator takes a misspelt key, so its word is worth nothing")
failed = 0
for path in files:
    done = validate(path)
    if done.exit_code != 0:
        failed += 1
        print(f"{path.name}: {done.output[-2000:]}")
merged = (work / "merged-best.router.yaml").read_text()
if "type: fusion" not in merged:
    failed += 1
    print("merged-best.router.yaml: two answers that are merged should be a fusion")
print(f"  {len(files) - failed} of {len(files)} configurations are valid")
sys.exit(1 if failed else 0)
