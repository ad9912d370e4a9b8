r"""Spaces that say nothing: ``"a\u00a0 b "`` becomes ``"a b"``; indentation, columns and French spacing stay."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from cleanr.code import is_code
from cleanr.edits import Edit
from cleanr.text import Line, Text
from cleanr.writing import EAST_ASIAN

RULES = {
    "spaces.unusual": r'No-break and other special spaces: "a\u00a0b" becomes "a b"; those of "Quoi\u00a0?" stay.',
    "spaces.runs": 'Several spaces between words of prose: "a  b" becomes "a b".',
    "spaces.trailing": 'Spaces at a line\'s end: "a " becomes "a" (in Markdown two of them break a line, and stay).',
}
SCOPE = "paragraph"

UNUSUAL = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# French puts a no-break space before these, and behind «; digits are grouped by one.
FRENCH_BEFORE, FRENCH_BEHIND = ";:!?»›%‰€$£", "«‹"
WIDEST_TABLE = 60  # characters: further to the right, words stand in one column by chance
CELL_WORDS = 3  # of a line with several gaps: with fewer words for each, they are columns
PROSE_WORDS = 12  # a line with so many words for each wide gap is no table row


@cache
def _gap() -> re.Pattern[str]:
    space = rf"[ \t{UNUSUAL}]"
    return re.compile(rf"{space}(?:(?<=[\t{UNUSUAL}])|(?={space})|(?=\r?$)){space}*", re.MULTILINE)


@cache
def _preformatted() -> re.Pattern[str]:
    """Deep indentation, dot leaders, the time at the head of a log entry."""
    return re.compile(r"^(?: {4}|\t)|\.{5}|(?: \.){4}|^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


@cache
def _east_asian() -> re.Pattern[str]:
    return re.compile(f"[{EAST_ASIAN}]")


def guard(text: Text) -> bool:
    if text.has_gaps or not text.signs.isdisjoint(f"\t\r{UNUSUAL}"):
        return True
    return any(row[-1:] == " " for row in text.rows)


def find(text: Text) -> Iterator[Edit]:
    """Propose single plain spaces between words and none at a line's end.

    Wide gaps stay where a word behind one lines up with a word of the line above or below, or where the line is no
    prose: then they make columns.
    """
    last = [len(text.raw) - 1] if text.raw.endswith(" ") else []
    places = text.places(["  ", " \n", " \r", *text.signs.intersection(f"\t{UNUSUAL}")])
    for i in text.lines_at([*places, *last]):
        line = text.line(i)
        gaps = list(_gap().finditer(line.text))
        around = [*text.rows[max(i - 1, 0) : i], *text.rows[i + 1 : i + 2]]
        yield from _line(line, gaps, _is_row(line.text, gaps, around), text.kind == "markdown")


def _is_wide(gap: re.Match[str], end: int) -> bool:
    """Whether a gap between words, the last of which ends at `end`, is wider than a space."""
    inner = gap.start() > 0 and gap.end() < end
    return inner and (len(gap[0]) > 1 or gap[0] == "\t")


def _is_row(line: str, gaps: Sequence[re.Match[str]], around: Sequence[str]) -> bool:
    """Whether a line with wide gaps is one of a table or of preformatted text, by itself or by its neighbours."""
    end = len(line.rstrip())
    wide = [gap for gap in gaps if _is_wide(gap, end)]
    if not wide:
        return False
    if _preformatted().search(line) or is_code(line):
        return True
    if any("\t" in gap[0] for gap in wide) and any("\t" in other.strip() for other in around):
        return True
    columns = sum(len(gap[0]) > 2 or "\t" in gap[0] for gap in wide)
    if columns and len(line.split()) < PROSE_WORDS * columns:
        return True
    inner = [gap for gap in wide if line[gap.start() - 1] not in ".!?…,;:"]
    if len(inner) > 1 and len(line.split()) < CELL_WORDS * (len(inner) + 1):
        return True
    return any(line[gap.end()].isdigit() or any(_begins_word(other, gap.end()) for other in around) for gap in inner)


def _begins_word(line: str, at: int) -> bool:
    """Whether a word of a neighbouring line begins in the same column, not too far to the right for a table."""
    return 0 < at < min(len(line), WIDEST_TABLE) and line[at - 1].isspace() and not line[at].isspace()


def _line(line: Line, gaps: Sequence[re.Match[str]], aligned: bool, markdown: bool) -> Iterator[Edit]:
    end = len(line.text.rstrip("\r"))
    full_width = any("\u3000" in gap[0] for gap in gaps) and _east_asian().search(line.text)
    for gap in gaps:
        old, rule = gap[0], "spaces.runs"
        if gap.end() == end:
            rule = "spaces.trailing"
            new = old if markdown and gap.start() and old.isascii() and old.endswith("  ") else ""
        elif full_width and "\u3000" in old:
            new = old
        elif gap.start() == 0 or aligned:
            rule, new = "spaces.unusual", "".join(c if c in " \t" else " " for c in old)
        elif len(old) == 1 and old != "\t":
            rule, new = "spaces.unusual", old if _is_french(gap) else " "
        else:
            new = " "
        if new != old:
            yield Edit(line.start + gap.start(), line.start + gap.end(), new, rule)


def _is_french(gap: re.Match[str]) -> bool:
    start, end = gap.span()
    before, behind = gap.string[max(start - 1, 0) : start], gap.string[end : end + 1]
    if gap[0] not in "\u00a0\u202f\u2009" or not before or not behind:
        return False
    return behind in FRENCH_BEFORE or before in FRENCH_BEHIND or before.isdigit() and behind.isdigit()
