"""Spans that no edit may touch: in ``a “b” `“c”` `` the inline code keeps its quotes.

In Markdown these are front matter, fenced, indented and inline code, and tables; in every text they are URLs
and e-mail addresses. A carriage return before a line feed is never protected: a file that mixes line ends
inside and outside of its code blocks serves nobody.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple


class Region(NamedTuple):
    """A protected span. A `whole` one (an address) may go together with all of the line it stands in."""

    start: int
    end: int
    whole: bool = False

    def touched_by(self, start: int, end: int) -> bool:
        if start == end:
            return self.start < start < self.end
        if start >= self.end or end <= self.start:
            return False
        return not (self.whole and start <= self.start and self.end <= end)


def regions(raw: str, *, markdown: bool) -> tuple[Region, ...]:
    """The protected regions of a text, ordered and disjoint.

    >>> regions("mail me@example.org", markdown=False)
    (Region(start=5, end=19, whole=True),)
    """
    found = _addresses(raw)
    if markdown:
        found = _merged([*found, *_code(raw)])
    return tuple(found)


@cache
def _url() -> re.Pattern[str]:
    # Quotes, brackets and everything outside ASCII end an address.
    return re.compile(r"(?:(?:https?|ftp)://|www\.)[!#$%&()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+")


@cache
def _mail() -> re.Pattern[str]:
    # The bounds are those of RFC 5321 (64 for the local part, 63 for a label); a look-behind asks for a whole word.
    local, label = r"[A-Za-z0-9._%+-]", r"[A-Za-z0-9-]{1,63}"
    return re.compile(rf"(?<!{local}){local}{{1,64}}@{label}(?:\.{label}){{1,8}}")


def _addresses(raw: str) -> list[Region]:
    found = []
    if "://" in raw or "www." in raw:
        found = [Region(*match.span(), whole=True) for match in _url().finditer(raw)]
    if "@" in raw:
        mails = [Region(*match.span(), whole=True) for match in _mail().finditer(raw)]
        found = _merged([*found, *mails])
    return found


FENCE = re.compile(r"( *)(`{3,}(?=[^`]*$)|~{3,})")
DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
LIST_ITEM = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])(?:\s|$)")
TICKS = re.compile(r"`+")


def _code(raw: str) -> Iterator[Region]:
    """Front matter, code and tables, line by line, as CommonMark and its table extension define them."""
    rows = raw.split("\n")
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row) + 1)
    i, blank_before, in_list = _front_matter(rows), True, False
    yield from _block(raw, starts, 0, i)
    while i < len(rows):
        row = rows[i]
        begin = i
        if (fence := FENCE.match(row)) and (in_list or len(fence[1]) < 4):
            i = _after_fence(rows, i, fence[2])
        elif blank_before and not in_list and _is_indented(row):
            i = _after_indented(rows, i)
        elif "|" in row and i + 1 < len(rows) and "-" in rows[i + 1] and DELIMITER_ROW.fullmatch(rows[i + 1].strip()):
            while i < len(rows) and "|" in rows[i]:
                i += 1
        if i > begin:
            yield from _block(raw, starts, begin, i)
            blank_before = False
            continue
        if "`" in row:
            yield from _inline(row, starts[i])
        blank_before = not row.strip()
        in_list = bool(LIST_ITEM.match(row)) or in_list and (blank_before or row[0] in " \t")
        i += 1


def _front_matter(rows: Sequence[str]) -> int:
    """The number of lines of a YAML or TOML block at the head, 0 where there is none."""
    mark = rows[0].rstrip()
    if mark in ("---", "+++"):
        for i, row in enumerate(rows[1:], 1):
            if row.rstrip() == mark:
                return i + 1
    return 0


def _is_indented(row: str) -> bool:
    return row.startswith(("    ", "\t")) and bool(row.strip())


def _after_indented(rows: Sequence[str], i: int) -> int:
    """Where indented code ends: blank lines between two parts of it belong to it."""
    end = i + 1
    for j in range(i + 1, len(rows)):
        if _is_indented(rows[j]):
            end = j + 1
        elif rows[j].strip():
            break
    return end


def _after_fence(rows: Sequence[str], i: int, mark: str) -> int:
    for j in range(i + 1, len(rows)):
        fence = FENCE.match(rows[j])
        if fence and fence[2].startswith(mark) and not rows[j].strip().strip(mark[0]):
            return j + 1
    return len(rows)


def _block(raw: str, starts: Sequence[int], begin: int, end: int) -> Iterator[Region]:
    for i in range(begin, end):
        stop = min(starts[i + 1], len(raw))
        if raw.endswith("\r\n", starts[i], stop):
            yield Region(starts[i], stop - 2)
            yield Region(stop - 1, stop)
        else:
            yield Region(starts[i], stop)


def _inline(row: str, offset: int) -> Iterator[Region]:
    """Code spans: a run of backticks up to the next run of the same length."""
    runs = list(TICKS.finditer(row))
    following: dict[int, list[int]] = {}
    for n in range(len(runs) - 1, -1, -1):
        following.setdefault(len(runs[n][0]), []).append(n)
    n = 0
    while n < len(runs):
        same = following[len(runs[n][0])]
        while same and same[-1] <= n:
            same.pop()
        if same:
            yield Region(offset + runs[n].start(), offset + runs[same[-1]].end())
            n = same[-1]
        n += 1


def _merged(found: Iterable[Region]) -> list[Region]:
    merged: list[Region] = []
    for region in sorted(found):
        if merged and region.start < merged[-1].end:
            last = merged.pop()
            region = Region(last.start, max(last.end, region.end), last.whole and region.whole)
        merged.append(region)
    return merged
