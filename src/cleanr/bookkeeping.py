"""The ledger of a file, ``DST/.cleanr/record/a.txt.jsonl``: what was removed from it, or all that was done to it.

It lies beside the outputs, in a directory that is never read as input, and is on disk before the output is. Its lines
are those of `cleanr.report.ledger`. Under ``--record all`` a first line says how the file was encoded, a line keeps
what was left out, and the last line has a hash of the output, so that a ledger of another run is not taken for its own.
"""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Literal

from cleanr.cleaned import Cleaned
from cleanr.records import Bad, Format, Record
from cleanr.records.atomic import Draft
from cleanr.records.source import Source, opened
from cleanr.records.walk import STATE
from cleanr.report import ledger

Kept = Literal["none", "counts", "removals", "all"]
WRITTEN = ("removals", "all")  # the kinds for which there is a ledger
ENCODING = "utf-8"


def ledger_of(root: Path, name: str) -> Path:
    """Where the ledger of an output lies.

    >>> ledger_of(Path("out"), "sub/a.txt").as_posix()
    'out/.cleanr/record/sub/a.txt.jsonl'
    """
    return root / STATE / "record" / f"{name}.jsonl"


class Ledger:
    """The lines about one file, on their way into a draft; `name` is the file's path within the tree."""

    def __init__(self, draft: Draft, name: str, kind: Kept, text_key: str) -> None:
        self._draft = draft
        self._name = name
        self._text_key = text_key
        self._all = kind == "all"
        self._hash = sha256()

    def begin(self, source: Source) -> None:
        """How the file was encoded."""
        if self._all:
            codec, mark = source.encoding or (ENCODING, b"")
            self._write({"path": self._name, "encoding": codec, "mark": mark.hex()})

    def document(self, cleaned: Cleaned, record: Record, form: Format, data: bytes) -> None:
        """What was done to a document that became `data`."""
        raw = record.text or ""
        if not self._all:
            for line in ledger.removals(cleaned, raw, self._name, record.line):
                self._draft.write(line)
        elif cleaned.steps or cleaned.flagged or data != record.raw:
            self._draft.write(ledger.everything(cleaned, raw, self._name, record.line))
            if self._back(data, raw, form) != record.raw:  # JSON spells a string in many ways
                self.keep(record, left_out=False)

    def keep(self, record: Record | Bad, *, left_out: bool = True) -> None:
        """The bytes of a record that the output does not have, or that cannot be computed from it."""
        if self._all:
            raw = record.raw.decode("utf-8", "surrogateescape")
            self._write({"path": self._name, "record": record.line, "raw": raw, "left_out": left_out})

    def output(self, piece: bytes) -> None:
        """A piece of the output."""
        self._hash.update(piece)

    def end(self) -> None:
        """All of the output was seen."""
        if self._all:
            self._write({"path": self._name, "sha256": self._hash.hexdigest()})
        self._draft.commit()

    def _write(self, value: dict[str, object]) -> None:
        self._draft.write(ledger.encoded(value))

    def _back(self, data: bytes, raw: str, form: Format) -> bytes:
        """The record that comes back from the clean one and the raw text."""
        if form.name == "text":
            return raw.encode("utf-8")
        [clean] = form.module.read(opened(BytesIO(data)), self._text_key)
        return bytes(form.module.render(clean, raw))
