r"""Escapes that a program forgot to resolve: ``caf\u00e9``, ``caf\xc3\xa9`` and ``caf%C3%A9`` become ``café``.

Only in prose: a line of code is left alone, and so is one with backslashes that are no such escapes, as paths have.
"""

import re
from collections.abc import Iterator
from functools import cache

from cleanr.code import is_code
from cleanr.edits import Edit

RULE = "encoding.escape"


@cache
def _escape() -> re.Pattern[str]:
    return re.compile(
        r"(?P<json>(?:\\u[0-9a-fA-F]{4})+)|(?P<hex>(?:\\x[89a-fA-F][0-9a-fA-F])+)|(?P<percent>(?:%[89A-Fa-f][0-9A-Fa-f])+)"
    )


def find(line: str) -> Iterator[Edit]:
    """Propose the characters of left-over escapes in a line."""
    if "\\" not in line and "%" not in line:
        return
    found = list(_escape().finditer(line))
    if not found or is_code(line):
        return
    rest = _escape().sub("", line)
    for match in found:
        kind = match.lastgroup or ""
        if kind != "percent" and "\\" in rest or kind == "percent" and re.search(r"%[0-9A-F]{2}", rest):
            continue
        new = _json(match[0]) if kind == "json" else _utf8(match[0])
        if new and all(
            char.isprintable() or char in "\u00a0\u202f\u00ad\u200b\u200c\u200d\ufeff\u3000" for char in new
        ):
            yield Edit(*match.span(), new, RULE, reason=f"{kind} escapes")


def _json(escaped: str) -> str:
    data = b"".join(int(code, 16).to_bytes(2, "big") for code in escaped[2:].split("\\u"))
    try:
        text = data.decode("utf-16-be")
    except UnicodeDecodeError:
        return ""
    return "" if text.isascii() else text


def _utf8(escaped: str) -> str:
    data = bytes.fromhex(re.sub(r"\\x|%", "", escaped))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
