"""Where documents come from and where they go: ``a.txt`` is one record, ``b.jsonl.gz`` is one a line.

A format is one module over a stream of bytes:

- ``batches(source, limits, text_key) -> Iterator[Batch]`` cuts the stream at the borders of records. It is cheap,
  holds no more than a batch, and raises `RefusedError` where the container is damaged, so that nothing of the file is
  written;
- ``records(batch, limits, text_key) -> Iterator[Record | Bad]`` takes a batch apart, in whichever process;
- ``render(record, text) -> bytes`` gives the record back with another text.

Its name stands in `FORMATS` behind the suffixes that it serves; nothing else knows it. How a file is packed (`.gz`,
`.zst`) is no matter of its format: `cleanr.records.packing`.
"""

import importlib
from collections.abc import Mapping
from pathlib import PurePath
from types import ModuleType
from typing import NamedTuple

from cleanr.text import Kind


class Record(NamedTuple):
    """One document: its bytes `raw`, and the `text` that stands between `start` and `end` of them, decoded.

    `line` counts from 1 in the file, and is 0 where the record is all of the file. `text` is None where there is
    nothing to clean: a blank line, a ``null``.
    """

    line: int
    raw: bytes
    text: str | None
    start: int = 0
    end: int = 0


class Bad(NamedTuple):
    """A record that cannot be read, and why. Those around it can. Without a cause it goes on with the one before.
    `missing` says that it is sound, but has no text."""

    line: int
    raw: bytes
    cause: str
    missing: bool = False


class Batch(NamedTuple):
    """So `many` neighbouring records as they came, the first of which has a number. With a `cause` it is one that is
    bad, or its beginning; with an empty one, the next piece of that."""

    number: int
    data: bytes
    many: int
    cause: str | None = None


class Limits(NamedTuple):
    """What is too much, in bytes: for one document; and unpacked, where that is also more than so many times as much
    as there was packed."""

    document: int = 16 << 20
    unpacked: int = 1 << 30
    ratio: int = 1000

    @property
    def long(self) -> str:
        return f"longer than {self.document} bytes; see --max-document"


class RefusedError(ValueError):
    """A file that cannot be read at all: one line says why."""


class Format(NamedTuple):
    """The module that reads a format, the kind of its texts, and how the file is packed."""

    name: str
    kind: Kind = "text"
    packing: str = ""

    @property
    def module(self) -> ModuleType:
        return importlib.import_module(f"cleanr.records.{self.name}")


FORMATS: Mapping[str, Format] = {
    ".txt": Format("text"),
    ".md": Format("text", "markdown"),
    ".markdown": Format("text", "markdown"),
    ".jsonl": Format("jsonl"),
    ".ndjson": Format("jsonl"),
    ".wet": Format("wet"),
    ".parquet": Format("parquet"),
}
PACKINGS: Mapping[str, str] = {".gz": "gz", ".zst": "zst"}
COLUMNS = "parquet"  # packs its columns itself, and is read from its end
LOOKED_AT = 100  # records without a text, for the keys that they have instead
CONTAINERS = (COLUMNS, "wet")  # say themselves how their texts are encoded


UNKNOWN = f"is of no format that cleanr reads: {', '.join(FORMATS)}, all but .parquet also with .gz or .zst"


def format_of(name: str) -> Format | None:
    """The format that a file's name tells, or None for names that tell none.

    >>> format_of("README.md"), format_of("photo.png")
    (Format(name='text', kind='markdown', packing=''), None)
    >>> format_of("a.warc.wet.gz")
    Format(name='wet', kind='text', packing='gz')
    """
    path = PurePath(name)
    packing = PACKINGS.get(path.suffix.lower(), "")
    form = FORMATS.get((path.with_suffix("") if packing else path).suffix.lower())
    if form is None or (packing and form.name == COLUMNS):
        return None
    return form._replace(packing=packing)


def form_of(name: str) -> Format:
    """The format that a file's name tells; what tells none is text.

    >>> form_of("notes")
    Format(name='text', kind='text', packing='')
    """
    return format_of(name) or Format("text")
