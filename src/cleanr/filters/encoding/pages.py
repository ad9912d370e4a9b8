"""Code pages as tables from characters to bytes: in Windows-1252 ``Ã©`` is C3 A9, which is ``é`` in UTF-8."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

# What UTF-8 has been read as, the usual ones first, with what becomes of é: written down, for to read all these pages
# at each start would cost as much as two starts of Python.
READ_AS = {
    "cp1252": "Ã©", "cp1250": "Ă©", "cp1251": "Г©", "mac_roman": "√©", "cp437": "├⌐", "cp1253": "Γ©", "cp1254": "Ã©",
    "cp1255": "ֳ©", "cp1256": "أ©", "cp1257": "Ć©", "cp1258": "Ă©", "cp874": "รฉ", "koi8-r": "ц╘", "cp866": "├й",
    "iso8859-5": "УЉ", "mac_cyrillic": "√©", "cp850": "├®", "cp852": "├ę", "iso8859-2": "ĂŠ", "iso8859-7": "Γ©",
    "iso8859-15": "Ã©",
}  # fmt: skip
NAMES = tuple(READ_AS)
CONTINUATION = range(0x80, 0xC0)
LEAD = range(0xC2, 0xF5)


class Page(NamedTuple):
    """A code page: the bytes that a character may stand for, and those that it has no character for."""

    name: str
    bytes_of: Mapping[str, tuple[int, ...]]
    undefined: frozenset[int]
    leads: frozenset[str]
    tails: frozenset[str]
    lead: re.Pattern[str]


@cache
def page(name: str) -> Page:
    """A code page by its name; with ``:lower`` behind it, one whose text was put into lower case afterwards.

    A byte without a character is the control of its number, as browsers read it.

    >>> page("cp1252").bytes_of["é"], page("cp1252").bytes_of["\\x81"], page("cp1252:lower").bytes_of["ã"]
    ((233,), (129,), (195, 227))
    """
    codec, _, lower = name.partition(":")
    chars = {byte: bytes([byte]).decode(codec, "ignore") for byte in range(0x80, 0x100)}
    undefined = frozenset(byte for byte, char in chars.items() if not char)
    found: dict[str, tuple[int, ...]] = {}
    for byte, char in chars.items():
        char = char or chr(byte)
        if lower:
            char = char.lower()
        found[char] = (*found.get(char, ()), byte)
    leads = frozenset(char for char, values in found.items() if any(byte in LEAD for byte in values))
    tails = frozenset(char for char, values in found.items() if any(byte in CONTINUATION for byte in values))
    return Page(name, found, undefined, leads, tails, re.compile(any_of(leads)))


def any_of(*chars: Iterable[str]) -> str:
    """A pattern of one character, out of some.

    >>> any_of("b]", "a")
    '[\\\\]ab]'
    """
    return f"[{re.escape(''.join(sorted(set().union(*chars))))}]"


def spelled(text: str, name: str) -> bytes | None:
    """The bytes that a text stands for in a page; None where it has a character that the page has not.

    >>> spelled("Ã©", "cp1252")
    b'\\xc3\\xa9'
    """
    of = page(name).bytes_of
    data = bytearray()
    for char in text:
        if char < "\x80":
            data.append(ord(char))
        elif char in of:
            data.append(of[char][0])
        else:
            return None
    return bytes(data)


def names_of(name: str) -> str:
    """The page's own name: ``cp1252:lower`` is ``cp1252``."""
    return name.partition(":")[0]


def misread(text: str, name: str) -> str:
    """What a text is in a page that its UTF-8 is read as.

    >>> misread("café", "cp1251")
    'cafГ©'
    """
    chars = {byte: char for char, values in page(name).bytes_of.items() for byte in values}
    return "".join(chars.get(byte, chr(byte)) for byte in text.encode())
