"""Extracted texts of a crawl, ``.warc.wet``: after cleaning, ``Content-Length: 4`` is 3, and its digest is new.

Records of the type ``conversion`` are documents; others, such as ``warcinfo``, are passed on as they are. Of a header
only the values change that would not be true any more. A length that does not lead to the next record is damage to
the file; a digest that is not that of the block is damage to the record.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from cleanr.records import Bad, Batch, Limits, Record, RefusedError
from cleanr.records.source import Source

BATCH = 1 << 18
HEAD = 1 << 16  # bytes that a header may have
END = re.compile(rb"\r?\n\r?\n")
FIELD = re.compile(rb"^([^:\r\n]+):[ \t]*([^\r\n]*?)[ \t]*\r?$", re.MULTILINE)
DIGESTS = (b"warc-block-digest", b"warc-payload-digest")  # of a record without HTTP headers, these are the same
BETWEEN = b"\r\n\r\n"


class Field(NamedTuple):
    """A value of a header, and where it stands."""

    start: int
    end: int
    value: bytes


class _Window:
    """The bytes of a source that are looked at, from the first one that was not handed on."""

    def __init__(self, source: Source) -> None:
        self.data = b""
        self._blocks = source.blocks(BATCH)

    def reach(self, size: int) -> bool:
        """Whether there are so many bytes."""
        parts, have = [self.data], len(self.data)
        while have < size and (block := next(self._blocks, b"")):
            parts.append(block)
            have += len(block)
        self.data = b"".join(parts) if len(parts) > 1 else self.data
        return have >= size

    def take(self, size: int) -> bytes:
        taken, self.data = self.data[:size], self.data[size:]
        return taken


def batches(source: Source, limits: Limits, text_key: str) -> Iterator[Batch]:
    """Whole records, many at once. Of one that is too long, pieces.

    Raises `RefusedError` where no record stands, or one ends too early.
    """
    window, number = _Window(source), 1
    held: list[bytes] = []
    size = 0
    while window.reach(1):
        head, length = _head(window, number)
        if length > limits.document:
            if held:
                yield Batch(number - len(held), b"".join(held), len(held))
                held, size = [], 0
            yield Batch(number, window.take(head), 0, limits.long)
            while length:
                if not window.reach(1):
                    raise RefusedError(f"record {number}: ends too early")
                piece = window.take(min(length, BATCH))
                length -= len(piece)
                yield Batch(number, piece, 0, "")
            yield Batch(number, window.take(_gap(window, 0, number)), 1, "")
        else:
            if not window.reach(head + length):
                raise RefusedError(f"record {number}: ends too early: its Content-Length is {length}")
            held.append(window.take(head + length + _gap(window, head + length, number)))
            size += len(held[-1])
            if size >= BATCH:
                yield Batch(number + 1 - len(held), b"".join(held), len(held))
                held, size = [], 0
        number += 1
    if held:
        yield Batch(number - len(held), b"".join(held), len(held))


def records(batch: Batch, limits: Limits, text_key: str) -> Iterator[Record | Bad]:
    """The records of a batch."""
    if batch.cause is not None:
        yield Bad(batch.number, batch.data, batch.cause)
        return
    data, at = batch.data, 0
    for number in range(batch.number, batch.number + batch.many):
        head = END.search(data, at).end()  # type: ignore[union-attr]
        end = head + int(_fields(data[at:head])[b"content-length"].value)
        behind = data.find(b"WARC/", end) if number < batch.number + batch.many - 1 else len(data)
        yield _record(number, data[at:behind], head - at, end - at)
        at = behind


def render(record: Record, text: str) -> bytes:
    """The record with another text: its length and its digests are those of the new block."""
    if text == record.text:
        return record.raw
    block = text.encode("utf-8")
    head = record.raw[: record.start]
    fields = _fields(head)
    changes = [(fields[b"content-length"], b"%d" % len(block))]
    for name in DIGESTS:
        if name in fields and (digest := _digest(fields[name].value, block)):
            changes.append((fields[name], digest))
    for field, value in sorted(changes, reverse=True):
        head = head[: field.start] + value + head[field.end :]
    return head + block + record.raw[record.end :]


def _record(number: int, raw: bytes, start: int, end: int) -> Record | Bad:
    fields, block = _fields(raw[:start]), raw[start:end]
    kind, media = (fields[name].value if name in fields else b"" for name in (b"warc-type", b"content-type"))
    if kind.lower() != b"conversion" or not (not media or media.lower().startswith(b"text/plain")):
        return Record(number, raw, None)
    for name in DIGESTS:
        if name in fields:
            given = fields[name].value
            digest = _digest(given, block)
            if digest is None:
                return Bad(number, raw, f"{name.decode()}: {_shown(given)} is of no algorithm that cleanr knows")
            if digest != given:
                return Bad(number, raw, f"damaged: its {name.decode()} is not that of its block")
    try:
        return Record(number, raw, block.decode("utf-8"), start, end)
    except UnicodeDecodeError as error:
        cause = f"not UTF-8: byte 0x{block[error.start]:02x} at offset {error.start} of the block"
        return Bad(number, raw, cause)


def _head(window: _Window, number: int) -> tuple[int, int]:
    """The lengths of a record's header and of its block."""
    window.reach(HEAD)
    found = END.search(window.data, 0, HEAD)
    if not window.data.startswith(b"WARC/") or not found:
        what = "not WARC" if number == 1 else f"record {number}"
        raise RefusedError(f"{what}: no header stands there, but {_shown(window.data[:20])}")
    fields = _fields(window.data[: found.end()])
    length = fields.get(b"content-length")
    if length is None or not length.value.isdigit() or len(length.value) > 15:
        raise RefusedError(f"record {number}: its Content-Length is {_shown(length.value) if length else 'missing'}")
    return found.end(), int(length.value)


def _gap(window: _Window, at: int, number: int) -> int:
    """The length of the two line ends behind a block, behind which the next record or nothing stands."""
    window.reach(at + len(BETWEEN) + len(b"WARC/"))
    for gap in (BETWEEN, b"\n\n"):
        behind = window.data[at + len(gap) : at + len(gap) + len(b"WARC/")]
        if window.data.startswith(gap, at) and behind in (b"", b"WARC/"):
            return len(gap)
    raise RefusedError(f"record {number}: no record ends where its Content-Length says so")


def _fields(head: bytes) -> dict[bytes, Field]:
    """The fields of a header, by their names in lower case; of two of a name, the first."""
    found: dict[bytes, Field] = {}
    for match in FIELD.finditer(head):
        found.setdefault(match[1].strip().lower(), Field(*match.span(2), match[2]))
    return found


def _digest(given: bytes, block: bytes) -> bytes | None:
    """A digest of a block like another one, which says its algorithm; in base 32 or 16 as that one.

    >>> _digest(b"sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", b"")
    b'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    name, colon, value = given.partition(b":")
    algorithm = name.decode("ascii", "replace").lower().replace("-", "")
    if not colon or algorithm not in ("md5", "sha1", "sha256", "sha512"):
        return None
    made = hashlib.new(algorithm, block, usedforsecurity=False).digest()
    if len(value) == 2 * len(made):
        text = made.hex().encode()
        return name + colon + (text.upper() if value.isupper() else text)
    text = base64.b32encode(made)
    if len(value) != len(text):
        text = text.rstrip(b"=")
    if len(value) != len(text):
        return None
    return name + colon + (text.lower() if value.islower() else text)


def _shown(data: bytes) -> str:
    return repr(data)[1:]
