"""The ledger of a file, ``DST/.cleanr/record/a.txt.jsonl``: what was removed from it; or ``….undo.zst``: the way back.

It lies beside the outputs, in a directory that is never read as input, and is on disk before the output is. Its lines
are those of `cleanr.report.ledger`. Under ``--record all`` it is what `cleanr.records.undo` describes instead.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

from cleanr.cleaned import Cleaned
from cleanr.edits import Span, replay
from cleanr.records import Format, Record
from cleanr.records.atomic import Draft
from cleanr.records.marker import RECORD, place
from cleanr.records.undo import SUFFIX, Place, Writer, restored

Kept = Literal["none", "counts", "removals", "all"]
WRITTEN: tuple[Kept, ...] = ("removals", "all")  # the kinds for which there is a ledger
LINES = ".jsonl"


def ledger_of(root: Path, name: str, kind: Kept = "removals") -> Path:
    """Where the ledger of an output lies.

    >>> ledger_of(Path("out"), "sub/a.txt").as_posix()
    'out/.cleanr/record/sub/a.txt.jsonl'
    """
    return place(root, RECORD, name, SUFFIX if kind == "all" else LINES)


class Ledger:
    """What is kept about one file, on its way into a draft."""

    def __init__(self, draft: Draft, kind: Kept) -> None:
        self._draft = draft
        self._kind = kind
        self._writer: Writer | None = None

    def begin(self, head: dict[str, Any]) -> None:
        """What `restore` has to know of the file as a whole."""
        if self._kind == "all":
            self._writer = Writer(head)

    def add(self, notes: bytes) -> None:
        """What a batch of records has to tell."""
        self._draft.write(self._writer.add(notes) if self._writer else notes)

    def end(self, clean: bytes, original: bytes) -> None:
        """All of the output was seen: digests of it, and of what it came from."""
        if self._writer:
            self._draft.write(self._writer.end(clean, original))
        self._draft.commit()

    @property
    def path(self) -> Path:
        return self._draft.path


def way_back(cleaned: Cleaned, record: Record, form: Format, clean: bytes) -> list[Place]:
    """How the record comes back from its clean bytes: place by place, where these spell the text as the raw ones do.

    >>> raw = Record(0, b"one  two", "one  two", 0, 8)
    >>> import cleanr
    >>> [place[:3] for place in way_back(cleanr.explain("one  two"), raw, Format("text"), b"one two")]
    [(3, 1, b'  ')]
    """
    if clean == record.raw:
        return []
    places = list(_places(cleaned.spans(), record, form, clean))
    if restored(clean, places) == record.raw:
        return places
    return [Place(0, len(clean), record.raw)]


def _places(spans: list[Span], record: Record, form: Format, clean: bytes) -> Iterator[Place]:
    text, inner = record.text or "", 1 if form.name == "jsonl" else 0  # a quotation mark on each side
    start, end = record.start + inner, record.end - inner
    spell = _spelling(record, form)

    def size(part: str) -> int:
        return len(spell(part))

    middle = size(replay(text, spans))
    begins = start if inner else len(clean) - (len(record.raw) - end) - middle
    low = _common(clean[:begins], record.raw[:start])
    copy = begins
    if low < max(begins, start):  # a header whose numbers differ
        yield Place(low, begins - low, record.raw[low:start])
        copy = 0
    at = 0
    for span in spans:
        copy += size(text[at : span.start])
        yield Place(copy, size(span.new), spell(text[span.start : span.end]), span.rules[0])
        copy, at = 0, span.end
    copy += size(text[at:])
    behind, old = clean[begins + middle :], record.raw[end:]
    if behind != old:  # something was added to the line
        low = _common(behind, old)
        yield Place(copy + low, len(behind) - low, old[low:])


def _spelling(record: Record, form: Format) -> Callable[[str], bytes]:
    """How a part of a record's text is spelled in its file."""
    if form.name != "jsonl":
        return str.encode
    from cleanr.records.jsonl import is_escaped, spelled

    escaped = is_escaped(record)
    return lambda part: spelled(part, escaped=escaped)[1:-1]


def _common(first: bytes, second: bytes) -> int:
    """How many bytes both begin with."""
    return next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
