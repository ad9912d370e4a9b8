"""What happened to a corpus earlier, told by its traces: ``itâ€™s`` was UTF-8 that was read as Windows-1252.

Each trace is something that a step before us leaves behind and hardly anybody writes. A document has it or has not;
how often, and where for example, is counted.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from cleanr.cleaned import Cleaned
from cleanr.report.misread import misread
from cleanr.report.stages import stages
from cleanr.report.terminal import Places, fitted, paint, visible
from cleanr.report.totals import counted

EXAMPLES = 3
AROUND = 30  # characters on both sides of a trace
CLIPPED = 120
REMEMBERED = 10_000  # repairs of encodings of which it is told what went wrong

ESCAPED_TWICE = re.compile(r"&amp;(?:amp;|lt;|gt;|quot;|nbsp;|#\d{2,6};|#x[0-9a-fA-F]{2,6};|[a-z]{2,8};)")
ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d{2,6}|#x[0-9a-fA-F]{2,6});")
REPLACED = re.compile("�")
QUESTION = re.compile(r"(?<=[a-z])\?(?=(?:s|t|re|ve|ll|d|m)\b)")
ESCAPES = re.compile(r"\\u[0-9a-fA-F]{4}|(?<=\S)\\n(?=[A-Z\\\s]|$)|\\x[89a-fA-F][0-9a-fA-F]")
TOKENISED = re.compile(r"(?<=\w) (?:n't|'s|'re|'ve|'ll|,|\.)(?= |$)|-[LR][RSC]B-|(?<!\S)``(?= \w)", re.MULTILINE)
DECOMPOSED = re.compile("[A-Za-z][̀-̧̄̈̊̋̌]")
CRLF = re.compile(r"\r\n")
CURLY = re.compile("[“”‘’„]")
STRAIGHT = re.compile("[\"']")
TYPOGRAPHIC = re.compile("[–—…]")
SCAR = "scar"

LEAST_STRAIGHT = 4  # quotes of a document that is said to have been straightened
LEAST_WRAPPED = 6  # lines of a document that is said to be wrapped, besides the last of each paragraph
WRAPPED = (40, 100)  # columns
SHARE_WRAPPED = 0.97  # of the lines, that could not have taken the next word

PATTERNS: Mapping[str, tuple[str, re.Pattern[str], int]] = {  # what, how it is seen, and the least times in a document
    "escaped-twice": ("HTML was escaped twice: &amp;amp; for &", ESCAPED_TWICE, 1),
    "escaped": ("HTML was not unescaped: &quot; for a quote", ESCAPED, 1),
    "replaced": ("bytes could not be decoded and became U+FFFD", REPLACED, 1),
    "question-marks": ("characters were lost in an encoding that lacks them: don?t", QUESTION, 1),
    "escapes": ("escapes of a string were not resolved: \\u2019 or \\n", ESCAPES, 2),
    "tokenised": ("text was tokenised and glued together: do n't , he said", TOKENISED, 4),
    "decomposed": ("letters were decomposed (NFD), as file names of some systems are", DECOMPOSED, 2),
    "crlf": ("lines end as on Windows", CRLF, 1),
}
TITLES = {name: title for name, (title, _, _) in PATTERNS.items()} | {
    "scar": "it passed through ftfy, which leaves a dagger or a lone â where a closing quote lost its last byte",
    "straightened": "quotes were straightened: dashes and ellipses are typographic, and no quote is",
    "repaired": "text was decoded wrongly, in a way that is not told apart",
}
Spot = tuple[int, int]


class Trace(NamedTuple):
    """Where a trace was seen: in how many documents, how often, and for example."""

    name: str
    title: str
    documents: int
    times: int
    examples: list[dict[str, str]]


class Forensics:
    """Traces of many documents."""

    def __init__(self) -> None:
        self.documents: Counter[str] = Counter()
        self.times: Counter[str] = Counter()
        self.titles: dict[str, str] = {}
        self.examples: dict[str, list[dict[str, str]]] = {}

    def count(self, cleaned: Cleaned, raw: str, where: str, *, shard: bool = False) -> None:
        """Add a document."""
        found: Counter[str] = Counter()
        first: dict[str, Spot] = {}
        for name, title, start, end in (*_patterns(raw), *_encodings(cleaned), *_shapes(raw)):
            found[name] += 1
            first.setdefault(name, (start, end))
            if len(title) < len(self.titles.get(name, f"{title} ")):
                self.titles[name] = title
        places = Places(raw) if found else None
        for name, times in found.items():
            self.documents[name] += 1
            self.times[name] += times
            examples = self.examples.setdefault(name, [])
            if len(examples) < EXAMPLES and places:
                start, end = first[name]
                line = "" if shard else f":{places.at(start).line}"
                text = raw[max(start - AROUND, 0) : end + AROUND][:CLIPPED]
                examples.append({"place": f"{where}{line}", "text": text})

    def traces(self) -> list[Trace]:
        """The traces, those in most documents first."""
        ranked = sorted(self.documents, key=lambda name: (-self.documents[name], name))
        return [
            Trace(name, self.titles[name], self.documents[name], self.times[name], self.examples[name])
            for name in ranked
        ]

    def json(self) -> list[dict[str, Any]]:
        """All of it, for machines."""
        return [each._asdict() for each in self.traces()]

    def text(self, *, colour: bool = False) -> Iterator[str]:
        """All of it, for people."""
        if traces := self.traces():
            yield paint("what happened earlier, told by its traces", "bold", colour)
        for each in traces:
            yield f"{counted(each.documents, 'document'):>16}, {counted(each.times, 'time')}: {visible(each.title)}"
            for example in each.examples[:1]:
                where = visible(example["place"])
                yield f"{'':18}{fitted(example['text'], 60)}  {paint(where, 'dim', colour)}"


Seen = tuple[str, str, int, int]  # name, title, start, end


def _patterns(raw: str) -> Iterator[Seen]:
    for name, (title, pattern, least) in PATTERNS.items():
        found = [match.span() for match in pattern.finditer(raw)]
        if len(found) >= least:
            yield from ((name, title, *spot) for spot in found)


def _encodings(cleaned: Cleaned) -> Iterator[Seen]:
    """How the bytes were misread that the encoding filter set right."""
    if not any(step.filter == "encoding" for step in cleaned.steps):
        return
    for before, step in stages(cleaned):
        for change in step.changes if step.filter == "encoding" else ():
            start = before.origin(change.start)
            if SCAR in change.rule:
                yield SCAR, TITLES[SCAR], start, start + len(change.old)
                continue
            told = _misread(change.old, change.new)
            how = re.search(r"of (\S.*) (?:were|was) read as ([^,]*)(.*)", told)
            if how is None:
                yield "repaired", TITLES["repaired"], start, start + len(change.old)
                continue
            lost = ", and bytes were lost" if how[3] else ""
            title = f"{how[1]} was read as {how[2]}{lost}: {_plain(change.old)} for {_plain(change.new)}"
            yield f"{how[1]} as {how[2]}{lost}", title, start, start + len(change.old)


_misread = lru_cache(REMEMBERED)(misread)


def _plain(text: str) -> str:
    return visible(text[:12])


def _shapes(raw: str) -> Iterator[Seen]:
    """What shows in a document as a whole."""
    straight = [match.span() for match in STRAIGHT.finditer(raw)]
    if len(straight) >= LEAST_STRAIGHT and TYPOGRAPHIC.search(raw) and not CURLY.search(raw):
        yield "straightened", TITLES["straightened"], *straight[0]
    width = wrapped(raw)
    if width:
        yield f"wrapped-{width}", f"lines were wrapped at {width} columns", 0, min(len(raw), 80)


def wrapped(text: str) -> int:
    """The column at which the lines of a text were wrapped, or 0.

    A text is wrapped where its lines, but the last of each paragraph, are so long that the first word of the next
    line did not fit.

    >>> wrapped("The board met on Tuesday to\\nkeep it.\\n")
    0
    """
    pairs: list[tuple[int, int]] = []  # the length of a line; what it would have with the next word
    lines = text.split("\n")
    for line, after in pairwise(lines):
        line, after = line.rstrip(), after.strip()
        if line and after and line[0].isalpha() | line[0].isdigit() | (line[0] in "\"“'‘("):
            pairs.append((len(line), len(line) + 1 + len(after.split()[0])))
    if len(pairs) < LEAST_WRAPPED:
        return 0
    width = max(length for length, _ in pairs)
    fit = sum(longer <= width for _, longer in pairs)
    return width if WRAPPED[0] <= width <= WRAPPED[1] and fit <= (1 - SHARE_WRAPPED) * len(pairs) else 0


__all__ = ["Forensics", "Trace", "wrapped"]
