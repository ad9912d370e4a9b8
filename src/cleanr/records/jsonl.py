"""A document a line: in ``{"id": 1.10, "text": "a  b"}`` the text becomes ``"a b"``, and ``1.10`` stays ``1.10``.

The line is never built anew: the new string is put where the old one stood, so that numbers, order, spaces and
escapes of everything else keep their bytes.
"""

import io
import json
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, BinaryIO, NamedTuple

from cleanr.records import Bad, Reading, Record, RefusedError
from cleanr.records.text import declared, decode

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
BLANK = b" \t\r\n"
SPACES = re.compile(r"[ \t\r\n]*")
ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u")
# Not strict: raw control characters inside of strings are dirt, not damage. Integers are only stepped over, and
# int() refuses those of more than 4300 digits.
DECODER = json.JSONDecoder(strict=False, parse_int=float)


class Value(NamedTuple):
    """A member's value, and where in the line it stands."""

    start: int
    end: int
    value: Any


def read(stream: BinaryIO, reading: Reading) -> Iterator[Record | Bad]:
    """The records of a JSONL stream, blank lines included, so that what is not cleaned can be passed on.

    Raises `RefusedError` where the first line that is not blank is no JSON object: then nothing here is JSONL.
    """
    keys = reading.text_key.split(".")
    first = stream.readline()
    lines = chain([first], stream) if first else iter(())
    if reading.encoding or declared(first):
        lines = io.BytesIO(decode(first + stream.read(), reading.encoding).encode("utf-8"))
    begun = False
    for number, raw in enumerate(lines, 1):
        if not raw.strip(BLANK):
            yield Record(number, raw, None)
            continue
        try:
            yield _record(number, raw, keys)
        except (ValueError, RecursionError) as error:
            if not begun and not isinstance(error, LookupError):
                raise RefusedError(f"not JSONL: line {number}: {_cause(error)}") from error
            yield Bad(number, raw, _cause(error))
        begun = True


def render(record: Record, text: str) -> bytes:
    """The line with another text, in the escapes of the old one; with the same text, the same bytes.

    >>> render(_record(1, b'{"text": "caf\\\\u00e9  noir"}', ["text"]), "caf\\xe9 noir")
    b'{"text": "caf\\\\u00e9 noir"}'
    """
    if text == record.text:
        return record.raw
    line = record.raw.decode("utf-8")
    old = line[record.start : record.end]
    ascii_only = (old.isascii() and ESCAPE.search(old) is not None) or not _encodes(text)
    return (line[: record.start] + json.dumps(text, ensure_ascii=ascii_only) + line[record.end :]).encode("utf-8")


class MissingError(LookupError, ValueError):
    """An object without a text: bad, but no sign that the file is not JSONL."""


def _record(number: int, raw: bytes, keys: Sequence[str]) -> Record:
    line = raw.decode("utf-8").rstrip(" \t\r\n")
    start = SPACES.match(line, number == 1 and line.startswith(BOM)).end()  # type: ignore[union-attr]
    if line[start : start + 1] != "{":
        DECODER.raw_decode(line, start)  # says what is wrong, if it is no JSON at all
        raise ValueError("not a JSON object")
    found, end = _member(line, start, keys[0])
    if end < len(line):
        raise json.JSONDecodeError("Extra data", line, _skip(line, end))
    for key in keys[1:]:
        found = _member(line, found.start, key)[0] if found and isinstance(found.value, dict) else None
    if found is None:
        raise MissingError(f"no text: it has no {'.'.join(keys)!r}")
    if found.value is not None and not isinstance(found.value, str):
        raise MissingError(f"{'.'.join(keys)!r} is not a string")
    return Record(number, raw, found.value, found.start, found.end)


def _member(line: str, at: int, name: str) -> tuple[Value | None, int]:
    """The value of a member of the object at `at`, the last one if there are several, and where the object ends."""
    found, at = None, _skip(line, at + 1)
    if line[at : at + 1] == "}":
        return None, at + 1
    while True:
        _expect(line, at, '"', "Expecting property name enclosed in double quotes")
        key, at = scanstring(line, at + 1, False)
        at = _skip(line, at)
        _expect(line, at, ":", "Expecting ':' delimiter")
        start = _skip(line, at + 1)
        value, end = DECODER.raw_decode(line, start)
        if key == name:
            found = Value(start, end, value)
        at = _skip(line, end)
        if line[at : at + 1] == "}":
            return found, at + 1
        _expect(line, at, ",", "Expecting ',' delimiter")
        at = _skip(line, at + 1)


def _skip(line: str, at: int) -> int:
    return SPACES.match(line, at).end()  # type: ignore[union-attr]


def _expect(line: str, at: int, character: str, cause: str) -> None:
    if line[at : at + 1] != character:
        raise json.JSONDecodeError(cause, line, at)


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
