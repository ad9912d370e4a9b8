"""What a strict decoding repairs, as ftfy does it: ``cafÃ©`` becomes ``café``, layer by layer.

No repair makes a † or U+FFFD or eats a space.
"""

import contextlib
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby

from cleanr.edits import Edit, Safety
from cleanr.filters.encoding.pages import NAMES, spelled
from cleanr.filters.encoding.suspects import suspect

LONGEST_BAD = 7  # characters: no sequence that ftfy calls bad is longer
REMEMBERED = 4096  # broken sequences
HALF, WHOLE_HALF = "⌠", "âŒ\u00a0"  # of an integral; with a plain space for its last byte, it was an emoji
MIXED = "encoding.mojibake"  # what no single page explains
C1 = "encoding.c1"
PAGE_RULE = "encoding.utf8-as-"


def whole(line: str, start: int, end: int) -> tuple[list[Edit], bool]:
    """What ftfy repairs in a part of a line, as edits of the characters that differ, and whether it read all of it."""
    part = line[start:end]
    if "\ufffd" in part:  # ftfy would read it as a lost byte, and drop what is left of the sequence
        found: list[Edit] = []
        for match in re.finditer("[^\ufffd]+", part):
            found += whole(line, start + match.start(), start + match.end())[0]
        return found, False
    if part.isascii():
        return [], False
    fixed, layers = _repaired(part, restore_spaces=True)
    if fixed != part and _does_damage(part, fixed):
        fixed, layers = _repaired(part, restore_spaces=False)
    if fixed == part or _does_damage(part, fixed):
        return [], False
    repairs = []
    pieces = list(_differences(part, fixed))
    rules = _rules([(part[low:high], new) for low, high, new in pieces])
    for (low, high, new), rule in zip(pieces, rules, strict=True):
        # Of pieces that no single page explains, each layer guesses anew: that is likely, but proves nothing.
        safety = Safety.LIKELY if rule == MIXED and not all(layers) else Safety.CERTAIN
        repairs.append(Edit(start + low, start + high, new, rule, safety))
    return repairs, layers[-1]


def _rules(pieces: Sequence[tuple[str, str]]) -> list[str]:
    """The rule of each repaired piece of a line: by the same page as the others, where that explains it too."""
    found = [_rule(old, new) for old, new in pieces]
    named = set(found) - {MIXED, C1}
    if len(named) > 1:
        explains = {
            name: [spelled(old, name) == new.encode("utf-8", "surrogatepass") for old, new in pieces]
            for name in NAMES
            if PAGE_RULE + name in named
        }
        best = max(explains, key=lambda name: sum(explains[name]))
        pairs = zip(found, explains[best], strict=True)
        found = [PAGE_RULE + best if same and rule in named else rule for rule, same in pairs]
    return found


@lru_cache(REMEMBERED)
def _rule(old: str, new: str) -> str:
    """The code page that UTF-8 was read as, if it was one and read strictly."""
    if len(old) == len(new) and "\x80" <= old[0] <= "\x9f" and all(map(_is_c1, old)):
        return C1
    data = new.encode("utf-8", "surrogatepass")
    return next((PAGE_RULE + name for name in NAMES if spelled(old, name) == data), MIXED)


def _is_c1(char: str) -> bool:
    return "\x80" <= char <= "\x9f"


def _repaired(text: str, *, restore_spaces: bool) -> tuple[str, list[bool]]:
    """What `ftfy.fix_encoding` makes of a text, but that it never replaces lost bytes by U+FFFD; and for each layer
    whether all of the text was decoded, and not only pieces of it.

    `restore_spaces`: whether a space may be taken for the byte A0.
    """
    layers: list[bool] = []
    while _is_bad(text):
        fixed, settled = _decoded(text, restore_spaces=restore_spaces)
        if fixed == text:
            layers.append(False)
            break
        layers.append(settled)
        text = fixed
    return text, layers


def _is_bad(text: str) -> bool:
    """What `ftfy.badness.is_bad` says of a text. Its search costs more than a repair does: here, it looks only around
    suspects."""
    from ftfy.badness import BADNESS_RE

    places = (match.start() for match in suspect().finditer(text))
    return any(BADNESS_RE.search(text, max(at - LONGEST_BAD, 0), at + LONGEST_BAD) for at in places)


@lru_cache(REMEMBERED)
def _mended(sequence: str) -> str:
    """What ftfy makes of one broken sequence; the same few stand in many texts."""
    import ftfy

    return ftfy.fix_encoding(sequence) if _is_bad(sequence) else sequence


def _decoded(text: str, *, restore_spaces: bool) -> tuple[str, bool]:
    """One layer of wrong decoding undone, or the text as it is."""
    from ftfy import chardata, fixes

    for encoding in chardata.CHARMAP_ENCODINGS:
        if not chardata.possible_encoding(text, encoding):
            continue
        data = text.encode(encoding)
        # In MacRoman the sequence would be a dash and a space; in cp437, A0 is no space but á.
        if restore_spaces and encoding not in ("macroman", "cp437") and chardata.ALTERED_UTF8_RE.search(data):
            data = fixes.restore_byte_a0(data)
        try:
            return data.decode("utf-8-variants" if 0xED in data or 0xC0 in data else "utf-8"), True
        except UnicodeDecodeError:
            continue
    pieces = chardata.UTF8_DETECTOR_RE.sub(lambda match: match[0] if match[0] == text else _mended(match[0]), text)
    if pieces != text:
        return pieces, False
    if chardata.possible_encoding(text, "latin-1"):
        with contextlib.suppress(UnicodeDecodeError):
            return text.encode("latin-1").decode("windows-1252"), True
    return fixes.fix_c1_controls(text), False


def _does_damage(old: str, new: str) -> bool:
    if HALF in new and new.count(HALF) > old.count(HALF) + old.count(WHOLE_HALF):
        return True
    return any(char in new and new.count(char) > old.count(char) for char in "†\ufffd\x1a")


@cache
def _broken() -> re.Pattern[str]:
    return re.compile(r"[^\x00-\x7f][^!-~]*")


@cache
def _visible() -> re.Pattern[str]:
    return re.compile(r"[!-~]|\Z")


def _differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Where two versions of a line differ: no repair changes visible ASCII, so it lines the two up."""
    found: list[tuple[int, int, str]] = []
    at = to = 0
    for match in _broken().finditer(old):
        lead = old[at : match.start()]
        if not new.startswith(lead, to):
            lead = lead.rstrip()  # a repair may have taken the space for a byte
            if not new.startswith(lead, to):
                break
        start, to = at + len(lead), to + len(lead)
        end = _visible().search(new, to).start()  # type: ignore[union-attr]  # it finds the end at least
        at = match.end()
        changed, mended = old[start:at], new[to:end]
        space = len(changed) - len(changed.rstrip()) if changed[-1].isspace() else 0
        if space and mended.endswith(changed[-space:]):
            changed, mended = changed[:-space], mended[:-space]
        if changed != mended:
            found += _words(start, changed, mended)
        to = end
    return iter(found) if old[at:] == new[to:] else iter([(0, len(old), new)])


def _words(start: int, old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Of two versions of a piece without visible ASCII, the runs of words that differ.

    >>> list(_words(0, "вот Ð¸ Ð½Ðµ оно", "вот и не оно"))
    [(4, 11, 'и не')]
    """
    before, after = old.split(" "), new.split(" ")
    if len(before) != len(after):
        yield start, start + len(old), new
        return
    for differ, pairs in groupby(zip(before, after, strict=True), key=lambda pair: pair[0] != pair[1]):
        words, mended = zip(*pairs, strict=True)
        size = len(" ".join(words))
        if differ:
            yield start, start + size, " ".join(mended)
        start += size + 1
