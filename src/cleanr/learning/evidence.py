"""What is known of a form of lines: in how many documents, where in them, beside what, and what that says of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from zlib import crc32

from cleanr.learning.forms import form, is_number
from cleanr.writing import count_words, ends_sentence

Position = Literal["above", "within", "below"]
Verdict = Literal["furniture", "weak", "prose", "refrain", "heading", "number", "rare"]
EXAMPLES = 3
CLIPPED = 120
SITES = 64  # of a form that are told apart; of more it is enough to know that there are many
NEXT = 8  # forms that were seen beside one
PROSE_WORDS = 8  # of a line that ends like a sentence
LONG = 70  # characters of a line that is prose if it ends like a sentence

LEAST_SITES = 2  # sites of a form that stands on few pages of each
NAMES, NAMED_SHARE = 4, 0.5  # different names that a form has had; pages of a site, of all, that have it
LEAST_PAGES, LEAST_SHARE = 3, 0.2  # of one site: pages, and of all its pages
FRAMED = 0.8  # of the places of a form, above the first paragraph or below the last
CERTAIN_FRAMED = 0.6  # of the places of a form of one site that goes wherever it stands
HEADING = 0.5  # of the places, directly above a paragraph
WITHIN, ALONE = 0.8, 0.8  # of the places of a heading: between paragraphs, beside lines that no other document has
REFRAIN = 3  # times in a document


class Line(NamedTuple):
    """A line of a document that is not blank, its form, and where it stands."""

    text: str
    form: str
    position: Position
    heads: bool  # it is short, and a paragraph follows
    number: int


def lines_of(text: str, repeats: Callable[[str], bool] = lambda form: False) -> list[Line]:
    """The lines of a document. A paragraph that other documents have too, as `repeats` says of its form, is a notice,
    and no part of the text that the other lines frame."""
    rows = [(number, row.strip(), form(row)) for number, row in enumerate(text.split("\n"), 1) if row.strip()]
    prose = [at for at, (_, row, own) in enumerate(rows) if is_paragraph(row) and not (own and repeats(own))]
    first, last = (prose[0], prose[-1]) if prose else (len(rows), len(rows))
    long = set(prose)
    found = []
    for at, (number, row, own) in enumerate(rows):
        position: Position = "above" if at < first else "below" if at > last else "within"
        heads = at not in long and at + 1 in long and at > first
        found.append(Line(row, own, position, heads, number))
    return found


def is_paragraph(row: str) -> bool:
    return len(row) > LONG and ends_sentence(row)


@dataclass
class Evidence:
    """All that is counted of a form."""

    form: str
    documents: int = 0
    times: int = 0
    total: int = 0  # documents of the corpus
    positions: Counter[str] = field(default_factory=Counter)
    headings: int = 0
    by_site: dict[str, int] = field(default_factory=dict)  # documents
    of_site: dict[str, int] = field(default_factory=dict)  # documents that there are
    examples: list[tuple[str, str]] = field(default_factory=list)
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    ended: int = 0  # times that it ended like a sentence
    alone: int = 0  # times that neither line beside it repeats
    names: set[int] = field(default_factory=set)  # hashes of some lines, if it has a slot for names
    _last: str = ""

    def add(self, line: Line, site: str, where: str, beside: tuple[str, str], *, alone: bool) -> None:
        """Count a place of it."""
        self.times += 1
        self.positions[line.position] += 1
        self.headings += line.heads and alone  # the last line of a block is none
        self.ended += ends_sentence(line.text)
        self.alone += alone
        for counter, other in zip((self.before, self.after), beside, strict=True):
            if other and (other in counter or len(counter) < NEXT):
                counter[other] += 1
        if where == self._last:
            return
        self._last = where
        self.documents += 1
        if site in self.by_site or len(self.by_site) < SITES:
            self.by_site[site] = self.by_site.get(site, 0) + 1
        if len(self.names) < NAMES and "{x}" in self.form:
            self.names.add(crc32(line.text.encode("utf-8", "surrogatepass")))
        said = line.text[:CLIPPED]
        if len(self.examples) < EXAMPLES and all(said != text for _, text in self.examples[:-1] or self.examples):
            self.examples.append((f"{where}:{line.number}", said))

    @property
    def sites(self) -> int:
        return len(self.by_site)

    @property
    def share(self) -> float:
        """Of the documents of the corpus."""
        return self.documents / max(self.total, 1)

    @property
    def framed(self) -> float:
        """The share of its places that are above the first paragraph or below the last."""
        return 1 - self.positions["within"] / max(self.times, 1)

    @property
    def verdict(self) -> Verdict:
        """What a form is, from where it stands."""
        pages, share = max(((n, n / max(self.of_site.get(site, n), n)) for site, n in self.by_site.items()))
        if "{x}" in self.form:  # matches much: it needs more evidence, and company where it is used
            usual = pages >= LEAST_PAGES and share >= NAMED_SHARE and len(self.names) >= NAMES
            return "weak" if usual and self.framed >= FRAMED else "rare"
        if self.sites < LEAST_SITES and not (pages >= LEAST_PAGES and share >= LEAST_SHARE):
            return "rare"
        words = count_words(self.form)
        if 2 * self.ended >= self.times and words >= PROSE_WORDS and self.framed < FRAMED:
            return "prose"
        if self.times >= REFRAIN * self.documents and self.sites <= LEAST_SITES and self.framed < FRAMED:
            return "refrain"
        alone = self.alone >= ALONE * self.times and 1 - self.framed >= WITHIN
        if self.headings >= HEADING * self.times or alone:
            return "heading"
        if is_number(self.form):
            return "number"
        # What several sites say is the web's; what one site says between its paragraphs may be what it writes about.
        return "weak" if self.framed < CERTAIN_FRAMED and self.sites < LEAST_SITES else "furniture"
