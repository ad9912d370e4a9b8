"""A document a line: in ``{"id": 1.10, "text": "a  b"}`` the text becomes ``"a b"``, and ``1.10`` stays ``1.10``.

The line is never built anew: the new string is put where the old one stood, so that numbers, order, spaces and
escapes of everything else keep their bytes.
"""

import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import islice
from typing import Any

from cleanr.records import Bad, Batch, Limits, Record, RefusedError
from cleanr.records.members import DECODER, Value, member, skip
from cleanr.records.source import Source

BATCH = 1 << 18  # bytes: enough that handing it to another process costs little, few enough to hold many
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
MARK = BOM.encode()
BLANK = b" \t\r\n"
ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\u")
NAMED = 12  # of the keys that records have instead of a text
LONGEST = 60  # characters of one


class MissingError(LookupError, ValueError):
    """An object without a text: bad, but no sign that the file is not JSONL."""


def batches(source: Source, limits: Limits, text_key: str) -> Iterator[Batch]:
    """Lines, many at once. Of one that is too long, pieces.

    Raises `RefusedError` where the first line that is not blank is no JSON object: then nothing here is JSONL.
    """
    number, held, long, begun = 1, b"", False, False
    for block in source.blocks(BATCH):
        if long:
            end = block.find(b"\n") + 1
            yield Batch(number, block[:end] if end else block, int(end > 0), "")
            long, number, block = not end, number + bool(end), block[end:] if end else b""
        held += block
        end = held.rfind(b"\n") + 1
        if end:
            begun = begun or _begins(held[:end], number, limits, text_key)
            yield Batch(number, held[:end], count := held.count(b"\n", 0, end))
            number, held = number + count, held[end:]
        if len(held) > max(limits.document, BATCH):
            begun = begun or _begins(held, number, limits, text_key)
            yield Batch(number, held, 0, limits.long)
            long, held = True, b""
    if held:
        begun or _begins(held, number, limits, text_key)
        yield Batch(number, held, 1)


def records(batch: Batch, limits: Limits, text_key: str) -> Iterator[Record | Bad]:
    """The lines of a batch, blank ones included, so that what is not cleaned can be passed on."""
    if batch.cause is not None:
        yield Bad(batch.number, batch.data, batch.cause)
        return
    keys = text_key.split(".")
    for number, raw in enumerate(io.BytesIO(batch.data), batch.number):
        yield _read(number, raw, keys, limits)


def _read(number: int, raw: bytes, keys: Sequence[str], limits: Limits) -> Record | Bad:
    if not raw.strip(BLANK):
        return Record(number, raw, None)
    if len(raw) > limits.document:
        return Bad(number, raw, limits.long)
    try:
        return _fast(number, raw, keys) or _record(number, raw, keys)
    except (ValueError, RecursionError) as error:
        return Bad(number, raw, _cause(error), isinstance(error, MissingError))


def render(record: Record, text: str) -> bytes:
    """The line with another text, in the escapes of the old one; with the same text, the same bytes.

    >>> render(_record(1, b'{"text": "caf\\\\u00e9  noir"}', ["text"]), "caf\\xe9 noir")
    b'{"text": "caf\\\\u00e9 noir"}'
    """
    if text == record.text:
        return record.raw
    return record.raw[: record.start] + spelled(text, escaped=is_escaped(record)) + record.raw[record.end :]


def is_escaped(record: Record) -> bool:
    """Whether the text of a record has escapes for all that is not ASCII."""
    old = record.raw[record.start : record.end]
    return b"\\u" in old and old.isascii() and ESCAPE.search(old) is not None


def spelled(text: str, *, escaped: bool) -> bytes:
    """A string as JSON."""
    return json.dumps(text, ensure_ascii=escaped or not _encodes(text)).encode("utf-8")


def lacking(lines: Sequence[bytes], text_key: str) -> str:
    """Why a file is refused in which no record has a text."""
    there = ", ".join(_strings(lines)) or "none"
    return f"no record has a text under {text_key!r}; keys of strings there: {there}; see --text-key"


def _begins(data: bytes, number: int, limits: Limits, text_key: str) -> bool:
    """Whether a line stands there that is not blank: the first of the file, which must be an object."""
    for line in data.split(b"\n"):
        if line.strip(BLANK):
            if len(line) > limits.document:
                if not line.removeprefix(MARK).lstrip(BLANK).startswith(b"{"):
                    raise RefusedError(f"not JSONL: line {number}: not a JSON object")
                return True
            try:
                _record(number, line, text_key.split("."))
            except MissingError:
                return True
            except (ValueError, RecursionError) as error:
                raise RefusedError(f"not JSONL: line {number}: {_cause(error)}") from error
            return True
        number += 1
    return False


@cache
def _decoders(key: str) -> tuple[Any, Any]:
    """What finds the bytes of a member, and what reads a string."""
    import msgspec

    line = msgspec.defstruct("Line", [("text", msgspec.Raw)], rename={"text": key})
    return msgspec.json.Decoder(line), msgspec.json.Decoder(str)


def _fast(number: int, raw: bytes, keys: Sequence[str]) -> Record | None:
    """The record, if its key is plain and its text stands there once: then its bytes tell where it is."""
    if len(keys) > 1:
        return None
    find, text = _decoders(keys[0])
    try:
        found = bytes(find.decode(raw).text)
        start = raw.index(found)
        if not found.startswith(b'"') or raw.find(found, start + 1) >= 0:
            return None
        raw.decode("utf-8")  # what is stepped over was not looked at so closely
        return Record(number, raw, text.decode(found), start, start + len(found))
    except (ValueError, RecursionError):
        return None  # perhaps JSON for others: there it is told what is wrong


def _record(number: int, raw: bytes, keys: Sequence[str]) -> Record:
    line = raw.decode("utf-8").rstrip(" \t\r\n")
    start = skip(line, number == 1 and line.startswith(BOM))
    if line[start : start + 1] != "{":
        DECODER.raw_decode(line, start)  # says what is wrong, if it is no JSON at all
        raise ValueError("not a JSON object")
    found, end = member(line, start, keys[0])
    if end < len(line):
        raise json.JSONDecodeError("Extra data", line, skip(line, end))
    for key in keys[1:]:
        found = member(line, found.start, key)[0] if found and isinstance(found.value, dict) else None
    if found is None:
        raise MissingError(f"no text: it has no {'.'.join(keys)!r}")
    if found.value is not None and not isinstance(found.value, str):
        raise MissingError(f"{'.'.join(keys)!r} is not a string")
    return _at(number, raw, line, found)


def _at(number: int, raw: bytes, line: str, found: Value) -> Record:
    start = len(line[: found.start].encode("utf-8"))
    return Record(number, raw, found.value, start, start + len(line[found.start : found.end].encode("utf-8")))


def _strings(lines: Sequence[bytes]) -> list[str]:
    """The paths under which objects have strings, as ``a.b``."""
    found: dict[str, None] = {}
    for line in lines:
        with suppress(RecursionError):
            value = DECODER.decode(line.decode("utf-8").strip(" \t\r\n" + BOM))
            found |= dict.fromkeys(path[:LONGEST] for path in islice(_paths(value), NAMED + 1))
        if len(found) > NAMED:
            return [*list(found)[:NAMED], "…"]
    return list(found)


def _paths(value: dict[str, Any]) -> Iterator[str]:
    for key, inner in value.items():
        if isinstance(inner, str):
            yield key
        elif isinstance(inner, dict):
            yield from (f"{key}.{path}" for path in _paths(inner))


def _encodes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate, which JSON can only escape
        return False
    return True


def _cause(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not valid JSON: {error.msg} at column {error.pos + 1}"
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8: byte 0x{error.object[error.start]:02x} at offset {error.start} of the line"
    if isinstance(error, RecursionError):
        return "nested too deep"
    return str(error)
