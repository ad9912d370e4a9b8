"""Weak phrases known by their place and company: ``Home``, ``About`` and ``Contact`` above the first paragraph.

What a page shows above its first paragraph and below its last one is its frame. There, weak lines prove each other from
some lines away, since the entries between them that no pack can know (sections, names) belong to the same menus.
"""

import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import COLONS, NO_PROOF, Finding, Page
from cleanr.packs import Rules
from cleanr.writing import ends_sentence

NEAR = 5  # lines: how far others are looked for
GAP = 3  # lines from one entry of a menu to the next that a pack knows, at most
# How many others must be near that say something different. Above and below the text, menus are what a page has;
# between paragraphs a few such lines may be what the text speaks about, and a list with bullets may be its author's.
LEAST_ABOVE, LEAST_BELOW, LEAST_BETWEEN = 2, 2, 5
LEAST_ITEM = 3  # of entries with bullets, of which packs need not know each
# Buttons and labels that stand alone, between the paragraphs of a page as often as beside others.
BUTTONS = frozenset({"ads", "comments", "follow", "login", "newsletter", "pagination", "readmore", "share"})
REPEATED = BUTTONS | {"forum", "placeholders"}
LABELS = frozenset({"ads", "newsletter"})  # stand between two paragraphs for something that was no text
MARKS = (".", ",", ";", ":", "!", "?", "…", "。", "、", "，", "；", "：", "！", "？", "،", "؛", "؟", "।")
MOST_SAID = 1  # lines near an entry that end like text
LEAST_SAID = 3  # times that a button stands in a text


def find(page: Page, rules: Rules) -> Iterator[Finding]:
    """Weak lines in the frame of a page, and among many others of their kind."""
    if not page.hits or not page.prose:
        return
    usual = [at for at, hit in page.hits.items() if rules.families[hit.family].default and hit.strength != "head"]
    framed = any(map(page.is_strong, usual))
    headings = set(filter(page.is_heading, usual))
    proof = {at: None for at in usual if page.hits[at].family not in NO_PROOF and at not in headings}
    together = {at for at in usual if at - 1 in proof or at + 1 in proof}
    said = _said(page, usual)
    again = _again(page, proof)
    near = _near(page, [at for at in usual if at not in headings], [at for at in proof if framed or at in together])
    talk = _talk(page)
    for at in usual:
        hit = page.hits[at]
        if hit.strength != "weak" or ends_sentence(page.texts[at]) or page.is_led_to(at):
            continue
        if at in again:
            why: str | None = "in a block that stands there again"
        elif framed and hit.family in LABELS and _is_between(page, at):
            why = "between paragraphs"
        elif at in said and (hit.family == "comments" and framed or at not in headings and (framed or at in together)):
            why = f"said {said[at]} times"
        elif at in headings or not (framed or at in together) or len(talk[_around(talk, at)]) > MOST_SAID:
            # A heading; or, without furniture beyond doubt, a line alone, which may be a label with its value; or talk.
            why = None
        else:
            why = _company(page, near[at], at, framed)
        if why:
            yield Finding(at, hit.family, Safety.LIKELY, f"phrase {hit.entry!r} {why}")


def _said(page: Page, usual: Sequence[int]) -> dict[int, int]:
    """How often a line is said, for those that are said often: not on end, nor with a colon, which leads to a value."""
    alone = [
        at
        for at in usual
        if page.hits[at].family in REPEATED
        and page.texts[at] not in (*page.texts[max(at - 1, 0) : at], *page.texts[at + 1 : at + 2])
        and not page.texts[at].endswith(COLONS)
    ]
    count = Counter(page.texts[at].casefold() for at in alone)
    times = {at: count[page.texts[at].casefold()] for at in alone}
    return {at: many for at, many in times.items() if many >= LEAST_SAID}


def _again(page: Page, proof: Iterable[int]) -> set[int]:
    """The lines of blocks of two or more entries that stand in a text twice: below each post, say."""
    blocks: list[list[int]] = []
    for at in proof:
        if blocks and at == blocks[-1][-1] + 1 and page.follows(at, at - 1):
            blocks[-1].append(at)
        else:
            blocks.append([at])
    saying = [tuple(page.texts[at].casefold() for at in block) for block in blocks]
    count = Counter(said for said in saying if len(set(said)) > 1)
    return {at for block, said in zip(blocks, saying, strict=True) if count[said] > 1 for at in block}


def _around(places: Sequence[int], at: int) -> slice:
    """Which of ordered places are near a line."""
    return slice(bisect.bisect_left(places, at - NEAR), bisect.bisect_right(places, at + NEAR))


def _near(page: Page, entries: Sequence[int], proof: Sequence[int]) -> dict[int, int]:
    """How many different lines are known near each entry; those of one menu share what the best of them has."""
    near: dict[int, int] = {}
    menu: list[int] = []
    for at in entries:
        around = proof[_around(proof, at)]
        near[at] = len({page.texts[other].casefold() for other in around} - {page.texts[at].casefold()})
        if menu and (at - menu[-1] > GAP or page.has_prose(menu[-1] + 1, at)):
            menu = []
        menu.append(at)
        best = max(near[at], near[menu[0]])
        if best > near[menu[0]]:
            near.update(dict.fromkeys(menu, best))
        near[at] = best
    return near


def _company(page: Page, near: int, at: int, framed: bool) -> str | None:
    """Where a line stands among others of its kind, if they are enough; `framed` pages have furniture beyond doubt."""
    family, is_item = page.hits[at].family, page.is_item(at)
    if at < page.prose[0]:
        place, least = "above the text", LEAST_ABOVE
    elif at > page.prose[-1]:
        place, least = "below the text", LEAST_BELOW - (family in BUTTONS) * (1 + framed)
    else:
        place, least = "between paragraphs", LEAST_BETWEEN
    if is_item or family in NO_PROOF:
        least = max(least + 1, LEAST_ITEM)
    if not framed and place == "between paragraphs":
        return None
    return f"{place}, with {near} others near it" if near >= least else None


def _is_between(page: Page, at: int) -> bool:
    """Whether a line stands between two paragraphs, and no nearer to the one below: then it would be its heading."""
    if not 0 < at < len(page) - 1:
        return False
    apart = page.follows(at + 1, at) == page.follows(at, at - 1)
    return apart and page.is_prose(at - 1) and ends_sentence(page.texts[at + 1])


def _talk(page: Page) -> list[int]:
    """Short lines that end like text, a verse or talk: menus hold none."""
    marked = (at for at, text in enumerate(page.texts) if text.endswith(MARKS))
    return [at for at in marked if at not in page.hits and not page.is_prose(at)]
