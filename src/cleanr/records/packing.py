"""Packed bytes and their content: ``a.txt.gz`` is read as ``a.txt``, as long as it takes, and never trusted.

Files may have several members (gzip) or frames (Zstandard). One that ends too early, that has a wrong checksum, or
something behind it, is refused; so is one that unpacks to more than the limits allow.
"""

import io
import sys
import zlib
from typing import Any, BinaryIO

from cleanr.records import Limits, RefusedError

BLOCK = 1 << 16
NAMES = {"gz": "gzip", "zst": "Zstandard"}
MAGIC = {"gz": b"\x1f\x8b", "zst": b"\x28\xb5\x2f\xfd"}
GZIP = 31  # zlib's number for deflate within a gzip header, with its checksum
LEVELS = {"gz": 6, "zst": 3}  # what the tools themselves use


def unpacked(stream: BinaryIO, packing: str, limits: Limits | None = None) -> BinaryIO:
    """The content of a stream. Reading raises `RefusedError` where it is damaged or too much."""
    if not packing:
        return stream
    return io.BufferedReader(_Unpacked(stream, packing, limits or Limits()), BLOCK)


def zstandard() -> Any:
    """The module for Zstandard, which is in the standard library from Python 3.14 on."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


class _Unpacked(io.RawIOBase):
    def __init__(self, stream: BinaryIO, packing: str, limits: Limits) -> None:
        self._stream, self._packing, self._limits = stream, packing, limits
        self._part: Any = None  # None between two
        self._rest = b""  # read, but not unpacked
        self._read = self._given = self._parts = 0
        self._known = False  # whether it begins as it should

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        data = self._next(len(view))
        view[: len(data)] = data
        self._given += len(data)
        limits = self._limits
        if self._given > limits.unpacked and self._given > limits.ratio * self._read:
            raise RefusedError(
                f"unpacks to more than {limits.unpacked} bytes and {limits.ratio} times its size; see --max-unpacked"
            )
        return len(data)

    def _next(self, most: int) -> bytes:
        """Up to so many bytes; none at the end of the last part."""
        while True:
            if self._part is None:
                if not self._fill():
                    if not self._parts:
                        raise RefusedError(f"not {NAMES[self._packing]}: it is empty")
                    return b""
                if self._packing == "gz" and self._parts and not self._rest.strip(b"\0"):
                    self._rest = b""  # padding, as on tapes
                    continue
                self._known = self._rest.startswith(MAGIC[self._packing])
                self._part = self._opened()
            waiting = self._waiting()
            if not waiting and not self._fill():
                raise RefusedError(f"damaged {NAMES[self._packing]}: it ends too early")
            data = self._unpack(most)
            if self._part.eof:
                self._rest, self._part = self._part.unused_data, None
                self._parts += 1
            if data:
                return data

    def _opened(self) -> Any:
        if self._packing == "gz":
            return zlib.decompressobj(GZIP)
        return zstandard().ZstdDecompressor()

    def _waiting(self) -> bool:
        """Whether the part can go on without more bytes of the stream."""
        return bool(self._rest) or (self._packing == "zst" and not self._part.needs_input)

    def _unpack(self, most: int) -> bytes:
        data: bytes
        try:
            if self._packing == "gz":
                data = self._part.decompress(self._rest, most)
                self._rest = self._part.unconsumed_tail
            else:
                data, self._rest = self._part.decompress(self._rest, most), b""
        except (zlib.error, zstandard().ZstdError) as error:
            what = "damaged" if self._known or self._parts else "not"
            cause = " ".join(str(error).split())
            raise RefusedError(f"{what} {NAMES[self._packing]}: {cause}") from error
        return data

    def _fill(self) -> bool:
        if not self._rest:
            self._rest = self._stream.read(BLOCK)
            self._read += len(self._rest)
        return bool(self._rest)


class Packer:
    """Packs pieces on their way into a file: the same pieces, the same bytes. With `apart`, each piece is a member of
    its own, as in WARC."""

    def __init__(self, packing: str, *, apart: bool = False) -> None:
        self._packing, self._apart = packing, apart and packing == "gz"
        self._any = False
        self._engine: Any = None

    def add(self, piece: bytes) -> bytes:
        if not self._packing:
            return piece
        if self._apart and not piece:
            return b""
        self._any = True
        engine = self._engine = self._engine or self._opened()
        data: bytes = engine.compress(piece)
        if self._apart:
            data += engine.flush()
            self._engine = None
        return data

    def end(self) -> bytes:
        if not self._packing or (self._apart and self._any):
            return b""
        data: bytes = (self._engine or self._opened()).flush()
        return data

    def _opened(self) -> Any:
        level = LEVELS[self._packing]
        if self._packing == "gz":
            return zlib.compressobj(level, zlib.DEFLATED, GZIP)
        zstd = zstandard()
        parameter = zstd.CompressionParameter
        return zstd.ZstdCompressor(options={parameter.compression_level: level, parameter.checksum_flag: 1})
