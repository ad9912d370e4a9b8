"""What is timed: texts made of the sample corpus, and real pages where they are at hand; none stands there twice.

A document is made of lines of the sample corpus in an order of its round, and each long line gets a number that no
other text has, so that no cache can know it. Of ten lines of a mixed document three are ASCII, three have curly quotes
and dashes, two are not English, one is mojibake, one is of a dirty sample; the samples themselves, a defect in each
line, are a class of their own. All of it comes from seeds.
"""

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from itertools import chain, cycle, islice
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PAGES = ROOT.parent / "shared" / "bench" / "boilerplate_dev.jsonl.gz"  # real pages, where they are at hand
DOCUMENTS, LINES = 24, 30  # a document is as long as a short article
PAGES_A_ROUND = 24
LONG = 40  # characters of a line that gets a number; shorter ones are furniture, and repeat themselves in any corpus
CURLY = str.maketrans({"'": "’", "-": "–"})


class Line(NamedTuple):
    """A line of a document, and where a number goes into it; None where none does."""

    text: str
    at: int | None


def sampled(*patterns: str) -> list[str]:
    """The lines of the sample corpus in these files, without those that UTF-8 cannot carry or that are blank."""
    files = sorted(path for pattern in patterns for path in (ROOT / "corpus_samples").glob(pattern))
    return [line for path in files for line in path.read_bytes().decode("utf-8").split("\n") if line.strip()]


def broken(line: str) -> str:
    """The line in UTF-8, read as Windows-1252 by a program that knows no undefined bytes."""
    return "".join(
        bytes([byte]).decode("latin-1" if byte in b"\x81\x8d\x8f\x90\x9d" else "cp1252") for byte in line.encode()
    )


def classes() -> dict[str, list[list[str]]]:
    """The kinds of text: for each, the lines of a document of every round, rounds without end being cut later."""
    prose = [line for line in sampled("en-*/expected.txt", "clean/en-*.txt") if len(line) > LONG]
    plain = [line for line in prose if line.isascii()]
    curly = [line.translate(CURLY) for line in plain]
    foreign = [line for line in sampled("[!e][!n]-*/expected.*", "clean/[!e][!n]-*.txt") if not line.isascii()]
    mojibake = [broken(f"“{line}” – café") for line in curly]
    dirty = [sampled(f"{name}/in.txt") for name in _names("en-*")]
    return {
        "ascii": [plain],
        "curly": [curly],
        "non-English": [foreign],
        "mixed": [_blend(plain, plain, plain, curly, curly, curly, foreign, foreign, mojibake, list(chain(*dirty)))],
        "mojibake": [mojibake],
        "samples": dirty,
    }


def _blend(*pools: Sequence[str]) -> list[str]:
    """A pool in which each of some pools has the same share."""
    size = max(map(len, pools))
    return [line for pool in pools for line in islice(cycle(pool), size)]


def _names(pattern: str) -> list[str]:
    return sorted(path.name for path in (ROOT / "corpus_samples").glob(pattern) if (path / "in.txt").exists())


def made(name: str, pools: Sequence[list[str]], turn: int) -> list[list[Line]]:
    """The documents of a class for one round. Those of a class with several sources keep the order of theirs."""
    documents = []
    for n in range(DOCUMENTS):
        rng = random.Random(f"{name}/{turn}/{n}")
        pool = pools[n % len(pools)]
        lines = pool if len(pools) > 1 else rng.choices(pool, k=LINES)
        documents.append([_numbered(line, rng) for line in lines])
    return documents


def pages(turns: int) -> Iterator[list[list[Line]]]:
    """Real pages for each round, none of them twice."""
    with gzip.open(PAGES, "rt", encoding="utf-8", errors="surrogatepass") as rows:
        records = [[line["text"] for line in json.loads(row)["lines"]] for row in rows]
    random.Random("pages").shuffle(records)
    rest = iter(records)
    for turn in range(turns):
        rng = random.Random(f"pages/{turn}")
        yield [[_numbered(line, rng) for line in record] for record in islice(rest, PAGES_A_ROUND)]


def _numbered(line: str, rng: random.Random) -> Line:
    gaps = [at for at, char in enumerate(line) if char == " "] if len(line) > LONG else []
    return Line(line, rng.choice(gaps) if gaps else len(line) if len(line) > LONG else None)


def texts(documents: Sequence[Sequence[Line]], fresh: Iterator[int]) -> list[str]:
    """The documents with numbers that were never used before."""
    return [
        "".join(f"{text}\n" if at is None else f"{text[:at]} {next(fresh)}{text[at:]}\n" for text, at in document)
        for document in documents
    ]
