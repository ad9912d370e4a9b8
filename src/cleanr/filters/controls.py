r"""Characters that no reader sees: ``"so\u00adft\u200b\x07"`` becomes ``"soft"``; joiners that a script needs stay."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from cleanr import hidden
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
    "controls.tags": "Unicode tag characters outside of flags: text that only a program reads goes, and is told.",
    "controls.variation": "Variation selectors that select nothing: runs of them, and those behind a plain letter.",
    "controls.surrogates": r'Halves of characters: "\ud83d\ude00" as two code points becomes "😀", a lone half goes.',
}
SCOPE = "line"

KINDS = {
    "c0": "\x00-\x08\x0e-\x1b\x7f",
    "separators": "\x1c-\x1f",
    "c1": "\x80-\x84\x86-\x9f",
    "soft-hyphen": "\u00ad",
    "bidi": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f",
    # U+2065, U+FFF0… and U+E0080… are no characters yet; Unicode says that programs show nothing for them.
    "zero-width": "\u034f\u180e\u200b-\u200d\u2060-\u2065\ufeff\ufff0-\ufffb\U000e0080-\U000e00ff\U000e01f0-\U000e0fff",
    "variation": "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef",
    "surrogates": "\ud800-\udfff",
    "tags": "\U000e0000-\U000e007f",
}
INVISIBLE = "".join(KINDS.values())
# Scripts in which a joiner or non-joiner changes what is read (The Unicode Standard, sections 9.2, 12.1 and 13.5).
JOINING = (
    "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1c4f\u2d30-\u2d7f\ua840-\ua87f\ua8e0-\ua8ff"
    "\ua980-\uaadf\uabc0-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00010a5f\U00011000-\U00011fff\U0001e900-\U0001e95f"
)
UNSPACED = "\u0e00-\u109f\u1780-\u17ff"  # here a zero-width space divides words
PICTURE = "\u00a9\u00ae\u203c\u2049\u20e3\u2122-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
HAN = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# Which selectors select something, and behind what (Unicode's lists of standardised, emoji and ideographic variants).
SELECTED = (
    ("\ufe0e\ufe0f", f"#*0-9{PICTURE.replace(chr(0xFE0F), '')}"),
    ("\U000e0100-\U000e01ef", HAN),
    ("\u180b-\u180d\u180f", "\u1807\u180a\u180e\u1820-\u18aa\u200c\u200d"),
    # A slashed zero, quotes, Myanmar, Phags-pa, mathematics, marks of East Asia, Manichaean, Egyptian.
    (
        "\ufe00-\ufe0d",
        f"0\u1000-\u109f\u2018-\u201d\u2102-\u214f\u2190-\u2bff\u3001\u3002\ua840-\ua87f\uaa60-\uaa7f\uff01-\uff1f"
        f"\U00010ac0-\U00010aff\U00013000-\U0001345f\U0001d400-\U0001d7ff{HAN}",
    ),
)
# The kinds in which text is hidden; only their runs are edited as one.
DECODED: Mapping[str, Callable[[str], str]] = {
    "controls.tags": hidden.tags,
    "controls.variation": hidden.selectors,
    "controls.zero-width": hidden.zero_width,
}


@cache
def _invisible() -> frozenset[str]:
    return members(INVISIBLE)


@cache
def _class(chars: str) -> re.Pattern[str]:
    return re.compile(f"[{chars}]")


@cache
def _unseen() -> re.Pattern[str]:
    return re.compile(f"[{INVISIBLE}]*")


@cache
def _ansi() -> re.Pattern[str]:
    return re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


@cache
def _flag() -> re.Pattern[str]:
    """The flag of a region: a black flag, tags that spell its name (as in gbsct), and the tag that ends it."""
    letter, sign = "[\U000e0061-\U000e007a]", "[\U000e0030-\U000e0039\U000e0061-\U000e007a]"
    return re.compile(f"\U0001f3f4{letter}{{2}}{sign}{{1,4}}\U000e007f")


def guard(text: Text) -> bool:
    return not text.signs.isdisjoint(_invisible())


def find(text: Text) -> Iterator[Edit]:
    """Propose to drop what is invisible and changes nothing that is read; where it hides a text, that is the reason."""
    return _joined(text.raw, _single(text))


def _single(text: Text) -> Iterator[Edit]:
    """The edits, character by character."""
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


def _joined(raw: str, found: Iterable[Edit]) -> Iterator[Edit]:
    """The edits, those of a run that may hide a text as one."""
    start = end = 0
    rule = ""  # of the run that is open
    for edit in found:
        if rule and (edit.rule != rule or edit.start != end):
            yield _told(raw, start, end, rule)
            rule = ""
        if edit.rule not in DECODED:
            yield edit
        else:
            start, end, rule = start if rule else edit.start, edit.end, edit.rule
    if rule:
        yield _told(raw, start, end, rule)


def _told(raw: str, start: int, end: int, rule: str) -> Edit:
    """The removal of a run, with what it says. A first character that stays, for its effect, may belong to it."""
    saying = DECODED[rule](raw[start:end])
    if not saying or saying.startswith("bytes "):
        before = raw[max(start - 1, 0) : start]
        if before and f"controls.{_kind(before)}" == rule:
            saying = DECODED[rule](before + raw[start:end]) or saying
    return Edit(start, end, "", rule, reason=f"hidden text: {saying}" if saying else "")


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
    if char == "\u200b" and _class(UNSPACED).match(before):
        return bool(_class(UNSPACED).match(raw, _unseen().match(raw, at).end()))  # type: ignore[union-attr]
    if char == "\u034f":  # between marks: it keeps them from changing places, or from being joined
        return bool(_class(MARKS).match(before) or (before.isalpha() and _class(MARKS).match(behind)))
    if kind == "variation":
        return any(_class(chars).match(char) and _class(bases).match(before) for chars, bases in SELECTED)
    return False
