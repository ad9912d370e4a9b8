"""A file that is one document: ``b"caf\\xc3\\xa9\\r\\n"`` is ``"café\\r\\n"``, line ends as they are."""

from collections.abc import Iterator

from cleanr.records import Batch, Limits, Record, RefusedError
from cleanr.records.source import Source, decode


def batches(source: Source, limits: Limits, text_key: str) -> Iterator[Batch]:
    """The one record of a text file. Raises `RefusedError` where its bytes are not text, or too many."""
    data = source.read(limits.document)
    if len(data) > limits.document:
        raise RefusedError(limits.long)
    decode(data)
    yield Batch(0, data, 1)


def records(batch: Batch, limits: Limits, text_key: str) -> Iterator[Record]:
    """The file."""
    yield Record(0, batch.data, batch.data.decode("utf-8"), 0, len(batch.data))


def render(record: Record, text: str) -> bytes:
    """The text in UTF-8."""
    return text.encode("utf-8")
