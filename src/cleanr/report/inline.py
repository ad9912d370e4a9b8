"""A change in one line, in the manner of wdiff: ``though it[-â€™-]{+'+}s``, ``…noon. ⏎ [-Share this:-] ⏎ The…``."""

import re

from cleanr.report.terminal import columns, fitted, paint, visible

AROUND = 100  # characters of the text before and behind a change that are looked at
BREAK = re.compile(r"\s*\n\s*")


def inline(lead: str, old: str, new: str, trail: str, width: int, *, colour: bool) -> str:
    """What stands before a change, what it took, what it put there, and what follows, in just so many columns.

    >>> inline("though it", "â€™", "'", "s unsafe and costs more", 36, colour=False)
    "though it[-â€™-]{+'+}s unsafe and c…"
    """
    most = max(width // 2, 12)
    pieces = []
    for piece, brackets, name in ((old, ("[-", "-]"), "removed"), (new, ("{+", "+}"), "added")):
        bare = BREAK.sub("\n", piece.strip("\n"))
        bare = fitted(bare, most) if len(bare) > most else visible(bare, spaces=True)
        bare = "·" * len(bare) if bare and not bare.strip(" ") else bare or (visible(piece) and "⏎")
        before, after = ("", "") if colour else brackets
        pieces.append((bare, f"{before}{paint(bare, name, colour)}{after}" if bare else "", len(before + after)))
    used = sum(columns(bare) + (extra if bare else 0) for bare, _, extra in pieces)
    lead, trail = _flat(lead[-AROUND:], old, first=False), _flat(trail[:AROUND], old, first=True)
    left = max(width - used, 2)
    behind = min(columns(trail), max(left // 2, left - columns(lead)))
    lead = fitted(lead, max(left - behind, 1), keep="end") if lead else ""
    trail = fitted(trail, max(left - columns(lead), 1)) if trail else ""
    space = " " * (width - used - columns(lead) - columns(trail))
    return f"{lead}{''.join(shown for _, shown, _ in pieces)}{trail}{space}"


def around(raw: str, start: int, end: int) -> tuple[str, str]:
    """The text before and behind a part of a text, as much as is looked at."""
    return raw[max(start - AROUND, 0) : start], raw[end : end + AROUND]


def _flat(text: str, old: str, *, first: bool) -> str:
    """A neighbour in one line; where the change took the line break, it is put back."""
    if old.endswith("\n") and first:
        text = f"\n{text}"
    text = re.sub(r"[ \t]*\n\s*", "\n", text)
    return visible(text).replace("⏎", " ⏎ ")
