"""A line said twice in a row: of ``The bridge opens in May`` twice, as headline and as title, one goes.

Verse, tables, code, lists and talk repeat themselves on purpose: there, nothing goes.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import Finding, Row
from cleanr.packs import Rules
from cleanr.writing import count_words

LEAST_WORDS = 5


@cache
def _structured() -> re.Pattern[str]:
    """What begins a list item, a quotation, a turn of talk or a row, or stands in one or in code."""
    return re.compile(r"^(?:[-*+•>|#<]|\d{1,4}[.):]|\w{1,20}[:>])|[{};=|\t\\]|\S {2,}\S|[{};]$")


def find(rows: Sequence[Row], rules: Rules) -> Iterator[Finding]:
    """Lines of five or more words that equal the line directly before them, and stand beside prose."""
    for i, (before, row) in enumerate(itertools.pairwise(rows), 1):
        if row.text != before.text or row.fixed or not row.follows(before) or row.line.text[0].isspace():
            continue
        if (i > 1 and rows[i - 2].text == row.text) or (i + 1 < len(rows) and rows[i + 1].text == row.text):
            continue  # three times is meant
        if count_words(row.text) < LEAST_WORDS or _structured().search(row.text):
            continue
        if row.is_prose or _beside_prose(rows, i):
            yield Finding(row, "repeats", Safety.LIKELY, "repeats the line before it")


def _beside_prose(rows: Sequence[Row], i: int) -> bool:
    """Whether a paragraph is near: among short lines only, a repeated line is a refrain."""
    near = [row for row in (*rows[max(0, i - 3) : i - 1], *rows[i + 1 : i + 3]) if row.text != rows[i].text]
    return bool(near) and sum(row.is_prose for row in near) * 2 >= len(near)
