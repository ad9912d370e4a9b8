"""What each engine costs per document, in multiples of the local pool: ``make bench-engines``.

Every engine cleans the same documents with two workers, once a part of them and once all. The difference, by documents,
is what a document costs; what it takes to start Python, the JVM or a task is in the second figure only. Rounds are
interleaved, so that whatever else the machine does meets all alike; the median counts.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent.parent / "tests" / "engines"), str(Path(__file__).parent.parent / "tests")]

import corpora  # noqa: E402
from clusters import local_ray, local_spark  # noqa: E402

WORKERS = 2
FEW = 2  # of the files, enough for the pool to start its workers; the rest is the difference
Work = Callable[[list[Path], Path], object]  # cleans JSONL files into a directory


def pool(files: list[Path], out: Path) -> None:
    _clean(files, out, None)


def _clean(files: list[Path], out: Path, engine: Any) -> None:
    """What ``cleanr clean`` does, but for the command line."""
    from cleanr.config import Config
    from cleanr.run import Job, Settings, run

    settings = Settings(Config(), write="UTF-8")
    jobs = [Job(path, out / path.name, root=out, size=path.stat().st_size) for path in files]
    for outcome in run(settings, jobs, WORKERS, engine):
        assert outcome.written, outcome.messages


@contextmanager
def engines() -> Iterator[dict[str, Work]]:
    """All engines, with their clusters up."""
    import datasets
    import ray
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter
    from loguru import logger
    from pyspark.sql.types import StringType, StructField, StructType

    from cleanr.adapters import arrow, datatrove, hf
    from cleanr.adapters.ray import Cluster

    datasets.disable_progress_bars()
    logger.remove()  # datatrove's

    def ray_files(files: list[Path], out: Path) -> None:
        cluster = Cluster(None, WORKERS)  # its workers are those that are there
        _clean(files, out, cluster)

    def ray_data(files: list[Path], out: Path) -> None:
        data = ray.data.read_json(list(map(str, files)))
        data.map_batches(arrow.clean, batch_format="pyarrow").write_json(str(out))

    def spark(files: list[Path], out: Path) -> None:
        frame = session.read.json(list(map(str, files)))
        schema = StructType([*frame.schema.fields, StructField("cleanr_error", StringType())])
        frame.mapInArrow(arrow.clean, schema).write.json(str(out))

    def trove(files: list[Path], out: Path) -> None:
        names = f"[{''.join(path.stem for path in files)}].jsonl"
        steps = [JsonlReader(str(files[0].parent), glob_pattern=names), datatrove.Clean(edits=False)]
        writer = JsonlWriter(str(out), compression=None)
        logs = str(out.parent / "logs" / out.name)
        LocalPipelineExecutor([*steps, writer], tasks=len(files), workers=WORKERS, logging_dir=logs).run()

    def hugging_face(files: list[Path], out: Path) -> None:
        cache = str(out.parent / "cache" / out.name)
        data = datasets.load_dataset("json", data_files=list(map(str, files)), split="train", cache_dir=cache)
        data.map(hf.Clean(), batched=True, num_proc=WORKERS).to_json(str(out))

    with ExitStack() as stack:
        stack.enter_context(local_ray(WORKERS))
        session = stack.enter_context(local_spark(WORKERS))
        yield {
            "local pool": pool,
            "--engine ray": ray_files,
            "Ray Data": ray_data,
            "Spark": spark,
            "datatrove": trove,
            "datasets": hugging_face,
        }


def seconds(work: Work, files: list[Path], out: Path) -> float:
    begin = time.perf_counter()
    work(files, out)
    return time.perf_counter() - begin


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds: int = parser.parse_args().rounds
    some, whole = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    with tempfile.TemporaryDirectory() as directory, engines() as works:
        files = corpora.jsonl(Path(directory) / "in")
        for nth in range(rounds + 1):
            for name, work in works.items():
                place = f"{nth}-{''.join(filter(str.isalnum, name))}"
                few = seconds(work, files[:FEW], Path(directory) / f"{place}-few")
                all_of_them = seconds(work, files, Path(directory) / f"{place}-all")
                if nth:  # the first round fills caches, and starts workers
                    some[name].append(few)
                    whole[name].append(all_of_them)
    documents = corpora.COUNT - corpora.COUNT * FEW // corpora.FILES
    report(some, whole, documents)
    return 0


def report(some: dict[str, list[float]], whole: dict[str, list[float]], documents: int) -> None:
    """A line for each engine: a document, and a run of all of them, against the local pool."""
    print(f"{corpora.COUNT} documents, {WORKERS} workers; medians, in multiples of the local pool\n")
    print(f"{'':14} a document   the whole run")
    each = {
        name: [(all_of_them - few) / documents for few, all_of_them in zip(some[name], whole[name], strict=True)]
        for name in whole
    }
    first = next(iter(whole))
    for name in whole:
        document = statistics.median(each[name]) / statistics.median(each[first])
        run = statistics.median(whole[name]) / statistics.median(whole[first])
        print(f"{name:14} {document:10.2f} {run:15.2f}")


if __name__ == "__main__":
    sys.exit(main())
