"""A file on its way: unpacked, decoded, cut into batches, cleaned by whoever does the work, encoded and packed again.

It holds a few batches at a time, however large the file is, and gives the same bytes whoever did the work.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from typing import Any, BinaryIO

from cleanr import tags
from cleanr.bookkeeping import Ledger
from cleanr.convert import Done, Settings, Work, clean_batch, serial
from cleanr.outcome import Outcome
from cleanr.records import COLUMNS, CONTAINERS, Batch, RefusedError, form_of
from cleanr.records.packing import Packer, unpacked
from cleanr.records.parallel import Died
from cleanr.records.source import Source, opened

Spread = Callable[[Callable[[Work], Done], Iterable[Work]], Iterator[Done | Died]]


class StopError(Exception):
    """The first bad record, under ``--on-error stop``."""


class Digested:
    """A stream that is digested while it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.made = stream, sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.made.update(data)
        return data


class Conversion:
    """The clean bytes of a stream. What its name does not tell to be another format is text.

    `path` is its name in messages, and tells its format; `name` that within its tree. `attributes` are lines of tags,
    which say what to cut in place of the filters. `original` digests what the file holds.
    """

    def __init__(
        self,
        stream: BinaryIO,
        path: str,
        settings: Settings,
        outcome: Outcome,
        *,
        name: str = "",
        ledger: Ledger | None = None,
        attributes: BinaryIO | None = None,
        packing: str | None = None,
        spread: Spread = serial,
    ) -> None:
        self._stream, self._path, self._name, self._settings = stream, path, name, settings
        self._outcome, self._ledger, self._spread = outcome, ledger, spread
        self._form = form_of(path)
        self._packing = self._form.packing if packing is None else packing
        self._tags = None if attributes is None else _Attributes(attributes)
        self.original = sha256()

    def pieces(self) -> Iterator[bytes]:
        """The clean bytes.

        Raises `RefusedError` for a file that cannot be read, or written as it was, and `StopError` for a bad record,
        if that is to stop.
        """
        settings = self._settings
        source = self._source()
        if source.detected:
            self._outcome.note(self._path, f"read as {source.detected}, which was guessed (--encoding detect)")
        if self._ledger:
            codec, mark = source.encoding or ("", b"")
            head: dict[str, Any] = {
                "name": self._name,
                "format": self._form.name,
                "packing": self._form.packing,
                "encoding": codec,
            }
            head |= {"mark": mark.hex(), "meta": settings.meta}
            if self._form.name == COLUMNS:
                head["key"] = settings.config.get("text-key", "text")
            self._ledger.begin({key: value for key, value in head.items() if value})
        if self._form.name == COLUMNS and settings.write != "nothing" and settings.give == "text":
            yield from self._columns(source)
            return
        packer = Packer(self._packing, apart=self._form.name == "wet")
        pieces = (piece for done in self._done(source) for piece in done.pieces)
        for piece in source.back(pieces) if settings.write == "as read" else pieces:
            if data := packer.add(piece):
                yield data
        if settings.write != "nothing":
            yield packer.end()

    def _source(self) -> Source:
        """What is in the file. A container says itself how its texts are encoded."""
        content = unpacked(self._stream, self._form.packing, self._settings.limits)
        if self._form.name == COLUMNS:
            return Source(b"", content)
        if self._settings.record == "all":
            digested = Digested(content)
            self.original, content = digested.made, digested  # type: ignore[assignment]
        if self._form.name in CONTAINERS:
            return Source(b"", content)
        return opened(content, self._settings.encoding, self._settings.limits)

    def _columns(self, source: Source) -> Iterator[bytes]:
        from cleanr.records.parquet import Table, Writer

        table = Table(source.rest, self._settings.config.get("text-key", "text"), self._settings.limits)
        sink = Sink()
        writer = Writer(sink, table, meta=self._settings.meta)  # type: ignore[arg-type]
        for done in self._done(source, self._digested(table.batches())):
            writer.add(b"".join(done.pieces), done.extra)
            yield sink.taken()
        writer.end()
        yield sink.taken()

    def _digested(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        for batch in batches:
            self.original.update(batch.data)
            yield batch

    def _done(self, source: Source, batches: Iterable[Batch] | None = None) -> Iterator[Done]:
        """The batches, cleaned, in their order."""
        settings, key = self._settings, self._settings.config.get("text-key", "text")
        module = self._form.module
        found, lacking = False, list[bytes]()
        batches = module.batches(source, settings.limits, key) if batches is None else batches
        for done in self._spread(partial(clean_batch, settings), self._work(source, batches)):
            if isinstance(done, Died):
                raise RefusedError(f"{done.cause}, at a part of it")
            self._outcome.update(done.outcome)
            if done.outcome.stopped:
                raise StopError
            found = found or done.found
            lacking += done.lacking if not found else []
            if self._ledger:
                self._ledger.add(done.notes)
            yield done
        if lacking and not found:
            raise RefusedError(module.lacking(lacking, key))

    def _work(self, source: Source, batches: Iterable[Batch]) -> Iterator[Work]:
        recoded = source.recoded and self._settings.write == "UTF-8"
        for batch in batches:
            lines = None if self._tags is None else self._tags.upto(batch.number + batch.many)
            yield Work(self._path, self._name, batch, lines, recoded)
        if self._tags:
            self._tags.end()


class _Attributes:
    """Lines of attributes, in the order of the documents."""

    def __init__(self, stream: BinaryIO) -> None:
        self._lines = iter(stream)
        self._held: tuple[int, bytes] | None = None

    def upto(self, number: int) -> list[bytes]:
        """Those of the documents before one."""
        found: list[bytes] = []
        while (held := self._next()) and held[0] < number:
            found.append(held[1])
            self._held = None
        return found

    def end(self) -> None:
        if self._next():
            raise RefusedError("it has attributes of documents that are not there")

    def _next(self) -> tuple[int, bytes] | None:
        if self._held is None and (line := next(self._lines, b"")):
            try:
                self._held = tags.number_of(line), line
            except tags.TagError as error:
                raise RefusedError(str(error)) from error
        return self._held


class Sink:
    """Where a library writes a file to, which is taken away as it grows."""

    closed = False

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._size = 0

    def write(self, data: Any) -> int:
        self._held.append(bytes(data))
        self._size += len(self._held[-1])
        return len(self._held[-1])

    def tell(self) -> int:
        return self._size

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        held, self._held = self._held, []
        return b"".join(held)
