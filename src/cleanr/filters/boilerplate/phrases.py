"""Furniture known by its words: ``Share Button`` anywhere, ``Share`` only beside other furniture."""

from collections.abc import Iterator, Sequence

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import Finding, Row
from cleanr.packs import Rules

LEAST_RUN = 4  # weak lines that stand together and so prove each other
LEAST_DIFFERENT = 3  # of them must say different things: a refrain is no menu


def find(rows: Sequence[Row], rules: Rules) -> Iterator[Finding]:
    """Runs of lines that packs know: a run goes where one line is strong, or where it is long and varied."""
    start = 0
    while start < len(rows):
        if rows[start].hit is None:
            start += 1
            continue
        end = start
        while end < len(rows) and rows[end].hit is not None:
            end += 1
        yield from _run(rows[start:end], rules)
        start = end


def _run(run: Sequence[Row], rules: Rules) -> Iterator[Finding]:
    usual = [row for row in run if row.hit and rules.families[row.hit.family].default]
    strong = next((row for row in usual if row.hit and row.hit.strength != "weak"), None)
    varied = len(usual) >= LEAST_RUN and len({row.folded for row in usual}) >= LEAST_DIFFERENT
    for row in run:
        if row.hit is None:
            continue
        safety = Safety.LIKELY if rules.families[row.hit.family].default else Safety.GUESS
        if row.hit.strength != "weak":
            yield Finding(row, row.hit.family, safety, f"phrase {row.hit.entry!r}")
        elif strong:
            yield Finding(row, row.hit.family, safety, f"phrase {row.hit.entry!r} beside {strong.text[:40]!r}")
        elif varied:
            yield Finding(row, row.hit.family, safety, f"phrase {row.hit.entry!r} in a run of {len(usual)}")
