"""Furniture known by its words: ``Share Button`` anywhere, ``Share`` only beside other furniture."""

from collections.abc import Iterator, Sequence

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import Finding, Row
from cleanr.packs import Hit, Rules

LEAST_RUN = 4  # weak lines that stand together and so prove each other
LEAST_DIFFERENT = 3  # of them must say different things: a refrain is no menu
MENU_WORDS = 3  # of an entry between two entries of a menu that no pack can know


def find(rows: Sequence[Row], rules: Rules) -> Iterator[Finding]:
    """Runs of lines that packs know: a run goes where one line is strong, or where it is long and varied."""
    end = 0
    for start, row in enumerate(rows):
        if start < end or row.hit is None:
            continue
        end = start
        while end < len(rows) and _belongs(rows, start, end):
            end += 1
        if end > start:
            yield from _run(rows[start:end], rules)


def _belongs(rows: Sequence[Row], start: int, i: int) -> bool:
    """Whether a line is one of the run that begins at `start`."""
    row = rows[i]
    if row.hit:
        return row.hit.strength != "weak" or not row.text.startswith("#")  # a heading of Markdown is the author's
    inside = i > start and i + 1 < len(rows) and row.follows(rows[i - 1])
    return inside and _is_menu(rows[i - 1].hit) and _is_menu(rows[i + 1].hit) and _is_entry(row)


def _is_menu(hit: Hit | None) -> bool:
    return hit is not None and hit.family == "navigation"


def _is_entry(row: Row) -> bool:
    return len(row.text.split()) <= MENU_WORDS and not row.ends_sentence and row.text[0].isalpha() and not row.fixed


def _run(run: Sequence[Row], rules: Rules) -> Iterator[Finding]:
    usual = [row for row in run if row.hit and rules.families[row.hit.family].default]
    strong = next((row for row in usual if row.hit and row.hit.strength != "weak"), None)
    varied = len(usual) >= LEAST_RUN and len({row.text.casefold() for row in usual}) >= LEAST_DIFFERENT
    for row in run:
        hit = row.hit or Hit("navigation", "weak", "between two entries of a menu")
        safety = Safety.LIKELY if rules.families[hit.family].default else Safety.GUESS
        if hit.strength != "weak":
            yield Finding(row, hit.family, safety, f"phrase {hit.entry!r}")
        elif strong:
            yield Finding(row, hit.family, safety, f"phrase {hit.entry!r} beside {strong.text[:40]!r}")
        elif varied:
            yield Finding(row, hit.family, safety, f"phrase {hit.entry!r} in a run of {len(usual)}")
