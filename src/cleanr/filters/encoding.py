"""Mojibake, and the scars of earlier repairs: ``“cafÃ©,†she said`` becomes ``“café,” she said``.

Whole sequences are repaired as ftfy repairs them. A closing quote that lost its last byte (``â€``), or that an
earlier repair turned into a dagger together with the space behind it (``,†she``), comes back where an open quote
proves that one is missing. No repair makes a † or U+FFFD, eats a space or joins words.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cleanr.code import is_code
from cleanr.edits import Edit
from cleanr.text import Text

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

RULES = {
    "encoding.mojibake": "UTF-8 that was read as another encoding: cafÃ© becomes café.",
    "encoding.c1": r'C1 controls that are characters of Windows-1252: "it\x92s" becomes "it’s".',
    "encoding.lost-byte": "A closing quote whose last byte was lost, where one is missing: “Yes,â€ becomes “Yes,”.",
    "encoding.scar": "A closing quote that ftfy turned into a dagger: “Yes,†he said becomes “Yes,” he said.",
}
SCOPE = "document"

LAST_BYTE = "“”‘’•–—˜™š›œžŸ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ\u0081\u008d\u008f\u0090\u009d\u00ad"


class Token(NamedTuple):
    """A quote of a line: ``open``, ``close``, or a ``lost`` or ``scar`` that may have been a closing one."""

    start: int
    end: int
    kind: str


@cache
def _quote() -> re.Pattern[str]:
    return re.compile(
        r"(?P<open>“|â€œ)|(?P<low>„|â€ž)|(?P<close>”|’’|â€\u009d)"
        rf"|(?P<lost>(?<=[^\s“„])â€(?![{LAST_BYTE}\"]))|(?P<scar>(?<=[^\s\d“„(*†])†(?!†))"
    )


@cache
def _suspect() -> re.Pattern[str]:
    """A superset of ftfy's badness, as one scan for the rare sign of each of its sequences; a law holds it to that.

    Every sequence that ftfy calls bad has two neighbours that are no ASCII, one of them a sign or an accented capital
    (or is Œ, œ or Ã, Â before a space). Quotes are common: beside them only what ftfy puts beside them counts.
    """
    from ftfy.badness import MOJIBAKE_CATEGORIES

    of = MOJIBAKE_CATEGORIES
    quotes = of["start_punctuation"] + of["end_punctuation"]
    signs = of["bad"] + of["law"] + of["currency"] + of["numeric"] + of["box"] + of["upper_accented"] + "°Ù"
    beside = quotes + signs + of["lower_accented"] + of["c1"] + "ŒœΒΓΞΟВГРС"
    # One class in front, so that the scan is a look-up for each character; what else must hold is asked behind it.
    return re.compile(
        rf"[{of['c1']}{signs}{quotes}ŒœЂ†](?:(?<=[{of['c1']}†])"
        rf"|(?<=[{signs}])(?:(?=[^\x00-\x7f])|(?<=[^\x00-\x7f][{signs}]))"
        rf"|(?<=[{quotes}])(?:(?=[{beside}])|(?<=[{beside}][{quotes}]))"
        r"|(?<=[Œœ])(?![A-Za-z])|(?<=[ÃÂ])(?= )|(?<=вЂ)|(?<=ГўВЂ)|(?<=â€))"
    )


@cache
def _about() -> re.Pattern[str]:
    """Words that only a text about broken characters uses."""
    return re.compile(r"mojibake|文字化け|zeichensalat|buchstabensalat|кракозябр|krakozyabr|krzaczk", re.IGNORECASE)


@cache
def _mention() -> re.Pattern[str]:
    """A broken sequence in quotes or brackets of its own, or in a sentence about encodings."""
    return re.compile(
        r"(?<!\w)[\"'“‘«`(„][^\x00-\x7f]{1,5}[\"'”’»`)“]|\b(?:UTF-?8|Windows-125\d|cp125\d|latin-?1|ISO-?8859)\b",
        re.IGNORECASE,
    )


@cache
def _config() -> "TextFixerConfig":
    import ftfy

    return ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        replace_lossy_sequences=False,
        explain=False,
    )


def guard(text: Text) -> bool:
    return not text.is_ascii


def find(text: Text) -> Iterator[Edit]:
    """Propose what the damaged characters were. A text about broken characters is left alone, and so is code."""
    suspects = list(_suspicious(text))
    if not suspects or _about().search(text.raw):
        return
    for start, line in suspects:
        edits = list(_line(line))
        if edits and not _mention().search(line) and not is_code(line) and not _is_explained(edits, line):
            for edit in edits:
                yield edit._replace(start=start + edit.start, end=start + edit.end)


def _suspicious(text: Text) -> Iterator[tuple[int, str]]:
    """The lines that may be damaged, with where they start."""
    raw, end = text.raw, 0
    for match in _suspect().finditer(raw):
        if match.start() >= end:
            start = raw.rfind("\n", end and end - 1, match.start()) + 1
            end = raw.find("\n", match.start()) + 1 or len(raw) + 1
            yield start, raw[start : end - 1]


def _is_explained(edits: list[Edit], line: str) -> bool:
    """Whether a repaired letter stands in the rest of the line as a word of its own: ``Ã© was é``."""
    letters = {edit.new.strip() for edit in edits} & set("".join(edit.new for edit in edits))
    if not letters:
        return False
    rest, last = [], 0
    for edit in edits:
        rest.append(line[last : edit.start])
        last = edit.end
    words = " ".join([*rest, line[last:]]).split()
    return not letters.isdisjoint(word.strip(".,;:!?\"'()“”‘’") for word in words)


def _line(line: str) -> Iterator[Edit]:
    """The edits of a line: what ftfy repairs in all of it, or else its lost quotes and what it repairs between."""
    whole = list(_whole(line, 0, len(line)))
    if whole:
        yield from whole
        return
    last = 0
    for token in _unmatched(line):
        yield from _whole(line, last, token.start)
        space = token.kind == "scar" and line[token.end : token.end + 1].isalnum()
        rule = "encoding.scar" if token.kind == "scar" else "encoding.lost-byte"
        yield Edit(token.start, token.end, "” " if space else "”", rule, reason="closes the quotation that is open")
        last = token.end
    yield from _whole(line, last, len(line))


def _unmatched(line: str) -> list[Token]:
    """Lost closing quotes, each the proof of its own: a quotation is open, and nothing else closes it."""
    if "†" not in line and "â€" not in line:
        return []
    found: list[Token] = []
    candidates: list[Token] = []
    is_open = low = False
    for match in _quote().finditer(line):
        token = Token(*match.span(), match.lastgroup or "")
        if token.kind == "open" and not low and line[token.start - 1 : token.start].isalnum() and token.start:
            continue  # “ is a byte of mojibake here, or closes a quotation that began elsewhere
        if token.kind == "open" and low:
            token, low = token._replace(kind="close"), False  # „German“ closes with what opens in English
        if token.kind in ("open", "low"):
            found += _closing(line, candidates) if is_open else ()
            is_open, low, candidates = True, token.kind == "low", []
        elif token.kind == "close":
            is_open, candidates = False, []
        elif is_open:
            candidates.append(token)
    return found + (_closing(line, candidates) if is_open else [])


def _closing(line: str, candidates: list[Token]) -> list[Token]:
    """Of the candidates in one open quotation, the one that closes it: the first behind a punctuation mark."""
    marked = [token for token in candidates if line[token.start - 1] in ",.!?…;:-–—'’"]
    return (marked or candidates)[:1]


def _whole(line: str, start: int, end: int) -> Iterator[Edit]:
    """What ftfy repairs in a part of a line, as edits of the characters that differ."""
    part = line[start:end]
    if part.isascii():
        return
    import ftfy

    fixed = ftfy.fix_encoding(part, _config())
    if fixed != part and _does_damage(part, fixed):
        fixed = ftfy.fix_encoding(part, _config()._replace(restore_byte_a0=False))
    if fixed == part or _does_damage(part, fixed):
        return
    for low, high, new in _differences(part, fixed):
        c1 = high - low == len(new) and all("\x80" <= char <= "\x9f" for char in part[low:high])
        yield Edit(start + low, start + high, new, "encoding.c1" if c1 else "encoding.mojibake")


def _does_damage(old: str, new: str) -> bool:
    return any(new.count(char) > old.count(char) for char in "†\ufffd")


@cache
def _anchor() -> re.Pattern[str]:
    return re.compile(r"[!-~]+")


def _differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Where two versions of a line differ: no repair changes visible ASCII, so its runs line the two up."""
    olds, news = list(_anchor().finditer(old)), list(_anchor().finditer(new))
    if [match[0] for match in olds] != [match[0] for match in news]:
        olds = news = []
    at = to = 0
    for before, behind in zip(olds, news, strict=True):
        if old[at : before.start()] != new[to : behind.start()]:
            yield at, before.start(), new[to : behind.start()]
        at, to = before.end(), behind.end()
    if old[at:] != new[to:]:
        yield at, len(old), new[to:]
