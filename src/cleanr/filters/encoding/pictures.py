"""Emoji of which a byte is lost: ``âŒ Don’t`` becomes ``❌ Don’t``, and ``ï¸`` behind one its invisible U+FE0F.

Windows-1252 has five bytes without a character, which readers drop. Where only one of them makes an emoji of what is
left, it was that one; of several, nobody can know.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from cleanr.edits import Edit, Safety
from cleanr.filters.encoding.pages import any_of, page, spelled
from cleanr.filters.encoding.slots import C1, PUNCTUATION

SELECTOR, JOINER = "\ufe0f", "\u200d"
SELECTED = "ï¸"  # what is left of a selector
FIRST = "\u203b"  # below, there are digits and signs that may be emoji, and mostly are not
HEADS = {"â": b"\xe2", "ðŸ": b"\xf0\x9f"}  # what the emoji begin with, of three bytes and of four
QUOTES = "“”„‘’‚«»‹›"  # behind â, they may be what they are


@cache
def _sign() -> re.Pattern[str]:
    """A whole emoji in pieces, one with a space for its last byte, what is left of one, of its joiner or selector, and
    half an integral."""
    tail = any_of(page("cp1252").tails)
    return re.compile(
        rf"(?P<whole>(?:â|ðŸ){tail}{{2}})|(?P<joiner>â€)\ufffd?(?=ðŸ|â™|[\u2640\u2642\U0001f300-\U0001faff])"
        rf"|(?P<spaced>â{tail} )(?={SELECTED})|(?P<left>(?:â|ðŸ){tail})(?!{tail})"
        rf"|(?P<selector>{SELECTED})(?!{tail})\ufffd?|(?P<half>(?<!\S)⌠)(?=[^\W\d_])"
    )


@cache
def is_emoji(char: str) -> bool:
    """Whether Unicode calls a character an emoji."""
    import regex

    return char > FIRST and regex.match(r"\p{Emoji}", char) is not None


def find(line: str) -> Iterator[Edit]:
    """The emoji that a line has lost a byte of, in order."""
    if not any(sign in line for sign in (SELECTED, "⌠", *HEADS)):
        return
    last, reached = "", 0
    for match in _sign().finditer(line):
        (start, end), kind, new, reason = match.span(), match.lastgroup, "", "the only emoji with one byte more"
        before = last if reached == start else line[start - 1 : start]
        if kind == "whole":
            last = _decoded(match[0])
        elif kind == "spaced":
            last = _decoded(match[0].replace(" ", "\xa0"))
            new, reason = last if is_emoji(last) else "", "the space was a part of it"
        elif kind == "left":
            new = last = _only(match[0], line.startswith(SELECTED, end)) or ""
        elif kind == "half":
            new, reason = "❌ " if "⌡" not in line else "", "half an integral, which ftfy makes of ❌ and a space"
        elif is_emoji(before) or (before == SELECTOR and kind == "joiner"):
            new = last = SELECTOR if kind == "selector" else JOINER
            reason = "what an emoji has behind it"
        reached = end
        if new:
            rule = "encoding.scar" if kind == "half" else "encoding.lost-byte"
            yield Edit(start, end, new, rule, Safety.LIKELY, reason)


def _decoded(text: str) -> str:
    return (spelled(text, "cp1252") or b"").decode("utf-8", "ignore")


@lru_cache(1 << 10)
def _only(left: str, selected: bool) -> str | None:
    """The one emoji that a dropped byte leaves this of, or None; but for `selected`, it may be no quote either, and no
    sign that is more common and lost a control.

    >>> _only("âŒ", False), _only("âœ", False), _only("â¬", False), _only("â¬", True)
    ('❌', None, None, '⏬')
    """
    of = page("cp1252")
    head, data = next((head, data) for head, data in HEADS.items() if left.startswith(head))
    tail = bytes(next(byte for byte in of.bytes_of[char] if byte < 0xC0) for char in left[len(head) :])
    if not selected and (left[-1] in QUOTES or _with(data, tail, C1) & PUNCTUATION):
        return None
    emoji = sorted(filter(is_emoji, _with(data, tail, of.undefined)))
    return emoji[0] if len(emoji) == 1 else None


def _with(data: bytes, tail: bytes, lost: Iterable[int]) -> set[str]:
    """The characters that bytes may have been a part of, with one of the lost ones somewhere behind `data`."""
    pairs = [tail[:at] + bytes([byte]) + tail[at:] for byte in lost for at in range(len(tail) + 1)]
    return {char for pair in pairs if len(char := (data + pair).decode("utf-8", "ignore")) == 1}
