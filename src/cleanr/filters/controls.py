r"""Characters that no reader sees: ``"so\u00adft\u200b\x07"`` becomes ``"soft"``; joiners that a script needs stay."""

import re
from collections.abc import Iterator
from functools import cache

from cleanr.edits import Edit
from cleanr.text import Text
from cleanr.writing import members

RULES = {
    "controls.ansi": r'Terminal escape sequences: "\x1b[31mred\x1b[0m" becomes "red".',
    "controls.overstrike": r'Letters struck twice, or underlined, by a backspace: "N\x08NO\x08O" becomes "NO".',
    "controls.separators": r'The information separators: "a\x1fb" becomes "a b".',
    "controls.c0": r'Control characters but tab and line breaks: "bel\x07l" becomes "bell".',
    "controls.c1": r'C1 control characters that no encoding repair explains: "a\x9db" becomes "ab".',
    "controls.soft-hyphen": r'Soft hyphens: "hy\u00adphen" becomes "hyphen".',
    "controls.zero-width": r'Zero-width characters without effect: "zero\u200bwidth" becomes "zerowidth".',
    "controls.bidi": r'Marks and overrides of text direction: "\u202eabc\u202c" becomes "abc".',
    "controls.tags": "Unicode tag characters outside of flags: text that only a program reads goes.",
    "controls.variation": "Variation selectors that select nothing: runs of them, and those behind a space.",
    "controls.surrogates": r'Halves of characters: "\ud83d\ude00" as two code points becomes "😀", a lone half goes.',
}
SCOPE = "line"

KINDS = {
    "c0": "\x00-\x08\x0e-\x1b\x7f",
    "separators": "\x1c-\x1f",
    "c1": "\x80-\x84\x86-\x9f",
    "soft-hyphen": "\u00ad",
    "bidi": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f",
    "zero-width": "\u180e\u200b-\u200d\u2060-\u2064\ufeff\ufff9-\ufffb",
    "variation": "\ufe00-\ufe0f\U000e0100-\U000e01ef",
    "surrogates": "\ud800-\udfff",
    "tags": "\U000e0000-\U000e007f",
}
INVISIBLE = "".join(KINDS.values())
# Scripts in which a joiner or non-joiner changes what is read (The Unicode Standard, sections 9.2, 12.1 and 13.5).
JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua87f\ua8e0-\ua8ff\ufb50-\ufdff\ufe70-\ufefc"
UNSPACED = "\u0e00-\u109f\u1780-\u17ff"  # here a zero-width space divides words
PICTURE = "\u00a9\u00ae\u203c\u2049\u20e3\u2122-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"


@cache
def _invisible() -> frozenset[str]:
    return members(INVISIBLE)


@cache
def _class(chars: str) -> re.Pattern[str]:
    return re.compile(f"[{chars}]")


@cache
def _ansi() -> re.Pattern[str]:
    return re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


@cache
def _flag() -> re.Pattern[str]:
    """The flag of a region: a black flag, tags that spell its name, and the tag that ends it."""
    return re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,16}\U000e007f")


def guard(text: Text) -> bool:
    return not text.signs.isdisjoint(_invisible())


def find(text: Text) -> Iterator[Edit]:
    """Propose to drop what is invisible and changes nothing that is read."""
    raw, last = text.raw, 0
    flags = {at for match in _flag().finditer(raw) for at in range(*match.span())} if "\U0001f3f4" in raw else set()
    for at in text.places(text.signs & _invisible()):
        if at < last or at in flags:
            continue
        char, start, new = raw[at], at, ""
        kind = _kind(char)
        if _has_effect(raw, at, kind):
            continue
        past, last = last, at + 1
        if kind == "surrogates" and char < "\udc00" <= raw[at + 1 : at + 2] <= "\udfff":
            last = at + 2
            new = chr(0x10000 + ((ord(char) - 0xD800) << 10) + (ord(raw[at + 1]) - 0xDC00))
        elif char == "\x1b" and (sequence := _ansi().match(raw, at)):
            kind, last = "ansi", sequence.end()
        elif char == "\b" and at > past and _is_struck(raw[at - 1], raw[at + 1 : at + 2]):
            kind, start = "overstrike", at - 1
        elif kind == "separators" and raw[max(at - 1, 0) : at].strip() and raw[last : last + 1].strip():
            new = " "
        yield Edit(start, last, new, f"controls.{kind}")


def _is_struck(before: str, behind: str) -> bool:
    """Whether a letter and a backspace only make the next one bold or underlined."""
    return not before.isspace() and (before == behind or before == "_" and bool(behind.strip()))


@cache
def _kind(char: str) -> str:
    """The kind of an invisible character, ``""`` for any other."""
    return next((name for name in KINDS if _class(KINDS[name]).match(char)), "")


def _has_effect(raw: str, at: int, kind: str) -> bool:
    """Whether an invisible character changes how its neighbours are read."""
    char, before, behind = raw[at], raw[max(at - 1, 0) : at], raw[at + 1 : at + 2]
    if char in "\u200c\u200d\u180e" and _class(JOINING).match(before):
        return True
    if char == "\u200d":
        return bool(_class(PICTURE).match(before) and _class(PICTURE).match(behind))
    if char == "\u200b":
        return bool(_class(UNSPACED).match(before) and _class(UNSPACED).match(behind))
    if kind == "variation":
        return bool(before) and not before.isspace() and not _class(INVISIBLE).match(before)
    return False
