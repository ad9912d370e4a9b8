"""Why a document changed, step by step: ``3:8  spaces.runs  certain`` over ``one·· two`` and ``one two``."""

from collections.abc import Iterator

from cleanr.cleaned import Cleaned
from cleanr.edits import Change, Safety
from cleanr.report.misread import misread
from cleanr.report.stages import stages
from cleanr.report.terminal import NOTHING, WIDTH, Places, paint, visible
from cleanr.report.totals import counted

CONTEXT = 24  # characters before and after a change
SAFETY = {Safety.CERTAIN: "green", Safety.LIKELY: "yellow", Safety.GUESS: "red"}


def explanation(
    cleaned: Cleaned, raw: str, where: str, *, line: int | None = None, colour: bool = False
) -> Iterator[str]:
    """All changes in the order in which they were made, placed in the raw text; of one `line` only, if it is given.

    >>> import cleanr
    >>> print(*explanation(cleanr.explain("one  two"), "one  two", "a.txt"), sep="\\n")
    a.txt: 1 change by 1 filter
    <BLANKLINE>
    spaces
      1:4  spaces.runs  certain
        - one··two
        + one·two
    """
    places = Places(raw)
    shown: list[str] = []
    count, names = 0, set()
    for before, step in stages(cleaned):
        rows: list[str] = []
        for change in step.changes:
            start = before.origin(change.start)
            if line is None or _touches(places, line, start, before.origin(change.start + len(change.old)), change):
                rows += _change(change, before.text, str(places.at(start)), colour)
                count += 1
        if rows:
            names.add(step.filter)
            shown += "", paint(visible(step.filter), "bold", colour), *rows
    what = f"{counted(count, 'change')} by {counted(len(names), 'filter')}" if count else "nothing to change"
    yield f"{paint(visible(where) + (f':{line}' if line else ''), 'bold', colour)}: {what}"
    yield from shown
    yield from (paint(f"flagged: {visible(flag)}", "yellow", colour) for flag in cleaned.flagged)


def _touches(places: Places, line: int, start: int, end: int, change: Change) -> bool:
    last = places.at(max(start, end - 1) if change.old else start).line
    return places.at(start).line <= line <= last


def _change(change: Change, text: str, place: str, colour: bool) -> Iterator[str]:
    reason = f"  {visible(change.reason)}" if change.reason else ""
    safety = paint(str(change.safety), SAFETY[change.safety], colour)
    yield f"  {place}  {paint(visible(change.rule), 'cyan', colour)}  {safety}{reason}"
    end = change.start + len(change.old)
    before = text[text.rfind("\n", 0, change.start) + 1 : change.start]  # of the line only: the rest is elsewhere
    stop = text.find("\n", end)
    after = text[end : stop if stop >= 0 else len(text)] if change.new or not change.old.endswith("\n") else ""
    before = ("…" if len(before) > CONTEXT else "") + visible(before[-CONTEXT:])
    after = visible(after[:CONTEXT]) + ("…" if len(after) > CONTEXT else "")
    for mark, piece, name in (("-", change.old, "red"), ("+", change.new, "green")):
        bare = before + after
        middle = _clipped(piece) if piece or bare else NOTHING
        yield f"    {paint(mark, name, colour)} {before}{paint(middle, name, colour)}{after}"
    if change.rule.startswith("encoding."):  # what went wrong there is a matter of bytes
        yield paint(f"      {misread(change.old, change.new)}", "dim", colour)


def _clipped(piece: str) -> str:
    """A changed piece: its spaces are spelled out too, and of a long one the middle is left out."""
    if len(piece) > 2 * WIDTH:
        piece = f"{piece[:WIDTH]}…{piece[-WIDTH:]}"
    return visible(piece).replace(" ", "·") if not piece.strip(" ") else visible(piece, spaces=True)
