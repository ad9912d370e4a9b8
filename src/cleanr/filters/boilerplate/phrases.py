"""Furniture known by its words: ``Share Button`` anywhere, ``Share`` only beside other furniture."""

from collections.abc import Iterator, Sequence

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import Finding, Row
from cleanr.packs import Hit, Rules

LEAST_RUN = 4  # weak lines that stand together and so prove each other
LEAST_DIFFERENT = 3  # of them must say different things: a refrain is no menu
LEAST_FAMILIES = 2  # of furniture among them, above the text: below it one is enough
MENU_WORDS = 3  # of an entry between two entries of a menu that no pack can know
# Numbers, prices, times and names are content wherever several of them stand together.
NO_PROOF = frozenset({"counters", "products", "media", "dateline", "byline", "tags"})


def find(rows: Sequence[Row], rules: Rules) -> Iterator[Finding]:
    """Runs of lines that packs know: a run goes where one line is strong, or where it is a menu by itself."""
    if not any(row.hit for row in rows):
        return
    prose = [i for i, row in enumerate(rows) if row.is_prose]
    items = _authors_items(rows)
    end = 0
    for start, row in enumerate(rows):
        if start < end or row.hit is None:
            continue
        end = start
        while end < len(rows) and _belongs(rows, start, end) and end not in items:
            end += 1
        if end > start:
            families = LEAST_FAMILIES if prose and end <= prose[0] else 1
            if (prose and prose[0] < start and end <= prose[-1]) or _introduces(rows, start):
                families = len(rules.families) + 1  # between prose, or led to by it, weak lines prove nothing
            yield from _run(rows[start:end], rules, families)


def _authors_items(rows: Sequence[Row]) -> set[int]:
    """Items of lists that somebody wrote: one holds an item that no pack knows, or a line with a colon leads to it."""
    kept: set[int] = set()
    start = 0
    for i in range(len(rows) + 1):
        if i < len(rows) and rows[i].is_item:
            continue
        if i > start and (_introduces(rows, start) or any(row.hit is None for row in rows[start:i])):
            kept.update(range(start, i))
        start = i + 1
    return kept


def _introduces(rows: Sequence[Row], i: int) -> bool:
    """Whether the line before a row leads to it."""
    return i > 0 and rows[i - 1].text.endswith((":", "："))


def _belongs(rows: Sequence[Row], start: int, i: int) -> bool:
    """Whether a line is one of the run that begins at `start`."""
    row = rows[i]
    if row.hit:
        return True
    inside = i > start and i + 1 < len(rows) and row.follows(rows[i - 1])
    return inside and _is_menu(rows[i - 1].hit) and _is_menu(rows[i + 1].hit) and _is_entry(row)


def _is_menu(hit: Hit | None) -> bool:
    return hit is not None and hit.family == "navigation"


def _is_entry(row: Row) -> bool:
    return len(row.text.split()) <= MENU_WORDS and not row.ends_sentence and row.text[0].isalpha() and not row.fixed


def _run(run: Sequence[Row], rules: Rules, families: int) -> Iterator[Finding]:
    """What goes of a run; its weak lines prove each other where they are of so many families."""
    usual = [row for row in run if row.hit and rules.families[row.hit.family].default]
    strong = next((row for row in usual if row.hit and row.hit.strength == "strong"), None)
    varied = _is_varied([row for row in usual if row.hit and row.hit.family not in NO_PROOF], families)
    for row in run:
        hit = row.hit or Hit("navigation", "weak", "between two entries of a menu")
        safety = Safety.LIKELY if rules.families[hit.family].default else Safety.GUESS
        if hit.strength == "strong":
            yield Finding(row, hit.family, safety, f"phrase {hit.entry!r}")
        elif strong:
            yield Finding(row, hit.family, safety, f"phrase {hit.entry!r} beside {strong.text[:40]!r}")
        elif varied:
            yield Finding(row, hit.family, safety, f"phrase {hit.entry!r} in a run of {len(usual)}")


def _is_varied(run: Sequence[Row], families: int) -> bool:
    """Whether weak lines prove each other: several different ones, without a blank line between them."""
    return (
        len(run) >= LEAST_RUN
        and len({row.text.casefold() for row in run}) >= LEAST_DIFFERENT
        and len({row.hit.family for row in run if row.hit}) >= families
        and run[0].follows(run[-1])
    )
