"""Trees that lie elsewhere, ``s3://bucket/in``: a file is fetched, cleaned here, and put there, whole or not at all.

What fsspec knows can be read and written. A file goes through a directory of its own here; what lies here is read and
written in its place. The markers lie there beside the outputs, so that any machine can go on.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from cleanr.bookkeeping import WRITTEN, ledger_of
from cleanr.convert import Settings
from cleanr.job import Job
from cleanr.outcome import Outcome
from cleanr.records import format_of
from cleanr.records.atomic import SUFFIX
from cleanr.records.marker import DONE, place
from cleanr.records.walk import SKIPPED
from cleanr.run import process

URL = re.compile(r"([a-z][a-z0-9+.-]+):/{1,2}(?!/)(.*)", re.DOTALL)  # a path has lost one of two slashes


class Trees(NamedTuple):
    """Where files come from and go to, as addresses or as paths."""

    source: str
    target: str


class Remote:
    """A tree at an address. Raises what its file system raises."""

    def __init__(self, address: str) -> None:
        import fsspec

        self.address = address.rstrip("/")
        self.system: Any
        self.system, self.root = fsspec.core.url_to_fs(self.address)
        self.root = self.root.rstrip("/")

    def names(self) -> Iterator[tuple[str, int]]:
        """The names of all files within the tree, in order, with their sizes."""
        for path, about in sorted(self.system.find(self.root, detail=True).items()):
            yield path[len(self.root) :].lstrip("/"), int(about.get("size") or 0)

    def fetch(self, name: str, path: Path) -> bool:
        """Copy a file to here, if it is there."""
        there = f"{self.root}/{name}"
        if not self.system.exists(there):
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        self.system.get_file(there, str(path))
        return True

    def put(self, path: Path, name: str) -> None:
        """Copy a file to there: as a whole, or not under this name."""
        there = f"{self.root}/{name}"
        self.system.makedirs(there.rpartition("/")[0], exist_ok=True)
        self.system.put_file(str(path), there + SUFFIX)
        self.system.mv(there + SUFFIX, there)

    def drop(self, name: str) -> None:
        """Take a file away, if it is there."""
        if self.system.exists(f"{self.root}/{name}"):
            self.system.rm_file(f"{self.root}/{name}")


def address_of(path: Path) -> str | None:
    """The address that was given as a path.

    >>> address_of(Path("s3://bucket/in")), address_of(Path("in/a.txt"))
    ('s3://bucket/in', None)
    """
    found = URL.fullmatch(str(path))
    return f"{found[1]}://{'/' if found[1] == 'file' else ''}{found[2].lstrip('/')}" if found else None


def files(address: str) -> Iterator[tuple[str, int, bool]]:
    """The names of the files of a tree with their sizes, and whether they are documents."""
    for name, size in Remote(address).names():
        parts = name.split("/")
        if not SKIPPED.intersection(parts[:-1]) and not name.endswith(SUFFIX):
            yield name, size, format_of(parts[-1]) is not None


def process_elsewhere(settings: Settings, trees: Trees, name: str) -> Outcome:
    """Clean one file. What goes wrong with it is in the outcome."""
    shown = f"{trees.source}/{name}"
    try:
        with TemporaryDirectory(prefix="cleanr-") as here:
            return _process(settings, trees, name, shown, Path(here))
    except Exception as error:  # file systems raise what they like
        outcome = Outcome()
        outcome.fail(shown, (isinstance(error, OSError) and error.strerror) or f"{type(error).__name__}: {error}")
        return outcome


def _process(settings: Settings, trees: Trees, name: str, shown: str, here: Path) -> Outcome:
    source, out = Path(trees.source) / name, Path(trees.target)
    if address_of(Path(trees.source)):
        source = here / "in" / name
        if not Remote(trees.source).fetch(name, source):
            raise FileNotFoundError(2, "No such file", shown)
    target = Remote(trees.target) if address_of(Path(trees.target)) else None
    if target is None:
        return process(settings, Job(source, out / name, out, records=out, name=name, marked=True, shown=shown))
    out = here / "out"
    kept = [ledger_of(out, name, kind) for kind in WRITTEN]
    paths = [*kept, out / name, place(out, DONE, name, ".json")]  # in this order they are put
    names = [path.relative_to(out).as_posix() for path in paths]
    for path, each in zip(paths, names, strict=True):
        target.fetch(each, path)
    before = {path: path.stat().st_ino if path.exists() else None for path in paths}
    outcome = process(settings, Job(source, out / name, out, records=out, name=name, marked=True, shown=shown))
    for path, each in zip(paths, names, strict=True):
        if not path.exists():
            if before[path] is not None:
                target.drop(each)
        elif path.stat().st_ino != before[path]:
            target.put(path, each)
    return outcome
