"""What is known already: ``check --baseline FILE`` fails only on what the file does not hold.

A place is known again by what changes, by which rules, and the few characters on both sides, not by the number of its
line: what is written above it does not make it new. Of places that look the same in a file, as many are known as the
baseline counted there.
"""

import json
from collections import Counter
from pathlib import Path, PurePath

from cleanr.records.atomic import Draft
from cleanr.report.findings import Finding

VERSION = 1


class BaselineError(ValueError):
    """A file that is no baseline: one line says why."""


class Baseline:
    """Counts of findings by file and mark. `known` uses them up; `add` puts more in."""

    def __init__(self, counts: dict[str, Counter[str]] | None = None) -> None:
        self._left = counts or {}

    @classmethod
    def read(cls, path: Path) -> "Baseline":
        """The baseline in a file. Raises `BaselineError` for what is none, `OSError` for what cannot be read."""
        try:
            value = json.loads(path.read_bytes())
            version, files = value["version"], value["files"].items()
            counts = {name: Counter({mark: int(n) for mark, n in marks.items()}) for name, marks in files}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BaselineError(f"{path}: is no baseline; `cleanr check --write-baseline` makes one") from error
        if version != VERSION:
            raise BaselineError(f"{path}: a baseline of version {version!r}; known: {VERSION}")
        return cls(counts)

    def known(self, each: Finding) -> bool:
        """Whether a finding is known; one that is, is known once less."""
        marks = self._left.get(_name(each), Counter())
        if marks[each.mark] <= 0:
            return False
        marks[each.mark] -= 1
        return True

    def add(self, each: Finding) -> None:
        """Make a finding known."""
        self._left.setdefault(_name(each), Counter())[each.mark] += 1

    def write(self, path: Path) -> None:
        """Replace the file, as a whole. Raises `OSError`."""
        files = {name: dict(sorted(marks.items())) for name, marks in sorted(self._left.items())}
        with Draft(path) as draft:
            draft.write(f"{json.dumps({'version': VERSION, 'files': files}, indent=1)}\n".encode())
            draft.commit()


def _name(each: Finding) -> str:
    """A file by its path from the working directory: `check .` and `check "$PWD"` mean the same."""
    path = PurePath(each.path)
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
