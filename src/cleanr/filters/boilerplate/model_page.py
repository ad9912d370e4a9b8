"""What surrounds a line: ``Contact`` below ``Home`` and ``About``, forty lines above the first paragraph."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import itemgetter

from cleanr.filters.boilerplate.model_lines import Traits

FAR = 40  # lines: no paragraph so near
MOST_LINES = 400
MOST_PARAGRAPHS = 40
STRENGTHS = {"weak": 1, "head": 2, "strong": 3}
KINDS = {
    **dict.fromkeys(("byline", "dateline", "credits", "tags"), 1),
    **dict.fromkeys(("counters", "products", "media"), 2),
    **dict.fromkeys(("navigation", "pagination", "wiki", "docs", "login"), 3),
    **dict.fromkeys(("share", "follow", "newsletter", "comments", "readmore", "related", "ads"), 4),
}
OTHER_KIND = 5
UNKNOWN = (0, 0)
UNASKED = Traits._fields.index("script")  # decides about thresholds only

# Of a line itself, of what packs know of it and the lines around, of its place, of the words around, of the page.
FEATURES = (
    *Traits._fields[:UNASKED],
    *("strength", "kind", "strength_below", "hits_near", "hits_around"),
    *("above", "below", "from_start", "from_end", "part", "gap", "zone", "edge"),
    *("score2", "score5", "score12", "prose12", "mean_above", "mean_below"),
    *("size_above", "size_below", "end_above", "end_below", "again"),
    *("lines", "paragraphs", "known_page", "hits_page", "mean_page"),
)


def coded(strength: str, family: str) -> tuple[int, int]:
    """What packs know of a line, as features."""
    return STRENGTHS[strength], KINDS.get(family, OTHER_KIND)


def features(
    traits: Sequence[Traits],
    prose: Sequence[int],
    hits: Mapping[int, tuple[int, int]],
    texts: Sequence[str],
    wanted: Sequence[int],
) -> list[tuple[int, ...]]:
    """The features of the wanted lines, in the order of `FEATURES`; `prose` are the lines that are paragraphs."""
    n = len(traits)
    is_prose, is_hit = bytearray(n), bytearray(n)
    for at in prose:
        is_prose[at] = 1
    for at in hits:
        is_hit[at] = 1
    own_scores = list(map(itemgetter(SCORE), traits))
    low, high = densest(list(map(_worth, traits, is_prose)))
    scores = list(accumulate(own_scores, initial=0))
    proses = list(accumulate(is_prose, initial=0))
    known = list(accumulate(is_hit, initial=0))
    paragraphs = len(prose)
    page = (
        min(n, MOST_LINES),
        min(paragraphs, MOST_PARAGRAPHS),
        sum([traits[at][KNOWN] for at in wanted]) * 8 // max(len(wanted), 1),
        100 * len(hits) // n,
        scores[n] // n,
    )
    count = Counter(texts)
    edges = [-FAR, *prose, n + FAR]
    found = []
    for at in wanted:
        own = traits[at]
        score = own[SCORE]
        above = traits[at - 1] if at else NOTHING
        below = traits[at + 1] if at + 1 < n else NOTHING
        before = proses[at]
        passed = before + is_prose[at]
        last, following = edges[before], edges[passed + 1]
        start2, end2 = max(at - 2, 0), min(at + 3, n)
        start5, end5 = max(at - 5, 0), min(at + 6, n)
        start12, end12 = max(at - 12, 0), min(at + 13, n)
        hit = hits.get(at, UNKNOWN)
        found.append(
            (
                *own[:UNASKED],
                *hit,
                hits.get(at + 1, UNKNOWN)[0],
                known[end2] - known[start2] - is_hit[at],
                known[end12] - known[start12] - is_hit[at],
                min(before, MOST_PARAGRAPHS),
                min(paragraphs - passed, MOST_PARAGRAPHS),
                min(at, MOST_LINES),
                min(n - 1 - at, MOST_LINES),
                100 * at // n,
                min(following - last, FAR),
                (at >= low) + (at >= high),
                min(low - at if at < low else at - high + 1 if at >= high else 0, FAR),
                (scores[end2] - scores[start2] - score) // max(end2 - start2 - 1, 1),
                (scores[end5] - scores[start5] - score) // max(end5 - start5 - 1, 1),
                (scores[end12] - scores[start12] - score) // max(end12 - start12 - 1, 1),
                proses[end12] - proses[start12],
                scores[at] // max(at, 1),
                (scores[n] - scores[at + 1]) // max(n - at - 1, 1),
                above[0],
                below[0],
                above[2],
                below[2],
                min(count[texts[at]], 4),
                *page,
            )
        )
    return found


SCORE, KNOWN = Traits._fields.index("score"), Traits._fields.index("known")
NOTHING = Traits(0, 0, 9, 9, 0, 0, 0, 0, 0)


def _worth(line: Traits, prose: int) -> int:
    """What a line adds to the stretch that is the text of a page."""
    if prose:
        return min(line.words, 60)
    return -2 if line.score < 0 else -4 if line.score < 15 else -6


def densest(worth: Sequence[int]) -> tuple[int, int]:
    """The stretch, as a half-open range, whose worth is greatest: where the text of a page stands.

    >>> densest([-1, 5, -2, 6, -9, 3])
    (1, 4)
    """
    best = total = start = low = high = 0
    for at, value in enumerate(worth):
        total += value
        if total <= 0:
            total, start = 0, at + 1
        elif total > best:
            best, low, high = total, start, at + 1
    return low, high
