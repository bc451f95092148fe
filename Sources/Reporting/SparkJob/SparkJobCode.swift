/// The part of the Spark job that is the same for every sweep.
enum SparkJobCode {
  static let program = ##"""
    import argparse
    import glob
    import gzip
    import os
    import re
    import shutil
    import subprocess
    import sys
    import tarfile
    import tempfile


    def framed(header, shard_start):
        """The header's line, compressed as the shard is, so that the two can follow each other in one file."""
        line = header.rstrip(b"\n") + b"\n"
        if shard_start.startswith(b"\x1f\x8b"):
            return gzip.compress(line)
        if not shard_start.startswith(b"\x28\xb5\x2f\xfd"):
            return line
        # Zstandard, stored: a frame header with 8 bytes of content size, then blocks of at most 128 KiB.
        pieces = [line[i : i + 131072] for i in range(0, len(line), 131072)]
        blocks = b"".join(
            (len(piece) << 3 | (piece is pieces[-1])).to_bytes(3, "little") + piece for piece in pieces
        )
        return b"\x28\xb5\x2f\xfd\xe0" + len(line).to_bytes(8, "little") + blocks


    def environment(program):
        """With the libraries that a bundle brings along."""
        libraries = os.path.join(os.path.dirname(program), "lib")
        if not os.path.isdir(libraries):
            return dict(os.environ)
        path = os.pathsep.join(filter(None, [libraries, os.environ.get("LD_LIBRARY_PATH")]))
        return dict(os.environ, LD_LIBRARY_PATH=path)


    class Failed(Exception):
        """A command that ended badly, with what it said."""


    def call(program, arguments, folder):
        done = subprocess.run(
            [program, *arguments], cwd=folder, env=environment(program), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        said = done.stderr.decode("utf-8", "replace").strip()
        if done.returncode < 0:
            raise Failed(f"'{arguments[0]}' was ended by signal {-done.returncode} {said}".strip())
        if done.returncode:
            raise Failed(f"'{arguments[0]}' ended with {done.returncode}: {said}")


    def write_prices(folder):
        if PRICES:
            path = os.path.join(folder, PRICES["name"])
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(PRICES["text"])


    def interchange(shard, content, header, folder):
        """The shard as a file with a header, and whether it is empty."""
        with open(shard, "rb") if content is None else tempfile.TemporaryFile() as source:
            if content is not None:
                source.write(content)
                source.seek(0)
            start = source.read(4)
            path = os.path.join(folder, "shard.jsonl")
            with open(path, "wb") as target:
                if header:
                    target.write(framed(header, start))
                target.write(start)
                shutil.copyfileobj(source, target, 1 << 20)
        return path, not start


    def partial(program, shard, content, header, threads):
        """The partial result of a shard; None where it has no queries."""
        with tempfile.TemporaryDirectory(prefix="lightreplay-") as folder:
            write_prices(folder)
            start = content[:15] if content is not None else open(shard, "rb").read(15)
            trace = os.path.join(folder, "shard.sqlite")
            if start == b"SQLite format 3":
                if content is None:
                    trace = shard
                else:
                    with open(trace, "wb") as file:
                        file.write(content)
            else:
                path, is_empty = interchange(shard, content, header, folder)
                if is_empty:
                    return None
                try:
                    call(program, ["import", "jsonl", path, "--trace", trace], folder)
                except Failed as failure:
                    # A shard with a header and nothing else adds nothing.
                    if "no query behind the header" in str(failure):
                        return None
                    raise
            own = [] if "--threads" in FLAGS else ["--threads", str(threads)]
            call(program, ["sweep", trace, *FLAGS, *own, "--partial", "-o", "shard.partial"], folder)
            with open(os.path.join(folder, "shard.partial"), "rb") as file:
                return file.read()


    def keep(data, folder, name):
        """Writes a partial whole or not at all; a task that runs twice writes the same."""
        temporary = os.path.join(folder, f".{name}.{os.getpid()}")
        with open(temporary, "wb") as file:
            file.write(data)
        os.replace(temporary, os.path.join(folder, name))


    def task(job):
        """Makes a function for Spark's workers: shard → (number, shard, state, result)."""

        def run(item):
            from pyspark import SparkFiles, TaskContext

            number, shard, content = item
            program = SparkFiles.get(job["program"])
            os.chmod(program, 0o755)
            context = TaskContext.get()
            try:
                data = partial(program, shard, content, job["header"], context.cpus())
            except (Failed, OSError) as failure:
                # Spark tries again; the last attempt reports instead, so that every bad shard is named.
                if context.attemptNumber() + 1 < job["attempts"]:
                    raise RuntimeError(f"shard {shard}: {failure}") from None
                return number, shard, "failed", str(failure)
            if data is None:
                return number, shard, "empty", None
            if job["partials"]:
                keep(data, job["partials"], partial_name(number, shard))
                data = None
            return number, shard, "swept", data

        return run


    def partial_name(number, shard):
        return f"{number:06d}-{re.sub(r'[^A-Za-z0-9._-]', '_', shard.rsplit('/', 1)[-1])}.partial"


    def local_shards(patterns):
        """Files by name, pattern or folder; names that begin with '_' or '.' are no shards, as in Hadoop."""
        found = []
        for pattern in patterns:
            paths = sorted(glob.glob(pattern))
            if not paths:
                sys.exit(f"{pattern}: no such file")
            for path in paths:
                inside = sorted(os.path.join(path, name) for name in os.listdir(path)) if os.path.isdir(path) else [path]
                found += [file for file in inside if os.path.basename(file)[0] not in "._" and os.path.isfile(file)]
        return [os.path.abspath(path) for path in found]


    def shards_of(spark, arguments):
        """An RDD of (number, shard, content or None), one shard a task."""
        if any("://" in shard for shard in arguments.shards):
            spark.conf.set("spark.sql.files.maxPartitionBytes", "1")
            spark.conf.set("spark.sql.files.openCostInBytes", "1")
            files = spark.read.format("binaryFile").load(arguments.shards).select("path", "content")
            return files.rdd.zipWithIndex().map(lambda row: (row[1], row[0]["path"], bytes(row[0]["content"])))
        paths = local_shards(arguments.shards)
        items = [(number, path, None) for number, path in enumerate(paths)]
        return spark.sparkContext.parallelize(items, max(1, len(items)))


    def attempts(spark):
        """How often Spark tries a task: once on one machine."""
        if re.fullmatch(r"local(\[[^,]*\])?", spark.sparkContext.master):
            return 1
        return int(spark.conf.get("spark.task.maxFailures", "4"))


    def ship(spark, path, folder):
        """Sends the program to every executor; returns its place there and its place here."""
        if not path or not os.path.exists(path):
            sys.exit("where is the program? --lightreplay FILE: the program, or a bundle made by .ci/bundle")
        if path.endswith((".tar.gz", ".tgz")):
            spark.sparkContext.addArchive(os.path.abspath(path) + "#lightreplay")
            with tarfile.open(path) as bundle:
                bundle.extractall(folder, filter="data") if hasattr(tarfile, "data_filter") else bundle.extractall(folder)
            return "lightreplay/lightreplay", os.path.join(folder, "lightreplay")
        spark.sparkContext.addFile(os.path.abspath(path))
        return os.path.basename(path), os.path.abspath(path)


    def combine(program, folder, names, arguments):
        command = [program, "combine", *names, "--format", arguments.format]
        if arguments.output:
            command += ["-o", os.path.abspath(arguments.output)]
        return subprocess.run(command, cwd=folder, env=environment(program)).returncode


    def read_arguments():
        parser = argparse.ArgumentParser(
            description="Sweeps shards of a trace with LightReplay, one a task, and puts the results together."
        )
        parser.add_argument("shards", nargs="+", help="files, patterns, folders, or URLs that Spark reads (hdfs://, s3a://, file://)")
        parser.add_argument("--lightreplay", default=shutil.which("lightreplay"), help="the program, or a bundle (.tar.gz)")
        parser.add_argument("--header", help="a file with the trace's header line, for shards that have none")
        parser.add_argument("--partials", help="a folder that all machines share; keeps the partial results there")
        parser.add_argument("--format", default="table", choices=["table", "json", "csv"])
        parser.add_argument("-o", "--output", help="a file instead of standard output")
        return parser.parse_args()


    def main():
        from pyspark.sql import SparkSession

        arguments = read_arguments()
        spark = SparkSession.builder.appName("lightreplay sweep").getOrCreate()
        with tempfile.TemporaryDirectory(prefix="lightreplay-") as folder:
            shipped, here = ship(spark, arguments.lightreplay, os.path.join(folder, "program"))
            header = open(arguments.header, "rb").read() if arguments.header else None
            partials = os.path.abspath(arguments.partials) if arguments.partials else None
            if partials:
                os.makedirs(partials, exist_ok=True)
            job = {"program": shipped, "header": header, "partials": partials, "attempts": attempts(spark)}
            results = sorted(shards_of(spark, arguments).map(task(job)).collect(), key=lambda result: result[1])
            spark.stop()
            failed = [(shard, said) for _, shard, state, said in results if state == "failed"]
            for shard, said in failed:
                print(f"shard {shard}: {said}", file=sys.stderr)
            if failed:
                sys.exit(f"{len(failed)} of {len(results)} shards failed; nothing was combined")
            names = []
            for number, shard, state, data in results:
                if state == "empty":
                    print(f"shard {shard}: no queries", file=sys.stderr)
                    continue
                names.append(partial_name(number, shard))
                if data is not None:
                    keep(data, folder, names[-1])
            if not names:
                sys.exit("no shard has queries")
            sys.exit(combine(here, partials or folder, names, arguments))


    if __name__ == "__main__":
        main()
    """##
}
