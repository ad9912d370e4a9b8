"""Spans that no edit may touch: in ``a “b” `“c”` `` the inline code keeps its quotes.

In every text these are URLs and e-mail addresses; in Markdown also what `cleanr.markdown` finds. A carriage return
before a line feed is never protected: a file that mixes line ends inside and outside of its code serves nobody.
"""

import re
from collections.abc import Iterable
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
        from cleanr.markdown import spans

        found = _merged([*found, *(Region(*span) for span in spans(raw))])
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


def _merged(found: Iterable[Region]) -> list[Region]:
    merged: list[Region] = []
    for region in sorted(found):
        if merged and region.start < merged[-1].end:
            last = merged.pop()
            region = Region(last.start, max(last.end, region.end), last.whole and region.whole)
        merged.append(region)
    return merged
