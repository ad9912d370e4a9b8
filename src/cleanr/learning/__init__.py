"""A rule pack from a corpus: ``Share this article`` on 40 of 60 sites becomes an entry, with its examples.

Two passes over the documents, in memory that does not grow with them. The first counts forms of lines in a sketch; the
second gathers what is to be known of those that repeat. A document whose longest lines were seen before is a copy of
another one, and is not counted again: what repeats there is the text.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cleanr.learning.evidence import Evidence, lines_of
from cleanr.learning.forms import form, named
from cleanr.learning.sketch import Seen, Sketch

LEAST = 2  # documents in which a form must stand to be looked at
MOST = 60_000  # forms that are looked at; of more, those in more documents
COPY_LINES, COPY_LENGTH = 3, 60  # the lines by which a copy is known, and their least length


class Document(NamedTuple):
    """A text, the site that it is of, and where it stands."""

    text: str
    site: str
    where: str


class Learned(NamedTuple):
    """What was learned, and of how much."""

    evidence: list[Evidence]
    documents: int
    copies: int
    sites: int
    least: int  # documents in which a form had to stand, so that no more were looked at than there is room for


def learn(documents: Callable[[], Iterable[Document]]) -> Learned:
    """What repeats in documents, which are asked for twice and must be the same ones.

    >>> pages = [Document(f"Page {n} is about ships.\\n\\nShare this\\n", f"site {n}", f"{n}.txt") for n in range(5)]
    >>> [each.form for each in learn(lambda: pages).evidence]
    ['page {n} is about ships', 'share this']
    """
    sketch = Sketch()
    for document in _without_copies(documents()):
        for own in {each(row) for row in document.text.split("\n") for each in (form, named)} - {""}:
            sketch.add(own)
    least = LEAST
    found: dict[str, Evidence] = {}
    sites = Seen()
    per_site: dict[str, int] = {}
    count, copies = 0, [0]
    for document in _without_copies(documents(), copies):
        lines = lines_of(document.text, lambda own: sketch.count(own) >= LEAST)
        count += 1
        if document.site in per_site or len(per_site) < MOST:
            per_site[document.site] = per_site.get(document.site, 0) + 1
        sites.add(document.site)
        for at, line in enumerate(lines):
            known = [own for own in (line.form, named(line.text)) if own and sketch.count(own) >= least]
            if known:
                before = lines[at - 1].form if at else ""
                after = lines[at + 1].form if at + 1 < len(lines) else ""
                alone = not any(other and sketch.count(other) >= LEAST for other in (before, after))
            for own in known:
                evidence = found.setdefault(own, Evidence(own))
                evidence.add(line, document.site, document.where, (before, after), alone=alone)
        while len(found) > MOST:
            least += 1
            found = {own: each for own, each in found.items() if sketch.count(own) >= least}
    for each in found.values():
        each.total, each.of_site = count, {site: per_site.get(site, 0) for site in each.by_site}
    repeated = [each for each in found.values() if each.documents >= LEAST]
    repeated.sort(key=lambda each: (-each.documents, -each.sites, each.form))
    return Learned(repeated, count, copies[0], sites.count, least)


def _without_copies(documents: Iterable[Document], copies: list[int] | None = None) -> Iterator[Document]:
    seen = Seen()
    for document in documents:
        longest = sorted({row.strip() for row in document.text.split("\n")}, key=len)[-COPY_LINES:]
        key = "\n".join(row for row in longest if len(row) >= COPY_LENGTH)
        if key and seen.add(key):
            if copies is not None:
                copies[0] += 1
            continue
        yield document


__all__ = ["Document", "Learned", "learn"]
