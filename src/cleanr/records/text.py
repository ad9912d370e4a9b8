"""A file that is one document: ``b"caf\\xc3\\xa9\\r\\n"`` is ``"café\\r\\n"``, line ends as they are."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from cleanr.records import Reading, Record, RefusedError

# UTF-32 first: its little-endian mark begins with that of UTF-16. The mark of UTF-8 stays in the text, where the
# filter `controls` takes it away and says so.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(stream: BinaryIO, reading: Reading) -> Iterator[Record]:
    """The one record of a text file. Raises `RefusedError` where its bytes are not text."""
    raw = stream.read()
    yield Record(0, raw, decode(raw, reading.encoding), 0, len(raw))


def render(record: Record, text: str) -> bytes:
    """The text in UTF-8, whatever it was read from."""
    return text.encode("utf-8")


def decode(raw: bytes, encoding: str | None = None) -> str:
    """The text of bytes in a declared encoding, else in that of their byte order mark, else in UTF-8.

    Raises `RefusedError` with the offset of the first byte that is wrong.

    >>> decode(b"\\xff\\xfea\\0")
    'a'
    >>> decode(b"caf\\xe9")
    Traceback (most recent call last):
    cleanr.records.RefusedError: not UTF-8: byte 0xe9 at offset 3; if you know its encoding, name it by --encoding
    """
    name = encoding or declared(raw) or "utf-8"
    try:
        return raw.decode(name)
    except UnicodeDecodeError as error:
        hint = "" if encoding else "; if you know its encoding, name it by --encoding"
        byte = f"byte 0x{raw[error.start]:02x} at offset {error.start}"
        raise RefusedError(f"not {name.upper()}: {byte}{hint}") from error


def declared(raw: bytes) -> str | None:
    """The encoding that a byte order mark of UTF-16 or UTF-32 declares.

    >>> declared(b"\\xfe\\xff\\0a"), declared(b"plain")
    ('utf-16', None)
    """
    return next((name for mark, name in MARKS if raw.startswith(mark)), None)
