"""What published filters would drop, before and after cleaning: C4 refuses a line that ends in ``”``, and takes ``"``.

The rules are those that the papers state, written anew from them:

- ``c4``: Raffel et al., 2020 (arXiv:1910.10683), section 2.2, but the list of bad words, the language and the
  deduplication over the whole corpus;
- ``gopher``: Rae et al., 2021 (arXiv:2112.11446), appendix A.1, tables A1: quality and repetition;
- ``fineweb``: Penedo et al., 2024 (arXiv:2406.17557), section 3.6: the three filters of its own.

Words are what stands between spaces; the numbers are shares of lines, words, or characters as the papers have them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cleanr.report.terminal import paint

Lines = Sequence[str]
Judged = tuple[Lines, str]  # the lines that stay, and the rule that drops the document, or ""

# C4: a line must end in one of these; the quotation mark is the straight one.
TERMINAL = (".", "!", "?", '"')
LINE_WORDS = 5  # of a line
SENTENCES = 3  # of a page
POLICIES = (
    *("terms of use", "privacy policy", "cookie policy"),
    *("uses cookies", "use of cookies", "use cookies"),
)
SENTENCE = re.compile(r"[.!?]+[\"')\]]*(?:\s|$)")

# Gopher
WORDS = (50, 100_000)
WORD_LENGTH = (3, 10)
SYMBOLS = 0.1  # # and …, for each word
BULLETS, ELLIPSES = 0.9, 0.3  # of the lines
ALPHABETIC = 0.8  # of the words
STOP_WORDS = frozenset(("the", "be", "to", "of", "and", "that", "have", "with"))
STOP = 2
REPEATED = (("lines", 0.30, 0.20), ("paragraphs", 0.30, 0.20))  # of them, of the characters in them
TOP = ((2, 0.20), (3, 0.18), (4, 0.16))  # the most frequent n-gram: its share of the characters
DUPLICATED = ((5, 0.15), (6, 0.14), (7, 0.13), (8, 0.12), (9, 0.11), (10, 0.10))
SIGNS = re.compile(r"#|…|\.\.\.")

# FineWeb
PUNCTUATED, REPEATING, SHORT, SHORT_LINE = 0.12, 0.1, 0.67, 30
ENDS = (*".!?…\"'”’。！？؟।", "...")


def c4(text: str) -> Judged:
    """Drop lines, then perhaps the page."""
    if "lorem ipsum" in text.lower():
        return (), "lorem ipsum"
    if "{" in text:
        return (), "curly bracket"
    kept = []
    for line in map(str.strip, text.split("\n")):
        ended = line.endswith(TERMINAL) and not line.endswith("...") and len(line.split()) >= LINE_WORDS
        if ended and not any(said in line.lower() for said in ("javascript", *POLICIES)):
            kept.append(line)
    if sum(len(SENTENCE.findall(line)) for line in kept) < SENTENCES:
        return kept, "fewer than three sentences"
    return kept, ""


def gopher(text: str) -> Judged:
    """Keep all lines, or drop the page."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    return lines, _quality(text, lines) or _repetition(text, lines)


def fineweb(text: str) -> Judged:
    """Keep all lines, or drop the page."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    count, size = max(len(lines), 1), max(sum(map(len, lines)), 1)
    if sum(line.endswith(ENDS) for line in lines) <= PUNCTUATED * count:
        return lines, "few lines end in punctuation"
    if _again(lines)[1] >= REPEATING * size:
        return lines, "characters in repeated lines"
    if sum(len(line) < SHORT_LINE for line in lines) >= SHORT * count:
        return lines, "short lines"
    return lines, ""


RULES: Mapping[str, Callable[[str], Judged]] = {"c4": c4, "gopher": gopher, "fineweb": fineweb}


def _quality(text: str, lines: Lines) -> str:
    words = text.split()
    count = max(len(words), 1)
    if not WORDS[0] <= len(words) <= WORDS[1]:
        return "number of words"
    if not WORD_LENGTH[0] <= sum(map(len, words)) / count <= WORD_LENGTH[1]:
        return "length of words"
    if len(SIGNS.findall(text)) > SYMBOLS * count:
        return "hash signs and ellipses"
    if sum(line.startswith(("•", "-", "*", "‣", "●")) for line in lines) > BULLETS * len(lines):
        return "bullets"
    if sum(line.endswith(("…", "...")) for line in lines) > ELLIPSES * len(lines):
        return "lines end in an ellipsis"
    if sum(any(map(str.isalpha, word)) for word in words) < ALPHABETIC * count:
        return "words without letters"
    if len(STOP_WORDS & set(text.lower().split())) < STOP:
        return "no English stop words"
    return ""


def _repetition(text: str, lines: Lines) -> str:
    paragraphs = [part.strip() for part in re.split(r"\n{2,}", text) if part.strip()]
    size = max(len(text), 1)
    for (name, most, of_text), parts in zip(REPEATED, (lines, paragraphs), strict=True):
        times, characters = _again(parts)
        if times > most * len(parts) or characters > of_text * size:
            return f"repeated {name}"
    words = text.split()
    for n, most in TOP:
        counts = Counter(zip(*(words[k:] for k in range(n)), strict=False))
        gram, times = max(counts.items(), key=lambda each: each[1], default=((), 0))
        if times > 1 and times * sum(map(len, gram)) > most * size:
            return f"most frequent run of {n} words"
    for n, most in DUPLICATED:
        if _covered(words, n) > most * size:
            return f"repeated runs of {n} words"
    return ""


def _again(parts: Lines) -> tuple[int, int]:
    """How many parts were said before, and how many characters they have."""
    seen: set[str] = set()
    times = characters = 0
    for part in parts:
        if part in seen:
            times, characters = times + 1, characters + len(part)
        seen.add(part)
    return times, characters


def _covered(words: Sequence[str], n: int) -> int:
    """The characters of words in runs of n that were said before; none counts twice."""
    seen: set[tuple[str, ...]] = set()
    characters = 0
    done = 0
    for at in range(len(words) - n + 1):
        gram = tuple(words[at : at + n])
        if gram in seen:
            characters += sum(map(len, words[max(at, done) : at + n]))
            done = at + n
        seen.add(gram)
    return characters


@dataclass
class Side:
    """What a filter drops of texts: documents by rule, and characters of all that is dropped."""

    documents: int = 0
    characters: int = 0
    lines: int = 0  # lines dropped from documents that stay
    words: int = 0
    dropped_documents: int = 0
    dropped_characters: int = 0
    dropped_words: int = 0
    rules: Counter[str] = field(default_factory=Counter)

    def count(self, text: str, judge: Callable[[str], Judged]) -> None:
        kept, rule = judge(text)
        lines = [line for line in map(str.strip, text.split("\n")) if line]
        size, words = sum(map(len, lines)), sum(len(line.split()) for line in lines)
        self.documents += 1
        self.characters += size
        self.words += words
        self.dropped_documents += bool(rule)
        self.rules.update([rule] if rule else [])
        self.lines += 0 if rule else len(lines) - len(kept)
        self.dropped_characters += size if rule else size - sum(map(len, kept))
        self.dropped_words += words if rule else words - sum(len(line.split()) for line in kept)

    def share(self, what: str) -> float:
        """What is dropped of the words, characters or documents, in percent."""
        total: int = getattr(self, what)
        dropped: int = getattr(self, f"dropped_{what}")
        return 100 * dropped / total if total else 0.0


class Preview:
    """Counts for some published filters, before and after cleaning."""

    def __init__(self, names: Sequence[str]) -> None:
        self.sides = {name: (Side(), Side()) for name in names}

    def count(self, raw: str, clean: str) -> None:
        """Add a document."""
        for name, (before, after) in self.sides.items():
            before.count(raw, RULES[name])
            after.count(clean, RULES[name])

    def rows(self) -> Iterator[tuple[str, str, float, float]]:
        """Filter, what, percent dropped before, and after."""
        for name, (before, after) in self.sides.items():
            for what in ("documents", "characters", "words"):
                yield name, what, before.share(what), after.share(what)

    def json(self) -> dict[str, Any]:
        """All of it, for machines."""
        names = ("before", "after")
        return {name: dict(zip(names, map(vars, sides), strict=True)) for name, sides in self.sides.items()}

    def text(self, *, colour: bool = False) -> Iterator[str]:
        """A table: of what share goes, before and after; and which rules drop documents."""
        yield paint(f"{'would be dropped by':24}{'before':>10}{'after cleaning':>18}", "bold", colour)
        for name, what, before, after in self.rows():
            yield f"{f'{name}, of {what}':24}{before:>8.1f} %{after:>16.1f} %"
        for name, sides in self.sides.items():
            rules = sorted(set(sides[0].rules) | set(sides[1].rules), key=lambda rule: (-sides[0].rules[rule], rule))
            if rules:
                yield ""
                yield f"{name} drops documents for"
            for rule in rules:
                yield f"  {rule:32}{sides[0].rules[rule]:>10}{sides[1].rules[rule]:>18}"


__all__ = ["RULES", "Preview", "Side", "c4", "fineweb", "gopher"]
