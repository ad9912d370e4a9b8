"""Sequences that no strict decoding reads, with bytes lost: ``Ñ‚ÐµÑÑ‚`` becomes ``тест``."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cache
from typing import NamedTuple

from cleanr.filters.encoding.letters import LONGEST, level
from cleanr.filters.encoding.pages import NAMES, Page, any_of, page
from cleanr.filters.encoding.quotes import DASHES, opened
from cleanr.filters.encoding.reading import BREAK, Voice, elides, read
from cleanr.filters.encoding.slots import C1, PUNCTUATION, SOFT_HYPHEN, Choice, Slot, slots
from cleanr.filters.encoding.suspects import FOREIGN_SIGN, hurt
from cleanr.writing import EAST_ASIAN, UNSPACED

PAGES = (*NAMES, "cp1252:lower")
# Pages with bytes that no character has, which readers drop; text of the others is repaired in whole lines only.
LOSING = ("cp1252", "cp1250", "cp1252:lower")
FOREIGN = 4  # so many times as many characters of a line must be in sequences as are not
TRIED = 3  # pages for a line
LEAST_SEEN = 1  # whole sequences of a document, before its end is taken for a part of one
STRONG = 12.0  # doublings: what proves a quotation's end
ENDS = "\u00a0…¿"  # what often follows a capital letter at the end of a word in capitals
LATIN_1 = frozenset(map(chr, range(0xC0, 0x100)))
FOREIGN_LETTER = 4  # supplied bytes that a letter counts as which no other loss explains
STRANGE = -20.0  # doublings: a character that nothing speaks for
TOLD = 8  # characters before a place
MOST_BYTES = 3  # of a character that replacement characters stand for: they are the bytes of signs and letters
MOST_LONE = 2  # replacement characters in a row, where each stands for a letter
MOST_IN_A_ROW = 8  # damaged places with nothing between them: of more, nobody could say what they were
WINDOW = 2500  # characters of a document that say how it writes
HYPHEN = "\u2010"  # it links words, of which neither tells the other
CP1252_SIGNS = "“”‘’–—…•€™"


class Repair(NamedTuple):
    """A damaged place of a line: what it was, by which page, how many bytes were lost, and how sure that is."""

    start: int
    end: int
    old: str
    new: str
    page: str
    lost: int
    gain: float
    seen: bool  # elsewhere in the document, undamaged

    @property
    def bare(self) -> bool:
        """Whether nothing is left but a lead byte."""
        return self.lost > 0 and len(self.old.strip()) == 1 and not self.replaced

    @property
    def replaced(self) -> bool:
        """Whether nothing at all is left, but replacement characters."""
        return not self.old.strip("\ufffd")


class Evidence(NamedTuple):
    """What a document shows of its damage, for one page: the bytes that may be missing, and its own letters."""

    lost: frozenset[int]
    voice: Voice
    complete: int
    alphabet: str
    chars: frozenset[str]  # of the document as it stands
    each: bool  # of its replacement characters stands for a character, not for a byte


@cache
def _sequence(name: str) -> re.Pattern[str]:
    of = page(name).bytes_of

    def chars(low: int, high: int) -> str:
        return any_of(char for char, values in of.items() if any(low <= byte <= high for byte in values))

    tail = chars(0x80, 0xBF)
    return re.compile(f"{chars(0xC2, 0xDF)}{tail}|{chars(0xE0, 0xEF)}{tail}{{2}}|{chars(0xF0, 0xF4)}{tail}{{3}}")


def covered(line: str, name: str) -> tuple[int, int]:
    """How many characters of a line are in complete sequences of a page, and how many others the page knows."""
    inside = sum(map(len, _sequence(name).findall(line)))
    return inside, sum(map(page(name).bytes_of.__contains__, line)) - inside


def ranked(line: str) -> list[str]:
    """The pages that may explain a line, the best first."""
    plain = 0
    signs = {char for char in line if not char.isascii()}
    found = [(0, -1, "cp1252")] if "\ufffd" in line and signs.isdisjoint(page("cp1252").leads) else []
    for number, name in enumerate(PAGES):
        if signs.isdisjoint(page(name).leads):
            continue
        if name.endswith(":lower") and line.lower() != line:
            continue
        inside, outside = covered(line, name)
        if name.endswith(":lower") and (2 * inside < 3 * plain or inside < outside):
            continue
        if name == "cp1252":
            plain = inside
        if name not in LOSING and outside * FOREIGN > inside:
            continue
        found.append((outside - 2 * inside, number, name))
    return [name for _, _, name in sorted(found)[:TRIED]]


@cache
def _begun() -> re.Pattern[str]:
    """A lead byte of a page that loses bytes, and one that may follow it, or a letter of another script."""
    lead = any_of(*(page(name).leads for name in LOSING))
    tail = any_of(*(page(name).tails for name in LOSING))
    return re.compile(f"{lead}(?={tail}|{FOREIGN_SIGN})|(?<={FOREIGN_SIGN}){lead}")


def is_more_than_leads(line: str) -> bool:
    """Whether a line has more of damage than letters that may be lead bytes: ``Đến`` and ``à 5`` have not."""
    return _has_begun(line) or not set(LOSING).issuperset(ranked(line))


def _has_begun(line: str) -> bool:
    """Whether a line has more of a sequence than a lead byte, or one where no letter stands."""
    return bool(hurt().search(f"\n{line}\n") or _begun().search(line))


def evidence(rows: Sequence[str], name: str) -> Evidence:
    """What a document's rows say about damage by one page."""
    at = page(name)
    tails: Counter[int] = Counter()
    complete, texts, size = 0, [], 0
    plain = frozenset[int]()
    bare = re.compile(any_of(at.leads, "\ufffd"))
    for row in rows:
        if row.isascii():
            if size < WINDOW:
                texts.append(row)
                size += len(row)
            continue
        parts, last = [], 0
        for slot in slots(row, at, plain):
            parts.append(bare.sub(BREAK, row[last : slot.start]))
            last = slot.end
            if slot.complete and slot.end - slot.start > 1:
                complete += 1
                parts.append(slot.choices[1].text)
                tails.update(
                    byte for char in row[slot.start + 1 : slot.end] for byte in at.bytes_of.get(char, ()) if byte < 0xC0
                )
            else:
                parts.append(BREAK)
        parts.append(bare.sub(BREAK, row[last:]))
        if size < WINDOW:
            texts.append("".join(parts))
            size += len(row)
    whole = "\n".join(rows)
    chars, runs = frozenset(whole), Counter(map(len, re.findall("\ufffd+", whole)))
    alphabet = _alphabet(texts, page("cp1252").undefined) if "\ufffd" in chars else ""
    return Evidence(_missing(at, tails), Voice(texts), complete, alphabet, chars, 2 * runs[1] >= runs.total())


def _missing(at: Page, tails: Counter[int]) -> frozenset[int]:
    controls = sum(tails[byte] for byte in at.undefined)
    lost = frozenset[int]() if controls else at.undefined
    if at.name.startswith("cp1252") and sum(tails.values()) > 2 and not any(tails[byte] for byte in C1):
        lost = C1
    if SOFT_HYPHEN in (byte for values in [at.bytes_of.get("\xad", ())] for byte in values) and not tails[SOFT_HYPHEN]:
        lost |= {SOFT_HYPHEN}
    return lost


def repairs(rows: Sequence[str], numbers: Sequence[int], settled: Set[int]) -> Iterator[tuple[int, list[Repair]]]:
    """For each of some rows, what its damaged places were; then for those like them that are not settled, where these
    have some: with a lead byte of which nothing else was left there, or with more of a sequence."""
    known: dict[str, Evidence] = {}
    found = list(_asked(rows, numbers, known))
    yield from found
    if not any(repairs for _, repairs in found):
        return
    bare = {repair.old.strip() for _, repairs in found for repair in repairs if repair.bare} | {"\ufffd"}
    asked = {*settled, *numbers}
    like = [
        number
        for number, row in enumerate(rows)
        if number not in asked and not row.isascii() and (not bare.isdisjoint(row) or _has_begun(row))
    ]
    yield from _asked(rows, like, known)


def _asked(
    rows: Sequence[str], numbers: Sequence[int], known: dict[str, Evidence]
) -> Iterator[tuple[int, list[Repair]]]:
    for number in numbers:
        best: list[Repair] = []
        most = 0.0
        for name in ranked(rows[number]):
            if name not in known:
                known[name] = evidence(rows, name)
            shown = known[name]
            found = _line(rows[number], name, shown, cut=number == len(rows) - 1 and shown.complete >= LEAST_SEEN)
            total = sum(repair.gain for repair in found)
            if total > most:
                best, most = found, total
        yield number, best


def _line(line: str, name: str, shown: Evidence, *, cut: bool) -> list[Repair]:
    found = list(slots(line, page(name), shown.lost, cut=cut))
    if "\ufffd" in line:
        found = sorted([*found, *_lone(line, found, shown)])
    found = [slot for run in _runs(found) if len(run) <= MOST_IN_A_ROW for slot in run]
    if not found:
        return []
    result, at, nested, told = [], 0, "", " "
    readings = read(line, found, shown.voice)
    for number, (slot, (new, lost, gain)) in enumerate(zip(found, readings, strict=True)):
        nested = opened(line[at : slot.start], nested)
        told = (told + line[at : slot.start])[-TOLD:]
        at = slot.end
        new, lost, gain = _closing(line, slot, (new, lost, gain), nested, told[-1:])
        after = line[slot.end : slot.end + 1]
        if number + 1 < len(found) and found[number + 1].start == slot.end and readings[number + 1][1] >= 0:
            after = readings[number + 1][0][:1]
        capital = told[-1:].isupper() and line[slot.end - 1] in ENDS and new[:1] not in shown.chars
        times = told[-1:].isdigit() and line[slot.start] == "×" or told[-1:] in "“„" and line[slot.end - 1] in "“”…"
        alone = slot.end - slot.start == 1 and new == "’"  # Lâm is a name
        inside = alone and told[-1:].isalpha() and after.isalpha() and not elides(told, line[slot.end : slot.end + 3])
        if (
            lost >= 0
            and not capital
            and not times
            and not inside
            and _is_known(told[-LONGEST + 1 :], new, after, shown.voice, supplied=lost > 0)
        ):
            result.append(
                Repair(slot.start, slot.end, line[slot.start : slot.end], new, name, lost, gain, new[:1] in shown.chars)
            )
        else:
            new = line[slot.start : slot.end]
        nested = opened(new, nested)
        told = (told + new)[-TOLD:]
    return result


def _runs(found: Sequence[Slot]) -> Iterator[list[Slot]]:
    """Slots that stand directly side by side, those that are complete by themselves."""
    run: list[Slot] = []
    for slot in found:
        if run and (slot.complete or run[-1].complete or slot.start != run[-1].end):
            yield run
            run = []
        run.append(slot)
    if run:
        yield run


def _closing(
    line: str, slot: Slot, reading: tuple[str, int, float], nested: str, before: str
) -> tuple[str, int, float]:
    """A reading at the end of a word: where a quotation is open, it ends there, but for ``the patients’ beds``."""
    new, lost, gain = reading
    after = line[slot.end : slot.end + 1]
    if after.isalnum() or not before.strip() or "”" not in {choice.text for choice in slot.choices}:
        return reading
    if slot.end - slot.start == 1 and lost < 0 or new.isalpha():  # nothing of it but a lead byte
        return ("”", 2, STRONG) if nested.endswith("“") and (slot.end - slot.start == 1) else reading
    if new in ("”", "’") and lost > 0:
        another = before == "s" and _later().search(line, slot.end) is not None
        alone = not nested and not (after in (".", ",") and before != "s")
        new = "’" if nested.endswith("‘") or before.isalnum() and (alone or another) else "”"
    return new, lost, gain


@cache
def _later() -> re.Pattern[str]:
    """A place further on where a quotation may end, with none before it where one begins."""
    return re.compile(r"(?:[^â\ufffd“]|(?<=\w)â\w)*(?<=\S)[â\ufffd”](?!\w)")


def _is_known(before: str, new: str, after: str, voice: Voice, *, supplied: bool) -> bool:
    """Whether a character is one that something speaks for where it would stand."""
    if not new:
        return True
    if new == HYPHEN:
        return before[-1:].isalnum() and after.isalnum()
    if voice.cost(before + new[0]) <= STRANGE and ord(new[0]) >> 7 not in voice.blocks:
        return False
    beside = [char for char in (before[-1:], after) if char > "\u02ff" and char.isalpha()]
    if not supplied and any(ord(char) >> 7 == ord(new[0]) >> 7 for char in beside):
        return True  # a whole letter beside one of its script: its language may be none that the table knows
    pairs = [pair for pair in (before[-1:] + new[0], new[-1] + after) if len(pair) > 1 and pair.isalpha()]
    pairs = [pair for pair in pairs if pair.lower() != pair.upper()]
    return not pairs or any(level(pair) or level(pair.lower()) or voice.count(pair) > (not supplied) for pair in pairs)


def _lone(line: str, found: Sequence[Slot], shown: Evidence) -> Iterator[Slot]:
    """Replacement characters that stand for whole characters: one for each, or one for each byte of one."""
    taken = {at for slot in found for at in range(slot.start, slot.end)}
    choices = [
        Choice(char, 1 if char in PUNCTUATION else FOREIGN_LETTER if char in LATIN_1 else 2) for char in shown.alphabet
    ]
    unspaced = re.search(f"[{UNSPACED}]", line) is not None
    east_asian = re.search(f"[{EAST_ASIAN}]", line) is not None  # of thousands of letters, nothing tells two in a row
    first, last = len(line) - len(line.lstrip()), len(line.rstrip())
    closing = max(line.rfind("\ufffd"), line.rfind("”"))
    for match in re.finditer("\ufffd+", line):
        (start, end), size = match.span(), len(match[0])
        if start in taken or end - 1 in taken:
            continue
        before, after = line[start - 1 : start], line[end : end + 1]
        bytewise = size > 1 and not shown.each
        if size > (MOST_BYTES if bytewise else MOST_LONE) or size > 1 and not bytewise and east_asian:
            continue
        these = [choice for choice in choices if len(choice.text.encode()) == size] if bytewise else choices
        if not before.strip() and not after.strip():
            if first < start and end < last:  # at an end of a line, it may have been anything
                these = [choice for choice in these if choice.text in DASHES]
                yield Slot(start, end, (Choice(match[0], 0), *these))
            continue
        closes = start == 0 or closing >= end  # or the next paragraph goes on with it
        without = PUNCTUATION if unspaced else frozenset() if closes else frozenset("“‘„‚")
        these = [choice for choice in these if choice.text not in without]
        for at in (start,) if bytewise else range(start, end):
            stop = end if bytewise else at + 1
            yield Slot(at, stop, (Choice(line[at:stop], 0), *these))


def _alphabet(texts: Sequence[str], undefined: frozenset[int]) -> str:
    """What a replacement character may stand for: a sign or letter of Windows-1252, or a letter one of whose bytes
    has no character."""
    blocks = {ord(char) >> 7 for text in texts for char in text if char.isalpha()}
    found = set(CP1252_SIGNS)
    for block in blocks:
        for code in range(block << 7, (block + 1) << 7):
            char = chr(code)
            if code > 0x7F and level(char) and not undefined.isdisjoint(char.encode("utf-8", "surrogatepass")):
                found.add(char)
    if not blocks - {0}:  # a text without other letters may have lost them all
        found.update(map(chr, range(0xC0, 0x100)))
    return "".join(sorted(found))
