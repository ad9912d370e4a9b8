"""How fast cleanr is, as ratios: ``python benchmarks/bench.py [--rounds N]``, or ``make bench``.

One process times everything in interleaved rounds, in processor time, on texts that are new to it (bench_corpus.py);
`.text` and `.changes` are read inside of the timing (bench_peers.py). The subjects of a round get texts that differ in
numbers alone. The first rounds warm up: modules are loaded, and what the packs know is read and compiled where a line
asks for it; what that costs a process is told by the starts (bench_start.py). The corpus is made from seeds; its hash
is printed. Absolute times say more about the machine than about the program, so there are none.
"""

import argparse
import gc
import hashlib
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import ftfy
from bench_corpus import PAGES, Line, classes, made, pages, texts
from bench_peers import FLOOR, FLOOR_TIMES, PEER, subjects
from bench_start import starts

import cleanr
from cleanr import Cleaner, packs
from cleanr.cleaner import PRESETS
from cleanr.packs.compiling import Pack, compiled

WARM = 3  # rounds
FEW_PHRASES = 50
SMALL, LARGE = 4_000, 1 << 20  # characters


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
    rest = Cleaner(ignore=["boilerplate"]).explain
    fresh = iter(range(10_000_000, 20_000_000))
    ratios = []
    for turn in range(turns + 1):
        batch = texts(made("mixed", pools, turn), fresh)
        lines = [[line.strip() for line in text.split("\n")] for text in batch]
        others = min(timed(rest, batch) for _ in range(3))
        spent = {size: others + min(timed(rules.recognise, lines) for _ in range(3)) for size, rules in sizes.items()}
        ratios.append(spent[len(phrases)] / spent[FEW_PHRASES])
    return _cell(ratios[1:])


def growth(turns: int) -> Iterator[tuple[str, str]]:
    """By class, what a character of a document of 1 MB costs, times its cost in documents of 4 kB."""
    clean = Cleaner().explain
    fresh = iter(range(20_000_000, 90_000_000))
    for kind, pools in classes().items():
        ratios = []
        for turn in range(turns + 1):
            lines = [line for document in made(kind, pools, turn) for line in document]
            cost = {}
            for size in (SMALL, LARGE):
                batch = _sized(lines, size, fresh)
                cost[size] = timed(clean, batch) / sum(map(len, batch))
            ratios.append(cost[LARGE] / cost[SMALL])
        yield kind, _cell(ratios[1:])


def _sized(lines: Sequence[Line], size: int, fresh: Iterator[int]) -> list[str]:
    """The same text of 1 MB, but for its numbers, as documents of a size."""
    rows: list[str] = []
    length = 0
    while length < LARGE:
        rows += texts([lines], fresh)[0].splitlines(keepends=True)
        length = sum(map(len, rows))
    documents, begun = [], 0
    length = 0
    for at, row in enumerate(rows):
        length += len(row)
        if length >= size or at == len(rows) - 1:
            documents.append("".join(rows[begun : at + 1]))
            begun, length = at + 1, 0
    return documents


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
    kinds = {name: [made(name, pools, turn) for turn in range(turns + WARM)] for name, pools in classes().items()}
    if PAGES.exists():
        kinds["real pages"] = list(pages(turns + WARM))
    fresh = iter(random.Random("numbers").sample(range(100_000, 10_000_000), 4_000_000))
    digest = hashlib.sha256()
    found = subjects()
    seconds: dict[tuple[str, str], list[float]] = {(name, kind): [] for name in found for kind in kinds}
    for turn in range(turns + WARM):
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
                if turn >= WARM:
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
    print("\nA character in a document of 1 MB, times its cost in documents of 4 kB (preset standard):\n")
    print("\n".join(f"- {kind}: {ratio}" for kind, ratio in growth(min(turns, 3))))
    print(f"\nA document with 20,000 phrases to look for, times its cost with {FEW_PHRASES}: {many_phrases(turns)}")
    print("\nProcessor time of a process, times that of `python -c pass`:\n")
    print("\n".join(f"- {what}: {ratio:.1f}" for what, ratio in starts()))


if __name__ == "__main__":
    main()
