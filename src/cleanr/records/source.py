"""A file's bytes as UTF-8, and back: ``b"\\xff\\xfea\\0"`` is read as ``b"a"``, and `fix` writes UTF-16 again."""

import codecs
import io
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO, NamedTuple

from cleanr.records import Limits, RefusedError

# UTF-32 first: its little-endian mark begins with that of UTF-16. The mark of UTF-8 stays in the text, where the
# filter `controls` takes it away and says so.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DETECT = "detect"  # in place of an encoding's name
WHOLE = 16  # times the limit of a document: what is not UTF-8 is decoded as a whole


class Encoding(NamedTuple):
    """How a text became bytes: by a codec, behind a byte order mark."""

    codec: str
    mark: bytes = b""


class Source(NamedTuple):
    """The bytes of a file, in UTF-8: the first few and the rest. `encoding` is None where UTF-8 is what was there."""

    first: bytes
    rest: BinaryIO
    encoding: Encoding | None = None
    recoded: bool = False  # these are not the bytes that were there
    detected: str = ""  # the encoding, if nobody declared it

    def read(self, most: int = -1) -> bytes:
        """All of it; of what is longer than `most`, at least one byte more."""
        return self.first + self.rest.read(most if most < 0 else most + 1)

    def blocks(self, size: int) -> Iterator[bytes]:
        """All of it, in blocks of a size, but for the first and the last."""
        return filter(None, chain([self.first], iter(lambda: self.rest.read(size), b"")))

    def back(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Pieces of UTF-8 in the encoding that was read. Raises `RefusedError` for a character that it lacks."""
        if self.encoding is None:
            yield from pieces
            return
        codec, mark = self.encoding
        encoder = codecs.getincrementalencoder(codec)()
        yield mark
        try:
            for piece in pieces:
                yield encoder.encode(piece.decode("utf-8"))
            yield encoder.encode("", True)
        except UnicodeEncodeError as error:
            lacking = error.object[error.start]
            raise RefusedError(f"{codec} cannot write {lacking!r}, which is in the clean text") from error


def opened(stream: BinaryIO, name: str | None = None, limits: Limits | None = None) -> Source:
    """A stream as UTF-8, from the encoding of that name, else from that of its byte order mark.

    Raises `RefusedError` where its bytes are not text of such an encoding.
    """
    first = stream.read(4)
    mark = declared(first)
    if name == DETECT:
        return _guessed(first, stream, mark, limits or Limits())
    name = name or mark or "utf-8"
    if codecs.lookup(name).name == "utf-8":
        return Source(first, stream)  # looked at where it is taken apart: there a bad line costs only itself
    return _decoded(_whole(first, stream, limits or Limits()), name)


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
    return next((exact[:6] for mark, exact in MARKS if raw.startswith(mark)), None)


def _whole(first: bytes, stream: BinaryIO, limits: Limits) -> bytes:
    most = WHOLE * limits.document
    raw = first + stream.read(most + 1)
    if len(raw) > most:
        raise RefusedError(f"not UTF-8, and longer than {WHOLE} documents may be; see --max-document")
    return raw


def _decoded(raw: bytes, name: str, detected: str = "") -> Source:
    try:
        data = decode(raw, name).encode("utf-8")
    except UnicodeEncodeError as error:
        raise RefusedError(f"not text: a lone surrogate at character {error.start}") from error
    return Source(b"", io.BytesIO(data), _encoding(raw, name), raw != data, detected)


def _guessed(first: bytes, stream: BinaryIO, mark: str | None, limits: Limits) -> Source:
    raw = _whole(first, stream, limits)
    if mark:
        return _decoded(raw, mark)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        if b"\0" in raw:
            raise RefusedError("not text: it has NUL bytes, and is not UTF-8") from None
        name = _detector().detect(raw, allow_utf8=False)
        return _decoded(raw, name, detected=name)
    return Source(b"", io.BytesIO(raw))


def _detector() -> Any:
    try:
        import chardetng_py
    except ImportError as error:
        raise RefusedError("--encoding detect needs the extra `detect`: pip install 'cleanr[detect]'") from error
    return chardetng_py


def _encoding(raw: bytes, name: str) -> Encoding:
    """What gives the same bytes again: some codecs skip a mark when they read, and write one that need not be it."""
    codec = codecs.lookup(name).name
    if codec == "utf-8-sig":
        return Encoding("utf-8", codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b"")
    if codec in ("utf-16", "utf-32"):
        for mark, exact in MARKS:
            if exact.startswith(codec) and raw.startswith(mark):
                return Encoding(exact, mark)
        return Encoding(f"{codec}-{sys.byteorder[0]}e")
    return Encoding(name)
