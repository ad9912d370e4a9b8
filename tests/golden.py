"""The golden files of the sample corpus: ``in.txt`` becomes ``expected.txt`` by the edits that ``changes.txt`` lists.

``make golden`` writes ``changes.txt`` anew, and with ``ACCEPT=1`` also ``expected.*``: read the diff before you commit
it, for it is what users will see.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from corpus import DIRTY, Sample

from cleanr import Cleaned, Cleaner
from cleanr.report.stages import stages

CLEANER = Cleaner()
WIDEST = 100  # characters of a quoted piece: of a longer one, the middle is left out


def expected(sample: Sample) -> Path:
    """The file that says what must become of a sample."""
    return sample.path.with_name(f"expected{sample.path.suffix}")


def changes(sample: Sample) -> Path:
    """The file that says by which edits."""
    return sample.path.with_name("changes.txt")


def clean(sample: Sample) -> Cleaned:
    return CLEANER.explain(sample.text, kind=sample.kind)


def listing(cleaned: Cleaned) -> str:
    """One line for each change, in the order of the raw text: filter, rule, safety, line:column, old → new.

    >>> import cleanr
    >>> print(listing(cleanr.explain("one  “two”")), end="")
    spaces spaces.runs certain 1:4 '  ' → ' '
    quotes quotes.double certain 1:6 '“' → '"'
    quotes quotes.double certain 1:10 '”' → '"'
    """
    rows = sorted(_rows(cleaned), key=lambda row: row[0])
    return "".join(f"{line}\n" for line in [*(row[1] for row in rows), *(f"flagged: {f}" for f in cleaned.flagged)])


def _rows(cleaned: Cleaned) -> Iterator[tuple[int, str]]:
    """Where in the raw text each change was made, and its line."""
    raw = cleaned.restore()
    for before, step in stages(cleaned):
        for change in step.changes:
            start = before.origin(change.start)
            line, column = raw.count("\n", 0, start) + 1, start - raw.rfind("\n", 0, start)
            what = f"{_quoted(change.old)} → {_quoted(change.new)}"
            yield start, f"{step.filter} {change.rule} {change.safety} {line}:{column} {what}"


def _quoted(piece: str) -> str:
    """A piece of text as a Python literal: everything that cannot be seen is spelled out."""
    if len(piece) > WIDEST:
        return f"{piece[: WIDEST - 30]!r}…{piece[-30:]!r}"
    return repr(piece)


def main(accept: bool) -> None:
    for sample in DIRTY:
        cleaned = clean(sample)
        changes(sample).write_bytes(listing(cleaned).encode("utf-8"))
        data = cleaned.text.encode("utf-8")
        if accept:
            expected(sample).write_bytes(data)
        elif not expected(sample).exists() or expected(sample).read_bytes() != data:
            print(f"{sample.name}: {expected(sample).name} differs; ACCEPT=1 writes what cleanr makes now")


if __name__ == "__main__":
    main("--accept" in sys.argv[1:])
