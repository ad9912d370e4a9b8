"""How fast and how frugal files go in and out: ``python benchmarks/records.py [--size MB]``, or ``make bench``.

Every run is the command in a process of its own, over texts made from the sample corpus. Times are ratios of runs that
were made in turn; memory is the most that all processes of a run had together, looked at 20 times a second.
"""

import argparse
import gzip
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from cleanr.records.packing import zstandard

ROOT = Path(__file__).parent.parent
PAGES = ROOT.parent / "shared" / "bench" / "boilerplate_dev.jsonl.gz"  # real pages, where they are at hand
EVERY = 0.05  # seconds between two looks at the memory


class Run(NamedTuple):
    seconds: float
    memory: int  # bytes


def texts() -> Iterator[str]:
    """Documents without end: real pages, or samples, each with a number that no other one has."""
    if PAGES.exists():
        with gzip.open(PAGES, "rt", encoding="utf-8", errors="surrogatepass") as rows:
            pages = ["\n".join(line["text"] for line in json.loads(row)["lines"]) for row in rows]
    else:
        pages = [path.read_text("utf-8", "replace") for path in sorted((ROOT / "corpus_samples").glob("*/in.txt"))]
    random.Random(6).shuffle(pages)
    number = 0
    while True:
        for page in pages:
            number += 1
            yield page.encode("utf-8", "replace").decode("utf-8").replace(" the ", f" the {number} ", 1)


def many_files(root: Path, files: int) -> int:
    size = 0
    for n, text in zip(range(files), texts(), strict=False):
        path = root / f"{n % 100:02}" / f"{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text[:2000], encoding="utf-8")
        size += len(text[:2000].encode())
    return size


def one_shard(path: Path, size: int) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    parts, have = [], 0
    for n, text in enumerate(texts()):
        parts.append(json.dumps({"id": n, "text": text}, ensure_ascii=False).encode() + b"\n")
        have += len(parts[-1])
        if have >= size:
            break
    path.write_bytes(data := b"".join(parts))
    return data


def clean(src: Path, dst: Path, *flags: str) -> Run:
    """Run the command into a new place, and look at its memory."""
    shutil.rmtree(dst, ignore_errors=True)
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "cleanr", "clean", src, dst, "-q", "--record", "none", *flags])
    most, ended = [0], Event()
    watcher = Thread(target=_watch, args=(process.pid, most, ended))
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - started
    ended.set()
    watcher.join()
    if code:
        raise SystemExit(f"cleanr clean {src} ended with {code}")
    return Run(seconds, most[0])


def copy(src: Path, dst: Path) -> Run:
    """Reading and writing alone."""
    shutil.rmtree(dst, ignore_errors=True)
    started = time.perf_counter()
    shutil.copytree(src, dst)
    return Run(time.perf_counter() - started, 0)


def _watch(pid: int, most: list[int], ended: Event) -> None:
    while not ended.wait(EVERY):
        most[0] = max(most[0], sum(map(_resident, [pid, *_children(pid)])))


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _resident(pid: int) -> int:
    """Memory of a process that it does not share, as far as the system tells."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    return int(pages[1]) * os.sysconf("SC_PAGE_SIZE")


def ratio(name: str, first: Callable[[], Run], second: Callable[[], Run], rounds: int) -> None:
    """How many times as long the first takes as the second."""
    pairs = [(first().seconds, second().seconds) for _ in range(rounds)]
    found = sorted(a / b for a, b in pairs)
    print(f"{name:58} {statistics.median(found):8.2f} [{found[0]:.2f}–{found[-1]:.2f}]", flush=True)


def size_of(root: Path) -> int:
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--size", type=int, default=8, metavar="MB", help="of the one large file")
    parser.add_argument("--files", type=int, default=2000, help="how many small ones")
    parser.add_argument("--rounds", type=int, default=3)
    given, _ = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        many_files(root / "many", given.files)
        data = one_shard(root / "one/a.jsonl", given.size << 20)
        for folder, suffix, packed in (("gz", ".gz", gzip.compress(data)), ("zst", ".zst", zstandard().compress(data))):
            (root / folder).mkdir()
            (root / folder / f"a.jsonl{suffix}").write_bytes(packed)
        out = root / "out"
        jobs = {n: ("--jobs", str(n)) for n in (1, 2)}
        many, one = root / "many", root / "one"
        what = f"{given.files} files"
        ratio(f"{what}: cleaning / copying", lambda: clean(many, out), lambda: copy(many, out), given.rounds)
        ratio(
            f"{what}: one job / two",
            lambda: clean(many, out, *jobs[1]),
            lambda: clean(many, out, *jobs[2]),
            given.rounds,
        )
        ratio("one JSONL: cleaning / copying", lambda: clean(one, out), lambda: copy(one, out), given.rounds)
        ratio(
            "one JSONL: one job / two",
            lambda: clean(one, out, *jobs[1]),
            lambda: clean(one, out, *jobs[2]),
            given.rounds,
        )
        plain = partial(clean, one, out)
        for folder in ("gz", "zst"):
            ratio(f"one JSONL: .{folder} / plain", partial(clean, root / folder, out), plain, given.rounds)
        memory = clean(one, out, *jobs[2]).memory
        print(f"memory of one JSONL of {given.size} MB, two jobs: {memory / 1e6:.0f} MB")
        clean(one, out, "--record", "all")
        kept = size_of(out / ".cleanr")
        print(f"--record all: {100 * kept / len(data):.1f} % of the JSONL's size")
        clean(many, out, "--record", "all")
        kept = size_of(out / ".cleanr/record")
        print(f"--record all: {100 * kept / size_of(many):.1f} % of the size of the small files")


if __name__ == "__main__":
    main()
