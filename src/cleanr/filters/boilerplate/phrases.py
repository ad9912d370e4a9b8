"""Furniture known by its words: ``Share Button`` anywhere, ``Share`` only beside other furniture."""

from collections.abc import Iterator, Sequence

from cleanr import packs as rule_packs
from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import NO_PROOF, Finding, Page
from cleanr.packs import Hit, Rules
from cleanr.writing import count_words, ends_sentence

LEAST_RUN = 4  # weak lines that stand together and so prove each other
LEAST_DIFFERENT = 3  # of them must say different things: a refrain is no menu
LEAST_FAMILIES = 2  # of furniture among them, above the text: below it one is enough
MENU_WORDS = 3  # of an entry between two entries of a menu that no pack can know
UNKNOWN_ENTRY = Hit("navigation", "weak", "between two entries of a menu")


def find(page: Page, rules: Rules) -> Iterator[Finding]:
    """Runs of lines that packs know: a run goes where one line is strong, or where it is a menu by itself."""
    if not page.hits:
        return
    prose = page.prose
    items = _authors_items(page)
    if items:  # what somebody's own pack says of lines holds in lists too: it was learned, or written, for these texts
        own = rules.families.keys() - rule_packs.load().families.keys()
        items -= {at for at in items if page.is_strong(at) and page.hits[at].family in own}
    end = 0
    for start in page.hits:
        if start < end:
            continue
        end = start
        while end < len(page) and _belongs(page, start, end) and end not in items:
            end += 1
        if end > start:
            families = LEAST_FAMILIES if prose and end <= prose[0] else 1
            if (prose and prose[0] < start and end <= prose[-1]) or page.is_introduced(start):
                families = len(rules.families) + 1  # between prose, or led to by it, weak lines prove nothing
            yield from _run(page, range(start, end), rules, families)


def _authors_items(page: Page) -> set[int]:
    """Items of lists that somebody wrote: one holds an item that no pack knows, or a line with a colon leads to it."""
    kept: set[int] = set()
    done = 0
    for at in page.hits:
        if at < done or not page.is_item(at):
            continue
        start, end = at, at + 1
        while start > done and page.is_item(start - 1):
            start -= 1
        while end < len(page) and page.is_item(end):
            end += 1
        if page.is_introduced(start):
            kept.update(range(start, end))
        elif any(i not in page.hits for i in range(start, end)):
            kept.update(i for i in range(start, end) if not (page.is_strong(i) and _is_framing(page, i)))
        done = end
    return kept


def _is_framing(page: Page, at: int) -> bool:
    """Whether a line stands above or below the text, where lists are menus."""
    return bool(page.prose) and not page.prose[0] < at < page.prose[-1]


def _belongs(page: Page, start: int, at: int) -> bool:
    """Whether a line is one of the run that begins at `start`."""
    if at in page.hits:
        return True
    inside = start < at < len(page) - 1 and page.follows(at, at - 1)
    if not (inside and _is_menu(page, at - 1) and _is_menu(page, at + 1) and _is_entry(page, at)):
        return False
    # Between two single entries it may be what a label belongs to: Contact, a name, News, an event.
    return (at - 2 >= start and _is_menu(page, at - 2)) or _is_menu(page, at + 2)


def _is_menu(page: Page, at: int) -> bool:
    return at in page.hits and page.hits[at].family == "navigation"


def _is_entry(page: Page, at: int) -> bool:
    text = page.texts[at]
    return count_words(text) <= MENU_WORDS and not ends_sentence(text) and text[0].isalpha() and at not in page.fixed


def _run(page: Page, run: range, rules: Rules, families: int) -> Iterator[Finding]:
    """What goes of a run; its weak lines prove each other where they are of so many families."""
    usual = [at for at in run if at in page.hits and rules.families[page.hits[at].family].default]
    strong = next(filter(page.is_strong, usual), None)
    proof = [at for at in usual if page.hits[at].family not in NO_PROOF]
    # With a time or a price for each entry, it is a table.
    varied = len(usual) <= 1.5 * len(proof) and _is_varied(page, proof, families)
    for at in run:
        hit = page.hits.get(at, UNKNOWN_ENTRY)
        if hit.strength == "head" or (hit.strength == "weak" and page.is_heading(at)):
            continue  # a heading goes with its list; what stands above a paragraph is its heading
        safety = Safety.LIKELY if rules.families[hit.family].default else Safety.GUESS
        if hit.strength == "strong":
            yield Finding(at, hit.family, safety, f"phrase {hit.entry!r}")
        elif strong is not None:
            yield Finding(at, hit.family, safety, f"phrase {hit.entry!r} beside {page.texts[strong][:40]!r}")
        elif varied and hit.family not in NO_PROOF:
            yield Finding(at, hit.family, safety, f"phrase {hit.entry!r} in a run of {len(usual)}")


def _is_varied(page: Page, run: Sequence[int], families: int) -> bool:
    """Whether weak lines prove each other: several different ones, without a blank line between them."""
    return (
        len(run) >= LEAST_RUN
        and len({page.texts[at].casefold() for at in run}) >= LEAST_DIFFERENT
        and len({page.hits[at].family for at in run}) >= families
        and page.follows(run[-1], run[0])
    )
