"""All records of a file, for who only looks: ``a.jsonl.gz`` gives its lines."""

from collections.abc import Iterator
from typing import BinaryIO

from cleanr.records import CONTAINERS, LOOKED_AT, Bad, Format, Limits, Record, RefusedError, form_of
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


def read(form: Format, source: Source, text_key: str, limits: Limits | None = None) -> Iterator[Record | Bad]:
    """All records of a source, and the bad ones among them. Raises `RefusedError` as the format does."""
    limits = limits or Limits()
    module, found, lacking = form.module, False, list[bytes]()
    for batch in module.batches(source, limits, text_key):
        for record in module.records(batch, limits, text_key):
            if isinstance(record, Bad) and record.missing:
                lacking += [record.raw] if len(lacking) < LOOKED_AT else []
            elif isinstance(record, Record) and record.raw.strip():
                found = True
            yield record
    if lacking and not found:
        raise RefusedError(module.lacking(lacking, text_key))
