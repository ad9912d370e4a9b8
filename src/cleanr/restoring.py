"""The originals, from clean files and their records: ``out/a.txt`` and ``….undo.zst`` give ``in/a.txt`` again.

Nothing is written that is not proven: the digests of the clean file and of the original must be those of the record.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from cleanr.conversion import Digested, Sink
from cleanr.outcome import Outcome
from cleanr.records import COLUMNS, Limits, RefusedError, form_of
from cleanr.records.atomic import Draft, made_in
from cleanr.records.marker import RECORD, STATE, below
from cleanr.records.packing import Packer, unpacked
from cleanr.records.source import Encoding, Source
from cleanr.records.undo import SUFFIX, Reader, restored

if TYPE_CHECKING:
    import pyarrow as pa

FREE = Limits(document=1 << 62, unpacked=1 << 62)  # what was once let in may come out


class Restoring(NamedTuple):
    """A record of a tree, and the tree into which the original goes."""

    tree: Path
    record: Path
    out: Path


def records_of(tree: Path) -> Iterator[Path]:
    """The records of a tree that lead back, in order. Raises `OSError`."""
    return (path for path in below(tree / STATE / RECORD) if path.name.endswith(SUFFIX))


def restore(job: Restoring) -> tuple[str, Outcome]:
    """Write the original of one file; give its name in the tree, and what became of it."""
    outcome, name = Outcome(), ""
    try:
        with ExitStack() as stack:
            reader = Reader(stack.enter_context(open(job.record, "rb")))
            name = _inner(reader.head)
            target = job.out / name
            made_in(job.out, target)
            draft = stack.enter_context(Draft(target))
            way = _columns if reader.head.get("format") == COLUMNS else _bytes
            for piece in way(reader, stack.enter_context(_opened(job.tree / name))):
                draft.write(piece)
            draft.commit()
            outcome.totals.changed += 1
    except (RefusedError, OSError, ValueError, KeyError, LookupError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else error
        outcome = Outcome()
        outcome.fail(job.tree / name if name else job.record, cause)
    return name, outcome


def _opened(path: Path) -> BinaryIO:
    if path.is_symlink() or not path.is_file():
        raise RefusedError("it has a record, but is not there")
    return open(path, "rb")


def _inner(head: dict[str, Any]) -> str:
    """The name of the file, which lies in the tree."""
    name = head.get("name")
    if not isinstance(name, str) or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or not name:
        raise RefusedError(f"a damaged record: it is about {name!r}")
    return name


def _bytes(reader: Reader, stream: BinaryIO) -> Iterator[bytes]:
    head, original = reader.head, sha256()
    digested = Digested(stream)
    content = unpacked(digested, form_of(head["name"]).packing, FREE)  # type: ignore[arg-type]
    codec, mark = head.get("encoding") or "utf-8", bytes.fromhex(head.get("mark", ""))
    encoding = None if (codec, mark) == ("utf-8", b"") else Encoding(codec, mark)
    packer = Packer(head.get("packing", ""), apart=head.get("format") == "wet")
    for piece in Source(b"", content, encoding).back(_pieces(reader, content)):
        original.update(piece)
        yield packer.add(piece)
    yield packer.end()
    _prove(reader, digested.made.digest(), original.digest())


def _pieces(reader: Reader, content: BinaryIO) -> Iterator[bytes]:
    for size, _, places in reader.blocks():
        yield restored(_exactly(content, size), places)
    if content.read(1):
        raise RefusedError("it is not the file that its record is about: it is longer")


def _exactly(content: BinaryIO, size: int) -> bytes:
    data = content.read(size)
    if len(data) < size:
        raise RefusedError("it is not the file that its record is about: it is shorter")
    return data


def _prove(reader: Reader, clean: bytes, original: bytes) -> None:
    if clean != reader.clean:
        raise RefusedError("it is not the file that its record is about: its digest is another one")
    if original != reader.original:
        raise RefusedError("the original does not come back: its digest would be another one")


def _columns(reader: Reader, stream: BinaryIO) -> Iterator[bytes]:
    from cleanr.records import parquet

    table = parquet.Table(stream, reader.head["key"], FREE)
    original, sink = sha256(), Sink()
    if reader.head.get("meta"):
        table.schema = table.schema.remove(table.schema.get_field_index(parquet.META))
    writer = parquet.Writer(sink, table)  # type: ignore[arg-type]
    taken = _Rows(group.rows for group in table.rows())
    for size, count, places in reader.blocks():
        rows = taken.take(count)
        if reader.head.get("meta"):
            rows = rows.drop_columns([parquet.META])
        clean = b"".join(parquet.texts_of(rows, table.column))
        if len(clean) != size:
            raise RefusedError("it is not the file that its record is about: its texts are others")
        old = restored(clean, places)
        original.update(old)
        for part in _whole(rows, table.column, list(parquet.values(old))):
            writer.rows(part, ends=False)
        yield sink.taken()
    writer.end()
    yield sink.taken()
    stream.seek(0)
    whole = Digested(stream)
    while whole.read(1 << 20):
        pass
    _prove(reader, whole.made.digest(), original.digest())


def _whole(rows: "pa.RecordBatch", column: int, found: list[Any]) -> Iterator["pa.RecordBatch"]:
    """The rows with their old texts, and between them those that were left out as a whole."""
    from cleanr.records import parquet

    at = 0
    run: list[Any] = []
    for value in chain(found, [None]):
        if value is not None and value.kind != parquet.ROW:
            run.append(value)
            continue
        if run:
            yield parquet.rebuilt(rows.slice(at, len(run)), column, run)
            at, run = at + len(run), []
        if value is not None:
            yield parquet.unpacked_row(value.data)
    if at != len(rows):
        raise RefusedError("the original does not come back: rows are left over")


class _Rows:
    """Rows of a table, as many at a time as are asked for."""

    def __init__(self, batches: Iterator["pa.RecordBatch"]) -> None:
        self._batches = batches
        self._rest: pa.RecordBatch | None = None

    def take(self, count: int) -> "pa.RecordBatch":
        import pyarrow as pa

        parts: list[pa.RecordBatch] = []
        have = 0
        while have < count or not parts:
            rest = self._rest if self._rest is not None and len(self._rest) else next(self._batches, None)
            if rest is None:
                if parts and have == count:
                    break
                raise RefusedError("it is not the file that its record is about: it has less rows")
            part = rest.slice(0, count - have)
            self._rest = rest.slice(len(part))
            parts.append(part)
            have += len(part)
        table = pa.Table.from_batches(parts).combine_chunks()
        found: list[pa.RecordBatch] = table.to_batches()
        return found[0] if found else parts[0].slice(0, 0)
