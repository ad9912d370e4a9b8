"""Where a member of a JSON object stands: in ``{"id": 1.10, "text": "a"}`` the text is at 21 to 24."""

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

SPACES = re.compile(r"[ \t\r\n]*")
# Not strict: raw control characters inside of strings are dirt, not damage. Integers are only stepped over, and
# int() refuses those of more than 4300 digits.
DECODER = json.JSONDecoder(strict=False, parse_int=float)


class Value(NamedTuple):
    """A member's value, and where in the line it stands."""

    start: int
    end: int
    value: Any


def member(line: str, at: int, name: str) -> tuple[Value | None, int]:
    """The value of a member of the object at `at`, the last one if there are several, and where the object ends.

    Raises `json.JSONDecodeError` where it is none.

    >>> member('{"id": 1.10, "text": "a"}', 0, "text")
    (Value(start=21, end=24, value='a'), 25)
    """
    found, at = None, skip(line, at + 1)
    if line[at : at + 1] == "}":
        return None, at + 1
    while True:
        _expect(line, at, '"', "Expecting property name enclosed in double quotes")
        key, at = scanstring(line, at + 1, False)
        at = skip(line, at)
        _expect(line, at, ":", "Expecting ':' delimiter")
        start = skip(line, at + 1)
        value, end = DECODER.raw_decode(line, start)
        if key == name:
            found = Value(start, end, value)
        at = skip(line, end)
        if line[at : at + 1] == "}":
            return found, at + 1
        _expect(line, at, ",", "Expecting ',' delimiter")
        at = skip(line, at + 1)


def skip(line: str, at: int) -> int:
    """The next place that is no white space."""
    return SPACES.match(line, at).end()  # type: ignore[union-attr]


def _expect(line: str, at: int, character: str, cause: str) -> None:
    if line[at : at + 1] != character:
        raise json.JSONDecodeError(cause, line, at)


def with_member(raw: bytes, value: Any, name: str = "cleanr") -> bytes:
    """A line with one more member of its object, or with another value of it.

    >>> with_member(b'{"text": "a"}\\n', {"rules": []})
    b'{"text": "a","cleanr":{"rules":[]}}\\n'
    """
    line = raw.decode("utf-8")
    start = line.index("{")
    found, end = member(line, start, name)
    data = json.dumps(value, separators=(",", ":"))
    low, high = (found.start, found.end) if found else (end - 1, end - 1)
    return f"{line[:low]}{'' if found else f',{json.dumps(name)}:'}{data}{line[high:]}".encode()
