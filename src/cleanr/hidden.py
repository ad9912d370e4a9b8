"""What hidden characters say: the tags U+E0048 U+E0069 say ``Hi``, and so do the bits of eight zero-width characters.

Text is smuggled past readers, to a language model, in three ways: Unicode tags, a copy of ASCII that nothing shows;
variation selectors, of which there are as many as values of a byte; and zero-width characters that stand for bits.
"""

from collections.abc import Iterator
from itertools import permutations

TOLD = 400  # characters of a hidden text that are told
LEAST_BITS = 16  # of a run of zero-width characters that is taken for a code: two characters of ASCII
MOST_BITS = 8 * TOLD
SEPARATORS = "\u200d\u2060\ufeff"  # between characters, in codes that have a third sign


def tags(run: str) -> str:
    """What a run of tag characters says.

    >>> tags("\\U000e0048\\U000e0069")
    'Hi'
    """
    return _told("".join(chr(code) for code in (ord(char) & 0x7F for char in run) if 0x20 <= code < 0x7F))


def selectors(run: str) -> str:
    """What a run of variation selectors says: a byte each, or half a byte where only the first sixteen occur.

    >>> selectors("\\U000e0138\\U000e0159"), selectors("\\ufe04\\ufe08\\ufe06\\ufe09")
    ('Hi', 'Hi')
    """
    told = [char for char in run if char >= "\ufe00"]  # Mongolian has selectors of its own, too few for a text
    if not told:
        return ""
    data = bytes(ord(char) - (0xFE00 if char <= "\ufe0f" else 0xE0100 - 16) for char in told)
    if len(data) > 1 and len(data) % 2 == 0 and max(data) < 16:
        halves = bytes(high << 4 | low for high, low in zip(data[::2], data[1::2], strict=True))
        if text := _text(halves):
            return text
    return _text(data) or f"bytes {_told(data[:TOLD].hex(' '))}"


def zero_width(run: str) -> str:
    """What a run of zero-width characters says, read as bits; ``""`` where it makes no text.

    >>> zero_width("".join("\\u200b\\u200c"[int(bit)] for bit in f"{ord('H'):08b}{ord('i'):08b}"))
    'Hi'
    """
    signs = sorted(set(run))
    if len(run) < LEAST_BITS or len(signs) > 4:
        return ""
    texts = map(_text, _readings(run[:MOST_BITS], signs))
    return next(
        (text for text in texts if text and len(set(text)) > min(2, len(text) - 1)), ""
    )  # 0101… reads *U*U, or UUU


def _readings(run: str, signs: list[str]) -> Iterator[bytes]:
    """The bytes that a run may stand for."""
    for separator in [sign for sign in SEPARATORS if len(signs) == 3 and sign in signs]:
        zero, one = [sign for sign in signs if sign != separator]
        for table in (str.maketrans(zero + one, "01"), str.maketrans(zero + one, "10")):
            groups = [group for group in run.translate(table).split(separator) if group]
            if max(map(len, groups)) <= 21 and all(int(group, 2) < 0xD800 for group in groups):
                yield "".join(chr(int(group, 2)) for group in groups).encode()
    if len(signs) == 2:
        for zero, one in permutations(signs):
            bits = run.translate(str.maketrans(zero + one, "01"))
            for width in (8, 7):
                yield bytes(int(bits[at : at + width], 2) for at in range(0, len(bits) - width + 1, width))
    if len(signs) == 4:  # two bits each; the order in which code points stand is the usual one
        bits = "".join(f"{signs.index(char):02b}" for char in run)
        yield bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))


def _text(data: bytes) -> str:
    """Bytes as text, ``""`` where they are none: where UTF-8 does not explain them, or nobody could read it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(data) - 3:  # else only the last character was cut
            return ""
        text = data[: error.start].decode("utf-8")
    return _told(text) if text and text.strip() and all(char.isprintable() or char in "\n\t" for char in text) else ""


def _told(text: str) -> str:
    return text if len(text) <= TOLD else f"{text[:TOLD]}…"
