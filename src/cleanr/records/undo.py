"""The way back from clean bytes, ``out/.cleanr/record/a.txt.undo.zst``: copy 3, leave out 1, put in ``b"  "``.

The file is one frame of Zstandard. In it stand, numbers being LEB128:

- a line of JSON: the version, the file's name, and how the original was encoded;
- blocks, each ``B``, then six parts, each behind its length: numbers, old bytes, rules; these say how a piece of the
  original comes from a piece of the clean file. The numbers are: the size of the clean piece, how many records it has,
  and for each place three: how many clean bytes to copy, how many to leave out, how many old bytes to put in. What
  stands behind the last place is copied. The rules, a line for each place, say why;
- ``E``, and two digests (SHA-256) of 32 bytes: of the clean file, and of the original before it was packed.

What it speaks of is what is in the files: not packed, in UTF-8. Of a Parquet file it is the column of texts, as
`cleanr.records.parquet` writes it down.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cleanr.records import RefusedError
from cleanr.records.packing import unpacked, zstandard

VERSION = 1
SUFFIX = ".undo.zst"
LEVEL = 12
PARTS = 3
DIGEST = 32


class Place(NamedTuple):
    """Copy so many bytes, leave out `size`, put in `old`, since `rule` took it."""

    copy: int
    size: int
    old: bytes
    rule: str = ""


class Block:
    """How a piece of the original comes from a clean one, on its way."""

    def __init__(self) -> None:
        self.places: list[Place] = []
        self.size = self.count = self._copy = 0

    def same(self, size: int) -> None:
        """So many bytes are in both."""
        self._copy += size
        self.size += size

    def other(self, size: int, old: bytes, rule: str = "") -> None:
        """So many clean bytes stand for old ones."""
        self.places.append(Place(self._copy, size, old, rule))
        self.size += size
        self._copy = 0

    def extend(self, places: Iterable[Place], size: int) -> None:
        """Places of a piece of so many clean bytes."""
        at = 0
        for place in places:
            self.same(place.copy)
            self.other(place.size, place.old, place.rule)
            at += place.copy + place.size
        self.same(size - at)

    def encoded(self) -> bytes:
        numbers = bytearray()
        for number in (self.size, self.count, *(n for p in self.places for n in (p.copy, p.size, len(p.old)))):
            _number(numbers, number)
        rules = "\n".join(place.rule for place in self.places).encode()
        out = bytearray(b"B")
        for part in (bytes(numbers), b"".join(place.old for place in self.places), rules):
            _number(out, len(part))
            out += part
        return bytes(out)


def restored(data: bytes, places: Iterable[Place]) -> bytes:
    """The original piece, from the clean one.

    >>> restored(b"a b", [Place(1, 1, b"  ")])
    b'a  b'
    """
    parts: list[bytes] = []
    at = 0
    for copy, size, old, _ in places:
        parts += data[at : at + copy], old
        at += copy + size
    return b"".join([*parts, data[at:]])


class Writer:
    """Packs the record of a file, piece by piece."""

    def __init__(self, head: dict[str, Any]) -> None:
        zstd = zstandard()
        parameter = zstd.CompressionParameter
        self._engine = zstd.ZstdCompressor(options={parameter.compression_level: LEVEL, parameter.checksum_flag: 1})
        self._head = json.dumps({"undo": VERSION, **head}, separators=(",", ":")).encode() + b"\n"

    def add(self, block: bytes) -> bytes:
        head, self._head = self._head, b""
        return bytes(self._engine.compress(head + block))

    def end(self, clean: bytes, original: bytes) -> bytes:
        return self.add(b"E" + clean + original) + bytes(self._engine.flush())


class Reader:
    """The record of a file. Raises `RefusedError` where it is damaged, or of a version to come."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = unpacked(stream, "zst")
        try:
            self.head: dict[str, Any] = json.loads(self._stream.readline(1 << 16))
            version = self.head["undo"]
        except (ValueError, KeyError, TypeError) as error:
            raise RefusedError(f"not a record of cleanr: {error}") from error
        if version != VERSION:
            raise RefusedError(f"a record of version {version}; this cleanr reads version {VERSION}")
        self.clean = self.original = b""  # digests, known at the end

    def blocks(self) -> Iterator[tuple[int, int, list[Place]]]:
        """For each block the size of the clean piece, the number of its records, and the places in it."""
        while (tag := self._exactly(1)) == b"B":
            numbers, old, rules = [self._exactly(self._length()) for _ in range(PARTS)]
            size, count, *rest = _numbers(numbers)
            names = rules.decode().split("\n")
            places, at = [], 0
            for n in range(0, len(rest), 3):
                places.append(Place(rest[n], rest[n + 1], old[at : at + rest[n + 2]], names[n // 3]))
                at += rest[n + 2]
            yield size, count, places
        if tag != b"E":
            raise RefusedError("a damaged record: no block stands there")
        self.clean, self.original = self._exactly(DIGEST), self._exactly(DIGEST)

    def _exactly(self, size: int) -> bytes:
        data = self._stream.read(size)
        if len(data) < size:
            raise RefusedError("a damaged record: it ends too early")
        return data

    def _length(self) -> int:
        value = shift = 0
        while True:
            [byte] = self._exactly(1)
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value


def removals(path: Path) -> Iterator[tuple[str, str]]:
    """The texts that were taken and replaced by nothing, with the rule, as the record at a path has them."""
    with open(path, "rb") as stream:
        for _, _, places in Reader(stream).blocks():
            for place in places:
                if place.rule and place.size <= 1:
                    yield place.old.decode("utf-8", "replace"), place.rule


def _number(out: bytearray, value: int) -> None:
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)


def _numbers(data: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0
