"""Mojibake, and the scars of earlier repairs: ``“cafÃ©,†she said`` becomes ``“café,” she said``.

Whole sequences are repaired as ftfy repairs them. A closing quote that lost its last byte (``â€``), or that an
earlier repair turned into a dagger together with the space behind it (``,†she``), comes back where an open quote
proves that one is missing. No repair makes a † or U+FFFD, eats a space or joins words.
"""

import contextlib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from cleanr.code import is_code
from cleanr.edits import Edit
from cleanr.text import Text
from cleanr.writing import members

RULES = {
    "encoding.mojibake": "UTF-8 that was read as another encoding: cafÃ© becomes café.",
    "encoding.c1": r'C1 controls that are characters of Windows-1252: "it\x92s" becomes "it’s".',
    "encoding.lost-byte": "A closing quote whose last byte was lost, where one is missing: “Yes,â€ becomes “Yes,”.",
    "encoding.scar": "A closing quote that ftfy turned into a dagger: “Yes,†he said becomes “Yes,” he said.",
}
SCOPE = "document"

LAST_BYTE = "“”‘’•–—˜™š›œžŸ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ\u0081\u008d\u008f\u0090\u009d\u00ad"
# Parts of words that only a text about broken characters uses, and names of encodings, for the line that holds one.
ABOUT = ("ojibake", "文字化け", "eichensalat", "uchstabensalat", "ракозябр", "rakozyabr", "rzaczk")
CODECS = (
    "UTF-8",
    "utf-8",
    "UTF8",
    "utf8",
    "indows-125",
    "cp125",
    "CP125",
    "atin-1",
    "ISO-8859",
    "iso-8859",
    "ISO 8859",
)


LONGEST_BAD = 7  # characters: no sequence that ftfy calls bad is longer
REMEMBERED = 4096  # broken sequences


class Token(NamedTuple):
    """A quote of a line: ``open``, ``close``, or a ``lost`` or ``scar`` that may have been a closing one."""

    start: int
    end: int
    kind: str


@cache
def _quote() -> re.Pattern[str]:
    return re.compile(
        r"(?=[“”„’â†])(?:(?P<open>“|â€œ)|(?P<low>„|â€ž)|(?P<close>”|’’|â€\u009d)"
        rf"|(?P<lost>(?<=[^\s“„])â€(?![{LAST_BYTE}\"]))|(?P<scar>(?<=[^\s\d“„(*†])†(?!†| ?\(| ?\d)))"
    )


@cache
def _signs() -> frozenset[str]:
    """The characters of which each sequence that ftfy calls bad has one."""
    return members("".join(_classes()) + "ŒœЂ")


def _classes() -> tuple[str, str, str]:
    """Controls, signs and quotes, as character classes."""
    from ftfy.badness import MOJIBAKE_CATEGORIES

    of = MOJIBAKE_CATEGORIES
    signs = of["bad"] + of["law"] + of["currency"] + of["numeric"] + of["box"] + of["upper_accented"] + "°Ù"
    return of["c1"], signs, of["start_punctuation"] + of["end_punctuation"]


@cache
def _suspect() -> re.Pattern[str]:
    """A superset of ftfy's badness, told by the rare sign of each of its sequences; a test holds it to that.

    Every sequence that ftfy calls bad has two neighbours that are no ASCII, one of them a sign or an accented capital
    (or is Œ, œ or Ã, Â before a space). Quotes are common: beside them only what ftfy puts beside them counts.
    """
    from ftfy.badness import MOJIBAKE_CATEGORIES

    controls, signs, quotes = _classes()
    beside = quotes + signs + MOJIBAKE_CATEGORIES["lower_accented"] + controls + "ŒœΒΓΞΟВГРС"
    # One class in front, so that the scan is a look-up for each character; what else must hold is asked behind it.
    return re.compile(
        rf"[{controls}{signs}{quotes}ŒœЂ](?:(?<=[{controls}])"
        rf"|(?<=[{signs}])(?:(?=[^\x00-\x7f])|(?<=[^\x00-\x7f][{signs}]))"
        rf"|(?<=[{quotes}])(?:(?=[{beside}])|(?<=[{beside}][{quotes}]))"
        r"|(?<=[Œœ])(?![A-Za-z])|(?<=[ÃÂ])(?= )|(?<=вЂ)|(?<=ГўВЂ)|(?<=â€))"
    )


@cache
def _quoted() -> re.Pattern[str]:
    """A broken sequence in quotes or brackets of its own, with plain text around it."""
    return re.compile(r"[\"'“‘«`(„](?<![^\s(\[{=,:;].)[^\x00-\x7f]{1,5}[\"'”’»`)“](?![^\s.,;:!?)\]}])")


def guard(text: Text) -> bool:
    return not text.is_ascii


def find(text: Text) -> Iterator[Edit]:
    """Propose what the damaged characters were. A text about broken characters is left alone, and so is code."""
    suspects = list(_suspicious(text))
    if not suspects or any(word in text.raw for word in ABOUT):
        return
    codecs = [name for name in CODECS if name in text.raw]
    for start, line in suspects:
        edits = list(_line(line))
        if edits and not any(name in line for name in codecs) and not _is_meant(edits, line):
            for edit in edits:
                yield Edit(start + edit.start, start + edit.end, *edit[2:])


def _suspicious(text: Text) -> Iterator[tuple[int, str]]:
    """The lines that may be damaged, with where they start."""
    raw, end = text.raw, 0
    for place in text.places(text.signs & _signs()):
        if place >= end and (raw[place] == "†" or _suspect().match(raw, place)):
            start = raw.rfind("\n", max(end - 1, 0), place) + 1 or end
            end = raw.find("\n", place) + 1 or len(raw) + 1
            yield start, raw[start : end - 1]


def _is_meant(edits: list[Edit], line: str) -> bool:
    """Whether a line is code, or speaks about the sequence that would be repaired."""
    return _quoted().search(line) is not None or is_code(line) or _is_explained(edits, line)


def _is_explained(edits: list[Edit], line: str) -> bool:
    """Whether a repaired letter stands in the rest of the line as a word of its own: ``Ã© was é``."""
    kept, last = [], 0
    for edit in edits:
        kept.append(line[last : edit.start])
        last = edit.end
    rest = " ".join([*kept, line[last:]])
    letters = {letter for letter in {edit.new.strip() for edit in edits} if len(letter) == 1 and letter in rest}
    return bool(letters) and not letters.isdisjoint(word.strip(".,;:!?\"'()“”‘’") for word in rest.split())


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
    if "\ufffd" in part:  # ftfy would read it as a lost byte, and drop what is left of the sequence
        for match in re.finditer("[^\ufffd]+", part):
            yield from _whole(line, start + match.start(), start + match.end())
        return
    if part.isascii():
        return
    fixed = _repaired(part, restore_spaces=True)
    if fixed != part and _does_damage(part, fixed):
        fixed = _repaired(part, restore_spaces=False)
    if fixed == part or _does_damage(part, fixed):
        return
    for low, high, new in _differences(part, fixed):
        c1 = "\x80" <= part[low] <= "\x9f" and high - low == len(new) and all(map(_is_c1, part[low:high]))
        yield Edit(start + low, start + high, new, "encoding.c1" if c1 else "encoding.mojibake")


def _is_c1(char: str) -> bool:
    return "\x80" <= char <= "\x9f"


def _repaired(text: str, *, restore_spaces: bool) -> str:
    """What `ftfy.fix_encoding` makes of a text, but that it never replaces lost bytes by U+FFFD.

    `restore_spaces`: whether a space may be taken for the byte A0.
    """
    while _is_bad(text):
        fixed = _decoded(text, restore_spaces=restore_spaces)
        if fixed == text:
            break
        text = fixed
    return text


def _is_bad(text: str) -> bool:
    """What `ftfy.badness.is_bad` says of a text. Its search costs more than a repair does: here, it looks only around
    suspects."""
    from ftfy.badness import BADNESS_RE

    places = (match.start() for match in _suspect().finditer(text))
    return any(BADNESS_RE.search(text, max(at - LONGEST_BAD, 0), at + LONGEST_BAD) for at in places)


@lru_cache(REMEMBERED)
def _mended(sequence: str) -> str:
    """What ftfy makes of one broken sequence; the same few stand in many texts."""
    import ftfy

    return ftfy.fix_encoding(sequence) if _is_bad(sequence) else sequence


def _decoded(text: str, *, restore_spaces: bool) -> str:
    """One layer of wrong decoding undone, or the text as it is."""
    from ftfy import chardata, fixes

    for encoding in chardata.CHARMAP_ENCODINGS:
        if not chardata.possible_encoding(text, encoding):
            continue
        data = text.encode(encoding)
        # In MacRoman the sequence would be a dash and a space.
        if restore_spaces and encoding != "macroman" and chardata.ALTERED_UTF8_RE.search(data):
            data = fixes.restore_byte_a0(data)
        try:
            return data.decode("utf-8-variants" if 0xED in data or 0xC0 in data else "utf-8")
        except UnicodeDecodeError:
            continue
    pieces = chardata.UTF8_DETECTOR_RE.sub(lambda match: match[0] if match[0] == text else _mended(match[0]), text)
    if pieces != text:
        return pieces
    if chardata.possible_encoding(text, "latin-1"):
        with contextlib.suppress(UnicodeDecodeError):
            return text.encode("latin-1").decode("windows-1252")
    return fixes.fix_c1_controls(text)


def _does_damage(old: str, new: str) -> bool:
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
            found.append((start, start + len(changed), mended))
        to = end
    return iter(found) if old[at:] == new[to:] else iter([(0, len(old), new)])
