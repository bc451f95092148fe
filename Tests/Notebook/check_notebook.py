"""usage: check_notebook.py FOLDER RECOMMENDATION.json: the executed notebook recommends what the program does."""

import csv
import json
import pathlib
import sys

import nbformat

folder, answer = pathlib.Path(sys.argv[1]), json.loads(pathlib.Path(sys.argv[2]).read_text())
nbformat.validate(nbformat.read(folder / "lightreplay.ipynb", as_version=nbformat.NO_CONVERT))
executed = nbformat.read(folder / "executed.ipynb", as_version=4)
text = "".join(output.get("text", "") for cell in executed.cells if cell.cell_type == "code" for output in cell.outputs)
pictures = sum("image/png" in output.get("data", {}) for cell in executed.cells if cell.cell_type == "code" for output in cell.outputs)
for workload in answer["workloads"]:
    line = f": {workload['recommended']['id'][:200]} scores"
    assert line in text, (line, text)
assert "the same policies as the program recommends" in text
assert pictures == 3 * len(answer["workloads"]), pictures

described = {(row["file"], row["column"]) for row in csv.DictReader(open(folder / "data_dictionary.csv", newline=""))}
for path in folder.glob("*.csv"):
    rows = list(csv.reader(open(path, newline="", encoding="utf-8")))
    assert all(len(row) == len(rows[0]) for row in rows), path
    if path.name != "data_dictionary.csv":
        assert {(path.name, column) for column in rows[0]} == {key for key in described if key[0] == path.name}, path
    for row in rows:
        for cell in row:
            try:
                float(cell)
            except ValueError:
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
print(f"{folder.name}: the notebook runs and recommends the same, {pictures} figures")
