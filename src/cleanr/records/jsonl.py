"""A document a line: in ``{"id": 1.10, "text": "a  b"}`` the text becomes ``"a b"``, and ``1.10`` stays ``1.10``.

The line is never built anew: the new string is put where the old one stood, so that numbers, order, spaces and
escapes of everything else keep their bytes.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from cleanr.records import Bad, Record, RefusedError
from cleanr.records.source import Source

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
BLANK = b" \t\r\n"
SPACES = re.compile(r"[ \t\r\n]*")
ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u")
# Not strict: raw control characters inside of strings are dirt, not damage. Integers are only stepped over, and
# int() refuses those of more than 4300 digits.
DECODER = json.JSONDecoder(strict=False, parse_int=float)
LOOKED_AT = 100  # records without a text, for the keys that they have instead
NAMED = 12  # of these keys
LONGEST = 60  # characters of one


class Value(NamedTuple):
    """A member's value, and where in the line it stands."""

    start: int
    end: int
    value: Any


def read(source: Source, text_key: str) -> Iterator[Record | Bad]:
    """The records of a JSONL file, blank lines included, so that what is not cleaned can be passed on.

    Raises `RefusedError` where the first line that is not blank is no JSON object: then nothing here is JSONL. And at
    the end, where no object had a text: then `text_key` is not the key of this file.
    """
    keys = text_key.split(".")
    begun = found = False
    lacking: list[bytes] = []
    for number, raw in enumerate(source.lines(), 1):
        if not raw.strip(BLANK):
            yield Record(number, raw, None)
            continue
        try:
            record = _record(number, raw, keys)
        except (ValueError, RecursionError) as error:
            if not begun and not isinstance(error, LookupError):
                raise RefusedError(f"not JSONL: line {number}: {_cause(error)}") from error
            if isinstance(error, MissingError) and not found and len(lacking) < LOOKED_AT:
                lacking.append(raw)
            yield Bad(number, raw, _cause(error))
        else:
            found = True
            yield record
        begun = True
    if lacking and not found:
        there = ", ".join(_strings(lacking)) or "none"
        raise RefusedError(f"no record has a text under {text_key!r}; keys of strings there: {there}; see --text-key")


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
