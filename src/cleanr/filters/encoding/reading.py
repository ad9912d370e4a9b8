"""The likeliest reading of a line with slots, by the letters around them and by what else the document says."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from cleanr.filters.encoding.letters import BACKING_OFF, LONGEST, STEPS, UNSEEN, level
from cleanr.filters.encoding.slots import PUNCTUATION, Slot

TOTAL = 24.0  # doublings: all that the table has counted
MOST = 24  # choices of a slot
WIDTH = 8  # readings kept at each place
SUPPLIED = -2.5  # what a supplied byte costs
CAPITAL = 3.0  # what a capital costs more than its letter, where the table knows only that
INSIDE = 8.0  # the same within a word, behind a small letter
JOINED = 8.0  # what an apostrophe costs, of which nothing but a lead byte is left, where no language is known to elide
LEAST_OF_BLOCK = 3  # letters of a script, before a document counts as written in it
BREAK = "\0"


class Voice:
    """How likely a character is behind others: by the table, and by the document's own, undamaged letters."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = BREAK.join(texts).replace("\u00a0", " ")
        self._counts: dict[str, int] = Counter(self.text)
        self.size = len(self.text) - self._counts[BREAK]
        self._counts[BREAK] = 0
        blocks = Counter[int]()
        for char, count in self._counts.items():
            blocks[ord(char) >> 7] += count
        self.blocks = frozenset(block for block, count in blocks.items() if count >= LEAST_OF_BLOCK)
        self.share = 0.5 * self.size / (self.size + 600)
        self._listed = math.log2(1 - self.share)
        self._cost: dict[str, float] = {}

    def count(self, piece: str) -> int:
        """How often a piece stands in the document's own text."""
        found = self._counts.get(piece)
        if found is None:
            found = self._counts[piece] = self.text.count(piece)
        return found

    def cost(self, piece: str) -> float:
        """The logarithm of the likelihood of a piece's last character behind those before it (up to four), in
        doublings."""
        found = self._cost.get(piece)
        if found is None:
            before, char = piece[:-1], piece[-1]
            found = expected(before, char) + self._listed
            if self.count(char):
                found = math.log2(2**found + self.share * self._own(before, char))
            self._cost[piece] = found
        return found

    def _own(self, before: str, char: str) -> float:
        count = self.count
        likely = count(char) / (self.size + 50)
        for length in range(1, len(before) + 1):
            context = before[-length:]
            there = count(context)
            if not there:
                break
            likely = (count(context + char) + 2.0 * likely) / (there + 2.0)
        return likely


@lru_cache(1 << 16)
def expected(before: str, char: str) -> float:
    """What the table says: the longest context in which it knows the character decides.

    It holds the parts of each sequence that it holds. A look-up errs once in a thousand times, so that a sequence
    counts only where it is no more frequent than its parts.
    """
    reach = min(len(before), LONGEST - 1)
    there, whole, length = level(char), TOTAL * STEPS, 0
    while there and length < reach:
        context = before[-length - 1 :]
        longer, outside = level(context + char), level(context)
        if not longer or longer > min(there, outside) + 1:
            break
        there, whole, length = longer, outside, length + 1
    if there:
        found = min(0.0, (there - whole) / STEPS) - BACKING_OFF * (reach - length)
    else:
        found = UNSEEN * 1.5 - (4.0 if ord(char) > 0x2FF else 0.0)
    lower = char.lower()
    if lower != char and len(lower) == 1:  # text in capitals is rare, and its words are those of other text
        found = max(found, expected(before.lower(), lower) - (INSIDE if before[-1:].islower() else CAPITAL))
    return found


@cache
def _contraction() -> re.Pattern[str]:
    """English words up to a BREAK that stands for the apostrophe, and what follows it."""
    return re.compile(rf"(?:\w{BREAK}s|n{BREAK}t|\bi{BREAK}m|[a-z]{BREAK}(?:re|ve|ll|d))(?!\w)", re.IGNORECASE)


@cache
def _elision() -> re.Pattern[str]:
    """Words that lose their vowel before another, in French, Italian and Catalan; and others with an apostrophe."""
    return re.compile(
        rf"(?<!\w)(?:(?:[cdjlmnst]|qu|un|gl|lorsqu|puisqu|jusqu|aujourd|dell|nell|all|dall|sull|coll|quell|quest|bell|sant"
        rf"|tutt|mezz|senz|anch|com|dov){BREAK}(?=[aeiouyhà-ÿœ])|(?:o|b|na|i|a|rock|po|mo|be){BREAK})",
        re.IGNORECASE,
    )


def contracts(before: str, after: str) -> bool:
    """Whether an apostrophe may stand between two pieces of English: ``it’s``, ``don’t``."""
    return _contraction().search(f"{before[-2:]}{BREAK}{after}") is not None


def elides(before: str, after: str) -> bool:
    """Whether an apostrophe may stand between two pieces of text: ``it’s``, ``l’acqua``."""
    return contracts(before, after) or _elision().search(f"{before}{BREAK}{after[:1]}") is not None


def fit(before: str, char: str, after: str, elided: bool = True) -> float:
    """How well a sign stands between two characters, in doublings: “ opens a word, ” ends one.

    >>> fit(" ", "“", "a") > fit("a", "“", " ")
    True
    """
    left, right = before.isalnum(), after.isalnum()
    gap = not before.strip() or before in "([{/—–-"
    if char in "“‘„‚‹":
        return 5.0 if gap and (right or after in "“‘¿¡([…") and after else -5.0
    if char in "”›":
        return 5.0 if not gap and not right else -4.0 if not after or after in ".,;:!?)" else -5.0
    if char == "’":
        return (5.0 if elided else -1.0) if left and right else 0.0 if not gap else -3.0
    if char in "–—−":
        if not after:
            return -6.0
        spaced = not before.strip(), not after.strip()
        if left and right and not elided:
            return 2.0 if char == "—" else 0.0
        return 4.0 if all(spaced) else -6.0 if any(spaced) else -2.0 if elided else 0.0
    if char == "‐":
        return 4.0 if left and right else -6.0
    if char == "•":
        return 4.0 if gap and not after.strip() else -4.0
    if char == "€":
        return 4.0 if before.isdigit() or after.isdigit() or after == " " else -4.0
    return 0.0


class Path:
    __slots__ = ("chosen", "score", "tail")

    def __init__(self, score: float, tail: str, chosen: tuple[int, ...]) -> None:
        self.score, self.tail, self.chosen = score, tail, chosen


def read(line: str, found: Sequence[Slot], voice: Voice) -> list[tuple[str, int, float]]:
    """For each slot the new text, how many bytes it supplies (-1: it stays), and how many doublings likelier it is."""
    found = [_narrowed(slot, voice) for slot in found]
    line = line.replace("\u00a0", " ")
    result: list[tuple[str, int, float]] = []
    for group in _groups(found):
        start = max(0, group[0].start - LONGEST + 1)
        end = min(len(line), group[-1].end + LONGEST - 1)
        best = _best(line, start, end, group, voice)
        literal = _score(line[start:end], group[0].start - start, voice)
        gain = (best.score - literal) / max(1, sum(1 for at in best.chosen if at))
        for slot, at in zip(group, best.chosen, strict=True):
            result.append((*slot.choices[at], gain) if at else ("", -1, 0.0))
    return result


def _narrowed(slot: Slot, voice: Voice) -> Slot:
    """A slot without the choices that neither the table nor the document knows, if it knows others."""
    if len(slot.choices) <= 2:
        return slot
    likely = sorted(
        (
            choice
            for choice in slot.choices[1:]
            if not choice.text or level(choice.text[0]) or voice.count(choice.text[0])
        ),
        key=lambda choice: -voice.cost(choice.text[0]) if choice.text and choice.text not in PUNCTUATION else -TOTAL,
    )
    return slot._replace(choices=(slot.choices[0], *likely[:MOST])) if likely else slot


def _groups(found: Sequence[Slot]) -> list[list[Slot]]:
    groups: list[list[Slot]] = []
    for slot in found:
        if groups and slot.start - groups[-1][-1].end < LONGEST - 1 and len(groups[-1]) < 400:
            groups[-1].append(slot)
        else:
            groups.append([slot])
    return groups


def _score(text: str, skip: int, voice: Voice) -> float:
    text, skip = " " + text + " ", skip + 1
    return sum(voice.cost(text[max(0, at - LONGEST + 1) : at + 1]) for at in range(skip, len(text)))


def _best(line: str, start: int, end: int, group: Sequence[Slot], voice: Voice) -> Path:
    paths = [Path(0.0, (" " + line[start : group[0].start])[-LONGEST + 1 :], ())]
    at = group[0].start
    for slot in group:
        for char in line[at : slot.start]:
            paths = _literal(paths, char, voice)
        elided = elides(line[max(0, slot.start - 8) : slot.start], line[slot.end : slot.end + 3])
        paths = _chosen(paths, slot, voice, line[slot.end : slot.end + 1], elided=elided)
        at = slot.end
    for char in line[at:end] + " ":
        paths = _literal(paths, char, voice)
    return max(paths, key=lambda path: path.score)


def _literal(paths: list[Path], char: str, voice: Voice) -> list[Path]:
    best: dict[str, Path] = {}
    for path in paths:
        tail = path.tail + char
        score = path.score + voice.cost(tail)
        tail = tail[-LONGEST + 1 :]
        if tail not in best or best[tail].score < score:
            best[tail] = Path(score, tail, path.chosen)
    return list(best.values())


def _chosen(paths: list[Path], slot: Slot, voice: Voice, after: str, *, elided: bool) -> list[Path]:
    best: dict[str, tuple[float, Path, int]] = {}
    cost, used, lone = voice.cost, voice.count, slot.end - slot.start == 1
    for number, choice in enumerate(slot.choices):
        supplied, text = choice.lost * SUPPLIED, choice.text.replace("\u00a0", " ")
        sign = text[:1] if number and text[:1] in PUNCTUATION else ""
        behind, familiar = text[1:2] or after, 3.0 * (sign != "" and used(sign) > 0)
        for path in paths:
            score, tail = path.score + supplied, path.tail
            if sign:
                score += fit(tail[-1:], sign, behind, elided) + familiar
                if lone and sign == "’" and not elided and tail[-1:].isalpha() and behind.isalpha():
                    score -= JOINED
            for char in text:
                tail += char
                score += cost(tail)
                tail = tail[-LONGEST + 1 :]
            if tail not in best or best[tail][0] < score:
                best[tail] = score, path, number
    kept = sorted(best.items(), key=lambda each: -each[1][0])[:WIDTH]
    return [Path(score, tail, (*path.chosen, number)) for tail, (score, path, number) in kept]
