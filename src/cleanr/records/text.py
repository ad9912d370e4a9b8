"""A file that is one document: ``b"caf\\xc3\\xa9\\r\\n"`` is ``"café\\r\\n"``, line ends as they are."""

from collections.abc import Iterator

from cleanr.records import Record
from cleanr.records.source import Source, decode


def read(source: Source, text_key: str) -> Iterator[Record]:
    """The one record of a text file. Raises `RefusedError` where its bytes are not text."""
    raw = source.read()
    yield Record(0, raw, decode(raw), 0, len(raw))


def render(record: Record, text: str) -> bytes:
    """The text in UTF-8."""
    return text.encode("utf-8")
