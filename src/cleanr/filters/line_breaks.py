r"""Line breaks of other systems: ``"a\r\nb\u2028c"`` becomes ``"a\nb\nc"``."""

import re
from collections.abc import Iterator
from functools import cache

from cleanr.edits import Edit
from cleanr.text import Text

RULES = {
    "line_breaks.crlf": r'Carriage returns before a line feed: "a\r\nb" becomes "a\nb".',
    "line_breaks.unicode": r'CR, VT, NEL, U+2028 and U+2029: "a\u2028b" becomes "a\nb".',
    "line_breaks.form-feed": r'Form feeds, which break pages: "a\n\fb" and "a\fb" become "a\nb".',
}
SCOPE = "line"


@cache
def _break() -> re.Pattern[str]:
    return re.compile("[\r\x0b\x0c\x85\u2028\u2029](?:(?<=\r)\r*\n?|(?<=\x0c)\x0c*)?")


def guard(text: Text) -> bool:
    return not text.signs.isdisjoint("\r\x0b\x0c\x85\u2028\u2029")


def find(text: Text) -> Iterator[Edit]:
    """Propose ``\\n``. A form feed beside a line break only goes: it would leave a blank line."""
    raw = text.raw
    for match in _break().finditer(raw):
        start, end = match.span()
        if raw[start] == "\x0c":
            beside = start == 0 or raw[start - 1] == "\n" or raw[end : end + 1] in ("\n", "")
            yield Edit(start, end, "" if beside else "\n", "line_breaks.form-feed")
        elif match[0].endswith("\n"):
            yield Edit(start, end - 1, "", "line_breaks.crlf")
        else:
            yield Edit(start, end, "\n" * (end - start), "line_breaks.unicode")
