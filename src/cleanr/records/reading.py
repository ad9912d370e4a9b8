"""All records of a file, for who only looks: ``a.jsonl.gz`` gives its lines."""

from collections.abc import Iterator
from typing import BinaryIO

from cleanr.records import CONTAINERS, Bad, Limits, Record, form_of, read
from cleanr.records.packing import unpacked
from cleanr.records.source import Source, opened


def read_file(
    stream: BinaryIO, name: str, encoding: str | None, text_key: str, limits: Limits | None = None
) -> Iterator[Record | Bad]:
    """The records of a file of that name. Raises `RefusedError` where it is damaged."""
    form = form_of(name)
    content = unpacked(stream, form.packing, limits)
    source = Source(b"", content) if form.name in CONTAINERS else opened(content, encoding, limits)
    yield from read(form, source, text_key, limits)
