"""Text of one single-byte code page that was read as another: ``Ïðèâåò`` becomes ``Привет``.

Nothing in the bytes proves it: only how much likelier the letters are in the other page, over all of a line.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from cleanr.edits import Edit, Safety
from cleanr.filters.encoding.pages import page
from cleanr.filters.encoding.reading import Voice

RULE = "encoding.single-byte"
# What a text was read as, and what it was.
READ_AS = {
    "cp1252": (
        "mac_roman", "cp850", "cp437", "cp1251", "iso8859-2", "cp1250", "cp852", "cp1253", "cp1254", "cp1255", "cp1256",
        "cp1257", "cp874", "koi8-r", "cp866",
    ),
    "mac_roman": ("cp1252",),
    "cp1251": ("koi8-r", "cp866", "mac_cyrillic", "iso8859-5"),
    "koi8-r": ("cp1251", "cp866", "iso8859-5"),
}  # fmt: skip
LEAST = 5.0  # doublings by which each foreign letter must be likelier, on average
LEAST_ALL = 24.0  # and all of them together
LEAST_SENSE = 0.8  # of the foreign characters: letters, or signs that stand in prose
USUAL = frozenset("–—…‘’“”†‡•·€£¥¢§¶°±×©®™")  # a line with no other signs is right
SIGNS = frozenset("’‘“”„–—…«»€ºª¿¡·")


def find(line: str, voice: Voice) -> Iterator[Edit]:
    """Propose what a line reads in the likeliest other page, as edits of its runs of foreign characters."""
    foreign = [at for at, char in enumerate(line) if not char.isascii()]
    if len(foreign) < 2 or not any(
        line[at].isalpha() or line[at - 1 : at].isalnum() and line[at + 1 : at + 2].isalnum() for at in foreign
    ):
        return
    best, most = line, LEAST_ALL
    stands = _cost(line, foreign, voice)
    alone = sum(1 for at in foreign if not (line[max(0, at - 1) : at] + line[at + 1 : at + 2]).strip())
    if all(line[at] in USUAL for at in foreign) or 2 * alone > len(foreign):
        return
    for read, pages in READ_AS.items():
        for real in pages:
            other = _reread(line, read, real)
            if other is None or other == line:
                continue
            sense = sum(1 for at in foreign if other[at].isalpha() or other[at] in SIGNS)
            if sense < LEAST_SENSE * len(foreign) or _mixes(other) > _mixes(line):
                continue
            gain = _cost(other, foreign, voice) - stands
            if gain > max(most, LEAST * len(foreign)):
                best, most, name = other, gain, f"{real} read as {read}"
    if best == line:
        return
    start = None
    for at in range(len(line) + 1):
        differs = at < len(line) and line[at] != best[at]
        if differs and start is None:
            start = at
        elif not differs and start is not None:
            yield Edit(start, at, best[start:at], RULE, Safety.LIKELY, name)
            start = None


def _mixes(line: str) -> int:
    """How many words have letters of Latin and of another script."""
    return len(re.findall(r"[A-Za-zÀ-ɏ][Ͱ-ۿ฀-๿]|[Ͱ-ۿ฀-๿][A-Za-zÀ-ɏ]", line))


@lru_cache(64)
def _table(read: str, real: str) -> dict[int, str]:
    table = {}
    for char, values in page(read).bytes_of.items():
        new = bytes(values[:1]).decode(real, "ignore")
        if new and new.isprintable() or new == "\u00a0":
            table[ord(char)] = new
    return table


def _reread(line: str, read: str, real: str) -> str | None:
    table = _table(read, real)
    if any(char > "\x7f" and ord(char) not in table for char in line):
        return None
    return line.translate(table)


def _cost(line: str, places: list[int], voice: Voice) -> float:
    """What the characters at some places and those behind them cost."""
    text = f" {line} ".replace("\u00a0", " ")
    asked = sorted({at + 1 + shift for at in places for shift in range(3)} & set(range(len(text))))
    return sum(voice.cost(text[max(0, at - 4) : at + 1]) for at in asked)
