"""Pages to learn page furniture from: those of the shared set, and what they teach when their words are unknown.

Lines are labelled ``K`` (content), ``D`` (furniture) or ``A`` (not known, and not learned from).
"""

import gzip
import json
import random
import textwrap
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cleanr import Cleaner
from cleanr.writing import is_sentence

FOLDS = 5
SEED = 20
CHUNK = 25  # paragraphs of one language that make a page of nothing but content


class Labelled(NamedTuple):
    """The lines of a page with their labels. `site` says in which fold it is; `common` lines stand on many sites."""

    site: str
    language: str
    kind: str
    texts: Sequence[str]
    labels: Sequence[str]
    masked: bool = False  # to be scored by a table that does not know its language

    @property
    def fold(self) -> int:
        return fold(self.site)


def fold(site: str) -> int:
    """The fold of a site: all pages of a site are in one."""
    return zlib.crc32(site.encode()) % FOLDS


def read(path: Path) -> list[Labelled]:
    """The pages of the shared set."""
    with gzip.open(path, "rt", encoding="utf-8", errors="surrogatepass") as rows:
        records = [json.loads(row) for row in rows]
    return [
        Labelled(
            record["site"],
            record["lang"],
            record["variant"],
            [line["text"].strip() for line in record["lines"]],
            [line["label"] for line in record["lines"]],
        )
        for record in records
    ]


def masked(pages: Iterable[Labelled], share: float) -> Iterator[Labelled]:
    """Some of the pages, of which no word is to be known: what shape and place alone tell."""
    drawn = random.Random(SEED)
    for page in pages:
        if drawn.random() < share:
            yield page._replace(masked=True)


def wrapped(pages: Iterable[Labelled], share: float) -> Iterator[Labelled]:
    """Some of the pages with paragraphs broken into lines of one length, as in mails: lines that no sentence ends."""
    drawn = random.Random(SEED)
    for page in pages:
        if page.kind == "full_rp" or drawn.random() >= share:
            continue
        width = drawn.randrange(45, 85)
        texts: list[str] = []
        labels: list[str] = []
        for text, label in zip(page.texts, page.labels, strict=True):
            rows = textwrap.wrap(text, width) if label == "K" and is_sentence(text) else [text]
            texts += rows
            labels += [label] * len(rows)
        yield page._replace(texts=texts, labels=labels, kind="wrapped")


def paragraphs(path: Path) -> Iterator[Labelled]:
    """Clean text of many languages, as pages of nothing but content: half of them of short lines only."""
    by_language = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", errors="surrogatepass") as rows:
        for row in rows:
            record = json.loads(row)
            by_language[record["lang"]] += [line.strip() for line in record["text"].split("\n") if line.strip()]
    for language, lines in sorted(by_language.items()):
        short = [line for line in lines if len(line) < 80]
        for sort in (lines, short):
            for start in range(0, len(sort), CHUNK):
                chunk = sort[start : start + CHUNK]
                yield Labelled(f"clean {language} {start}", language, "clean", chunk, "K" * len(chunk))


def repaired(pages: Iterable[Labelled]) -> list[Labelled]:
    """The pages with their lines as the filter sees them, behind those that repair characters."""
    clean = cache(Cleaner(filters=["markup", "encoding", "controls", "spaces", "quotes"]).clean)
    whole = []
    for page in pages:
        lines = [(clean(text), label) for text, label in zip(page.texts, page.labels, strict=True)]
        lines = [(text, label) for text, label in lines if text.strip() and "\n" not in text]
        whole.append(page._replace(texts=[text for text, _ in lines], labels=[label for _, label in lines]))
    return whole
