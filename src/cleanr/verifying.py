"""Whether a tree of outputs is as it was written: ``out/a.txt: is not as it was written``."""

from collections.abc import Iterator
from pathlib import Path

from cleanr.outcome import Outcome
from cleanr.records import marker
from cleanr.records.walk import File, walk


def verify(tree: Path, path: Path) -> Outcome:
    """Check all that a marker is about."""
    outcome = Outcome()
    found = marker.read(path)
    if found is None:
        outcome.fail(path, "a damaged marker")
        return outcome
    for name, digest in found.files.items():
        file = tree / name
        try:
            if not file.is_file() or file.is_symlink():
                outcome.fail(file, "is not there any more")
            elif not marker.matches(file, digest):
                outcome.fail(file, "is not as it was written")
        except OSError as error:
            outcome.fail(file, error.strerror)
    if not outcome.totals.failed:
        outcome.totals.unchanged += 1
    return outcome


def unmarked(tree: Path) -> Iterator[str]:
    """A line for each file of the tree that no marker is about, or that cannot be read."""
    markers = filter(None, map(marker.read, marker.paths(tree)))
    known = {name for found in markers for name in found.files}
    for each in walk(tree, lambda path, root: False):
        if isinstance(each, str):
            yield each
        elif isinstance(each, File) and each.path.relative_to(tree).as_posix() not in known:
            yield f"{each.path}: has no marker: it was not finished, or did not come from cleanr clean"
