"""Some documents of many, the same ones each time: 200 of a gigabyte of JSON lines, read in a few milliseconds.

Of text files those are taken whose names have the least hashes. In shards, places are spread evenly over all bytes,
and the line that begins behind each is taken: nothing else of a shard is read, so that long lines are a little more
likely than short ones.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cleanr.records import CONTAINERS, Record, format_of
from cleanr.records.reading import read_file
from cleanr.records.source import declared
from cleanr.records.walk import File

HEAD = 1 << 16  # bytes at the beginning of a shard that tell how long its lines are
HEADS = 50  # shards that are asked
LONGEST = 2 << 20  # bytes of a document: a longer one is not sampled
WHOLE = 16 << 20  # bytes of a shard in UTF-16: it is read as a whole, or not at all
NUMBERED = 64 << 20  # bytes of a shard in which lines are counted, to number those that are sampled


class Sampled(NamedTuple):
    """A document: all of a file, or a line of a shard, with its number if it is known, and where it begins."""

    path: Path
    raw: bytes
    line: int = 0
    offset: int = 0

    @property
    def where(self) -> str:
        """Its name: as `cleanr explain` takes it, if the number of its line is known."""
        if not self.line and self.offset:
            return f"{self.path} at byte {self.offset}"
        return f"{self.path}:{self.line}" if self.line else str(self.path)


class Sample(NamedTuple):
    """What is to be read: text files, and places in shards of so many bytes; `documents` is a first guess at how many
    there are in all."""

    texts: Sequence[Path]
    shards: Sequence[tuple[Path, Sequence[int] | None]]  # None: all of it
    documents: int
    lines: int = 0  # of the documents, those in shards
    size: int = 0  # of the shards, in bytes
    long: int = 0  # text files that were passed over, since they are too long
    packed: Sequence[tuple[Path, int]] = ()  # files that can only be read from their beginning: so many documents

    def about(self, lengths: Sequence[int]) -> int:
        """How many documents there are, as the bytes of the sampled lines tell: longer ones are met more often."""
        if not lengths or any(places is None for _, places in self.shards):
            return self.documents
        guess = self.documents - self.lines + round(self.size * sum(1 / n for n in lengths) / len(lengths))
        return round(guess, 2 - len(str(guess)))  # more digits than two would be made up

    def read(self, text_key: str = "text") -> Iterator[Sampled]:
        """The documents. Raises `OSError` for a file that cannot be read."""
        for path in self.texts:
            yield Sampled(path, path.read_bytes())
        for path, number in self.packed:
            with open(path, "rb") as stream:
                yield from islice(_first(path, stream, text_key), number)
        for path, places in self.shards:
            with open(path, "rb") as stream:
                if declared(stream.read(4)):  # UTF-16: where a line ends is not seen in its bytes
                    stream.seek(0)
                    yield from [Sampled(path, raw)] if len(raw := stream.read(WHOLE + 1)) <= WHOLE else []
                    continue
                stream.seek(0)
                yield from _all(path, stream) if places is None else _lines(path, stream, places)


def sample(files: Sequence[File], number: int) -> Sample:
    """Choose so many documents, or about so many, of files."""
    texts: list[File] = []
    shards: list[File] = []
    packed: list[File] = []
    long = 0
    for file in sorted(files, key=lambda file: str(file.path)):
        form = format_of(file.path.name)
        if form and (form.packing or form.name in CONTAINERS):
            packed.append(file)
        elif form and form.name != "text":
            shards.append(file)
        elif file.size <= LONGEST:
            texts.append(file)
        else:
            long += 1
    chosen = sorted(sorted(packed, key=_hash)[:number], key=lambda file: str(file.path))
    share = -(-number // (len(chosen) + bool(texts or shards))) if chosen else 0
    first = [(file.path, share) for file in chosen]
    number -= sum(most for _, most in first) if texts or shards else 0
    number = max(number, 0)
    size = sum(file.size for file in shards)
    lines = round(size / _length(shards[:HEADS])) if shards else 0
    total = len(texts) + lines
    few = min(len(texts), number, max(round(number * len(texts) / total), 1) if total else 0)
    chosen = sorted(sorted(texts, key=_hash)[:few], key=lambda file: str(file.path))
    rest = max(number - few, 0)
    spread = None if lines <= rest else [int((n + 0.5) * size / rest) for n in range(rest)]
    places: list[tuple[Path, Sequence[int] | None]] = []
    begins = 0
    for file in shards:
        inside = None if spread is None else [at - begins for at in spread if begins <= at < begins + file.size]
        if inside is None or inside:
            places.append((file.path, inside))
        begins += file.size
    return Sample([file.path for file in chosen], places, total, lines, size, long, first)


def _first(path: Path, stream: BinaryIO, text_key: str) -> Iterator[Sampled]:
    """The first documents of a file. Raises `RefusedError` where it is damaged."""
    for record in read_file(stream, path.name, None, text_key):
        if isinstance(record, Record) and record.text is not None and len(record.raw) <= LONGEST:
            raw = record.text.encode("utf-8", "replace") if path.suffix == ".parquet" else record.raw
            yield Sampled(path, raw, record.line)


def _all(path: Path, stream: BinaryIO) -> Iterator[Sampled]:
    for number, raw in enumerate(stream, 1):
        if raw.strip() and len(raw) <= LONGEST:
            yield Sampled(path, raw, number)


def _lines(path: Path, stream: BinaryIO, places: Sequence[int]) -> Iterator[Sampled]:
    """The lines that begin at places, or behind them, each once; none that is blank."""
    counted = number = 0  # line breaks before byte `counted`
    end = -1  # where the last one ended
    for place in places:
        if place < end:
            continue
        stream.seek(max(place - 1, 0))
        if place:
            stream.readline(LONGEST)
        start = stream.tell()
        raw = stream.readline(LONGEST)
        end = stream.tell()
        if not raw.strip() or (len(raw) == LONGEST and not raw.endswith(b"\n")):
            continue
        line = 0
        if start <= NUMBERED:
            stream.seek(counted)
            number += stream.read(start - counted).count(b"\n")
            counted, line = start, number + 1
        yield Sampled(path, raw, line, start)


def _length(shards: Sequence[File]) -> float:
    """How many bytes a line has, as the beginnings of shards tell."""
    size = lines = 0
    for file in shards:
        with open(file.path, "rb") as stream:
            head = stream.read(HEAD)
        whole = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1] or head
        size += len(whole)
        lines += sum(bool(line.strip()) for line in whole.split(b"\n"))
    return size / max(lines, 1) if size else 1.0


def _hash(file: File) -> bytes:
    name = file.path.relative_to(file.root) if file.path.is_relative_to(file.root) else file.path
    return blake2b(str(name).encode("utf-8", "surrogateescape"), digest_size=8).digest()
