"""Blank lines: more than one in a row, or any at the ends: ``"\\na\\n\\n\\nb\\n\\n"`` becomes ``"a\\n\\nb\\n"``."""

import itertools
import operator
from collections.abc import Iterator

from cleanr.edits import Edit
from cleanr.text import Line, Text

RULES = {
    "blank_lines.runs": r'More than one blank line in a row: "a\n\n\nb" becomes "a\n\nb".',
    "blank_lines.ends": r'Blank lines before the first and after the last line: "\na\n\n" becomes "a\n".',
}
SCOPE = "document"
WAKES = frozenset[str]()


def guard(text: Text) -> bool:
    stripped = text.stripped
    if not stripped[0] or not stripped[-1] and text.rows[-1]:
        return True
    return any(map(operator.eq, stripped, itertools.islice(stripped, 1, None)))  # blank ones are equal


def find(text: Text) -> Iterator[Edit]:
    """Propose to delete surplus blank lines. The last line that is kept keeps its own line end.

    >>> from cleanr.edits import apply
    >>> apply("a\\n\\n \\nb", find(Text("a\\n\\n \\nb")))[0]
    'a\\n\\nb'
    """
    run: list[Line] = []
    behind_text = False
    for line in text.lines:
        if not line.text or line.text.isspace():
            run.append(line)
            continue
        if surplus := run[behind_text:]:  # behind text, one may stay
            rule = "blank_lines.runs" if behind_text else "blank_lines.ends"
            yield Edit(surplus[0].start, line.start, "", rule)
        run, behind_text = [], True
    if run:
        yield Edit(run[0].start, run[-1].stop, "", "blank_lines.ends")
