"""How fast cleanr is, as ratios: ``python benchmarks/bench.py [--rounds N]``, or ``make bench``.

One process times everything in interleaved rounds, in processor time. Every timed text is new to the process: a
document is made of lines of the sample corpus in an order of its round, and each long line gets a number that no
other text has, so that no cache can know it. Of ten lines of a mixed document three are ASCII, three have curly quotes
and dashes, two are not English, one is mojibake, one is of a dirty sample; the samples themselves, a defect in each
line, are a class of their own. The subjects of a round get texts that differ in these numbers alone.
`.text` and `.changes` are read inside of the timing. The corpus is made from a seed; its hash is printed. Absolute
times say more about the machine than about the program, so there are none.
"""

import argparse
import gc
import gzip
import hashlib
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

import ftfy

import cleanr
from cleanr import Cleaner, packs
from cleanr.cleaner import PRESETS
from cleanr.filters import CHAIN
from cleanr.packs.compiling import Pack, compiled

ROOT = Path(__file__).parent.parent
PAGES = ROOT.parent / "shared" / "bench" / "boilerplate_dev.jsonl.gz"  # real pages, where they are at hand
DOCUMENTS, LINES = 24, 30  # a document is as long as a short article
PAGES_A_ROUND = 24
LONG = 40  # characters of a line that gets a number; shorter ones are furniture, and repeat themselves in any corpus

PEER, FLOOR = "ftfy.fix_text", "encode + decode"
FEW_PHRASES = 50
FLOOR_TIMES = 20  # it is too fast for one look at the clock
CURLY = str.maketrans({"'": "’", "-": "–"})

Subject = Callable[[str], object]


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


def subjects() -> dict[str, Subject]:
    found: dict[str, Subject] = {FLOOR: _carried, PEER: ftfy.fix_text}
    for preset in PRESETS:
        found[f"**{preset}**"] = _read(Cleaner(preset))
    for name in CHAIN:
        found[name] = _read(Cleaner(filters=[name]))
    return found


def _carried(text: str) -> None:
    for _ in range(FLOOR_TIMES):
        text.encode("utf-8").decode("utf-8")


def _read(cleaner: Cleaner) -> Subject:
    def run(text: str) -> object:
        cleaned = cleaner.explain(text)
        return cleaned.text, cleaned.changes

    return run


def many_phrases(turns: int) -> str:
    """What a document costs with 20,000 phrases instead of 50: to look its lines up, and all the rest of the chain."""
    rng = random.Random("phrases")
    letters = "abcdefghijklmnopqrstuvwxyz"
    phrases = {" ".join("".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(4)) for _ in range(20_000)}
    sizes = {
        size: packs.ready(compiled([Pack("bench", {"share": {"phrases": sorted(phrases)[:size]}}, {})]))
        for size in (FEW_PHRASES, len(phrases))
    }
    pools = classes()["mixed"]
    rest = _read(Cleaner(ignore=["boilerplate"]))
    fresh = iter(range(10_000_000, 20_000_000))
    ratios = []
    for turn in range(turns + 1):
        batch = texts(made("mixed", pools, turn), fresh)
        lines = [[line.strip() for line in text.split("\n")] for text in batch]
        others = min(timed(rest, batch) for _ in range(3))
        spent = {size: others + min(timed(rules.recognise, lines) for _ in range(3)) for size, rules in sizes.items()}
        ratios.append(spent[len(phrases)] / spent[FEW_PHRASES])
    return _cell(ratios[1:])


def timed(subject: Callable[[Any], object], batch: Sequence[Any]) -> float:
    gc.collect()
    begin = time.process_time()
    for text in batch:
        subject(text)
    return time.process_time() - begin


def check(batch: Sequence[str]) -> None:
    """A fast wrong answer is worth nothing."""
    for preset in PRESETS:
        cleaner = Cleaner(preset)
        for text in batch:
            cleaned = cleaner.explain(text)
            assert cleaned.restore() == text, f"{preset}: restore() is not the raw text"
            assert cleaner.clean(cleaned.text) == cleaned.text, f"{preset}: twice is not once"


def measure(turns: int) -> tuple[dict[tuple[str, str], list[float]], list[str], str]:
    """Seconds by (subject, class), one figure a round; the classes; the hash of all that was timed."""
    kinds = {name: [made(name, pools, turn) for turn in range(turns + 1)] for name, pools in classes().items()}
    if PAGES.exists():
        kinds["real pages"] = list(pages(turns + 1))
    fresh = iter(random.Random("numbers").sample(range(100_000, 10_000_000), 4_000_000))
    digest = hashlib.sha256()
    found = subjects()
    seconds: dict[tuple[str, str], list[float]] = {(name, kind): [] for name in found for kind in kinds}
    for turn in range(turns + 1):
        for kind, rounds in kinds.items():
            batches = {name: texts(rounds[turn], fresh) for name in found}
            for batch in batches.values():
                digest.update("\0".join(batch).encode("utf-8", "surrogatepass"))
            if turn == 0:
                check(texts(rounds[turn], fresh))
            shift = turn % len(found)  # nobody is always the first
            names = [*found, *found][shift : shift + len(found)]
            for name in names:
                spent = timed(found[name], batches[name])
                if turn:  # the first round warms up: it loads modules and compiles patterns
                    seconds[name, kind].append(spent / FLOOR_TIMES if name == FLOOR else spent)
    return seconds, list(kinds), digest.hexdigest()[:16]


def table(seconds: dict[tuple[str, str], list[float]], kinds: Sequence[str], peer: str, faster: bool) -> Iterator[str]:
    """Ratios to a peer, round by round: their median, and the least and the greatest."""
    yield f"| | {' | '.join(kinds)} |"
    yield f"|---|{'---:|' * len(kinds)}"
    for name in dict.fromkeys(name for name, _ in seconds):
        if name in (PEER, FLOOR) and (faster or name == peer):
            continue
        cells = []
        for kind in kinds:
            pairs = zip(seconds[name, kind], seconds[peer, kind], strict=True)
            cells.append(_cell([other / own if faster else own / other for own, other in pairs]))
        yield f"| {name} | {' | '.join(cells)} |"


def _cell(ratios: Sequence[float]) -> str:
    low, middle, high = (_short(ratio) for ratio in (min(ratios), statistics.median(ratios), max(ratios)))
    return f"{middle} [{low}–{high}]"


def _short(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 20 else f"{ratio:.1f}" if ratio >= 2 else f"{ratio:.2f}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=7)
    turns = options.parse_args().rounds
    seconds, kinds, digest = measure(turns)
    version = ".".join(map(str, sys.version_info[:2]))
    print(f"cleanr {cleanr.__version__}, ftfy {ftfy.__version__}, Python {version}, {turns} rounds, corpus {digest}")
    print("Medians [least–greatest] of the rounds. Changes were read each time; twice was once, restore() was raw.")
    print(f"\nTimes as fast as `{PEER}`:\n")
    print("\n".join(table(seconds, kinds, PEER, faster=True)))
    print("\nTimes the cost of encoding to UTF-8 and decoding again:\n")
    print("\n".join(table(seconds, kinds, FLOOR, faster=False)))
    print(f"\nA document with 20,000 phrases to look for, times its cost with {FEW_PHRASES}: {many_phrases(turns)}")


if __name__ == "__main__":
    main()
