"""Where documents come from and where they go: ``a.txt`` is one record, ``b.jsonl`` is one a line.

A format is one module with two functions:

- ``read(source, text_key) -> Iterator[Record | Bad]`` takes the UTF-8 of a `Source` apart; it raises `RefusedError`
  where the container is damaged, so that nothing of the file is written;
- ``render(record, text) -> bytes`` gives the record back with another text.

Its name stands in `FORMATS` behind the suffixes that it serves; nothing else knows it.
"""

import importlib
from collections.abc import Mapping
from pathlib import PurePath
from types import ModuleType
from typing import NamedTuple

from cleanr.text import Kind


class Record(NamedTuple):
    """One document: its bytes `raw`, and the `text` between `start` and `end` of them, decoded.

    `line` counts from 1 in the file, and is 0 where the record is all of the file. `text` is None where there is
    nothing to clean: a blank line, a ``null``.
    """

    line: int
    raw: bytes
    text: str | None
    start: int = 0
    end: int = 0


class Bad(NamedTuple):
    """A record that cannot be read, and why. Those around it can."""

    line: int
    raw: bytes
    cause: str


class RefusedError(ValueError):
    """A file that cannot be read at all: one line says why."""


class Format(NamedTuple):
    """The module that reads a format, and the kind of its texts."""

    name: str
    kind: Kind = "text"

    @property
    def module(self) -> ModuleType:
        return importlib.import_module(f"cleanr.records.{self.name}")


FORMATS: Mapping[str, Format] = {
    ".txt": Format("text"),
    ".md": Format("text", "markdown"),
    ".markdown": Format("text", "markdown"),
    ".jsonl": Format("jsonl"),
    ".ndjson": Format("jsonl"),
}


UNKNOWN = f"is of no format that cleanr reads: {', '.join(FORMATS)}"


def format_of(name: str) -> Format | None:
    """The format that a file's name tells, or None for names that tell none.

    >>> format_of("README.md"), format_of("photo.png")
    (Format(name='text', kind='markdown'), None)
    """
    return FORMATS.get(PurePath(name).suffix.lower())


def form_of(name: str) -> Format:
    """The format that a file's name tells; what tells none is text.

    >>> form_of("notes")
    Format(name='text', kind='text')
    """
    return format_of(name) or Format("text")
